import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { lastBackup } from './backupMemory.ts';

const workspace = 'w'.repeat(43) as WorkspaceId;

function memory(text: string | null = null) {
	const keys: string[] = [];
	const choice = (key: string) => {
		keys.push(key);
		return { read: () => text, write: (next: string | null) => void (text = next) };
	};
	return { choice, keys };
}

describe('lastBackup', () => {
	it('remembers when and where, under a name that goes with the workspace', () => {
		const { choice, keys } = memory();
		const made = { madeAt: '2023-03-15T08:00:00.000Z', device: 'Windows · Edge' };
		expect(lastBackup(workspace, choice).read()).toBeNull();
		lastBackup(workspace, choice).write(made);
		expect(lastBackup(workspace, choice).read()).toEqual(made);
		expect(keys.every((key) => key.includes(workspace))).toBe(true);
	});

	it.each(['{', 'null', '{"madeAt":"soon","device":"x"}', '{"madeAt":"2023-03-15"}'])(
		'takes %s for nothing',
		(text) => {
			expect(lastBackup(workspace, memory(text).choice).read()).toBeNull();
		}
	);
});
