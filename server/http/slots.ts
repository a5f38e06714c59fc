/** How many may do something at the same time: in all, and for one name. */
export interface Slots {
	/** Null when there is none left; else the function that gives it back. */
	take(name: string): (() => void) | null;
}

export function createSlots(max: number, maxOfName: number): Slots {
	const taken = new Map<string, number>();
	let all = 0;
	return {
		take(name) {
			const own = taken.get(name) ?? 0;
			if (all >= max || own >= maxOfName) return null;
			all += 1;
			taken.set(name, own + 1);
			return () => {
				all -= 1;
				const left = (taken.get(name) ?? 1) - 1;
				if (left > 0) taken.set(name, left);
				else taken.delete(name);
			};
		}
	};
}
