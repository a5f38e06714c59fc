export { talkKind } from './model/record/talkKind.ts';
