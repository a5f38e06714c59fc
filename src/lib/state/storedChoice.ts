/** A preference of this browser, e.g. its theme. Private windows may refuse: then it is not kept. */
export interface StoredChoice {
	read(): string | null;
	write(value: string | null): void;
}

export function storedChoice(key: string): StoredChoice {
	return {
		read() {
			try {
				return localStorage.getItem(key);
			} catch {
				return null;
			}
		},
		write(value) {
			try {
				if (value === null) localStorage.removeItem(key);
				else localStorage.setItem(key, value);
			} catch {
				// Refused or full: the choice holds until the page is closed.
			}
		}
	};
}
