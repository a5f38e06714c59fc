export {
	branchKind,
	branchName,
	listMembers,
	putMember,
	setBranchName,
	type Member
} from './model/branch.ts';
export { Members } from './state/Members.svelte.ts';
export { posts, type Post } from './model/posts.ts';
