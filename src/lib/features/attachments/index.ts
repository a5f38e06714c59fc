export {
	countUnreadable,
	parseAttachmentRef,
	readAttachments,
	type AttachmentRef
} from './model/attachments.ts';
export { sizeWords } from './model/sizeWords.ts';
export { default as AttachmentList } from './ui/AttachmentList.svelte';
