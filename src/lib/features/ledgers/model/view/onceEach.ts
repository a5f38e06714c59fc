/** Works out once for each object and forgets it with the object: rows are snapshots, so it holds. */
export function onceEach<Key extends object, Value extends NonNullable<unknown> | null>(
	compute: (key: Key) => Value
): (key: Key) => Value {
	const known = new WeakMap<Key, Value>();
	return (key) => {
		const found = known.get(key);
		if (found !== undefined) return found;
		const value = compute(key);
		known.set(key, value);
		return value;
	};
}
