/** Throws when an invariant of ours is broken. Never for input that came from outside. */
export function assert(condition: unknown, message: string): asserts condition {
	if (!condition) throw new Error(`broken invariant: ${message}`);
}

/** For the default branch of a switch over a union: a forgotten case becomes a type error. */
export function unreachable(value: never): never {
	throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
