/** Time comes in as a value, so that a test or a phone three days off can bring its own. */
export interface Clock {
	/** Milliseconds since 1970-01-01 UTC. */
	now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
