export { default as MembersScreen } from './ui/MembersScreen.svelte';
export {
	branchKind,
	branchName,
	listMembers,
	posts,
	putMember,
	setBranchName,
	type Member,
	type Post
} from './model/branch.ts';
export { Members } from './state/Members.svelte.ts';
