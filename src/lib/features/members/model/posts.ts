/** Posts in the order in which a branch lists them. */
export const posts = [
	'书记',
	'副书记',
	'组织委员',
	'宣传委员',
	'纪检委员',
	'青年委员',
	'统战委员'
] as const;
export type Post = (typeof posts)[number];
