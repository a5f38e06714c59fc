/** Holds a secret so that no log line, JSON or template string can print it. */
export class Redacted<T> {
	readonly #value: T;

	constructor(value: T) {
		this.#value = value;
	}

	/** The only way to the secret: easy to search for in a review. */
	reveal(): T {
		return this.#value;
	}

	toString(): string {
		return '<redacted>';
	}

	toJSON(): string {
		return '<redacted>';
	}

	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return '<redacted>';
	}
}
