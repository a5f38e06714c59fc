export {
	activeMembers,
	branchKind,
	branchName,
	listMembers,
	putMember,
	setBranchName
} from './model/branch.ts';
export type { Member } from './model/member.ts';
export type { OpenItem, OpenItemSource } from './model/openItems.ts';
export {
	readersChange,
	readersFor,
	type ListReader,
	type ReadersChange
} from './model/officeReaders.ts';
export { posts, type Post } from './model/posts.ts';
export { Members } from './state/Members.svelte.ts';
