import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceDocument } from '$lib/core/workspaceSession.ts';
import { catalogueIn } from '$lib/features/ledgers/index.ts';
import { branchCatalogue } from './branchCatalogue.ts';

const items = [
	{ aspect: '联系群众不紧', no: 24, text: '家长会以通报成绩为主' },
	{ aspect: '抓落实不细', no: 12, text: '检查多、反馈少' },
	{ aspect: '联系群众不紧', no: 25, text: '家访少' }
];

interface Ledger {
	readonly entry: WorkspaceDocument;
	readonly doc: Y.Doc;
}

function ledger(title: string, filled: boolean, more: Partial<WorkspaceDocument> = {}): Ledger {
	const doc = new Y.Doc();
	if (filled) catalogueIn(doc).set('current', { items });
	const entry = { room: newRoomId(), kind: 'ledger', title, createdAt: title, trashed: false };
	return { doc, entry: { ...entry, circle: 'commons', members: null, maker: null, ...more } };
}

function branch(...ledgers: Ledger[]) {
	const documents = createSource(ledgers.map(({ entry }) => entry));
	const open: RoomId[] = [];
	const openDocument = (room: RoomId): Promise<OpenDocument> => {
		open.push(room);
		const { doc } = ledgers.find(({ entry }) => entry.room === room)!;
		const close = () => void open.splice(open.indexOf(room), 1);
		return Promise.resolve({ room, doc, close } as unknown as OpenDocument);
	};
	const catalogue = branchCatalogue({ documents, openDocument });
	const numbers = () =>
		catalogue.current()?.aspects.flatMap(({ items: listed }) => listed.map(({ no }) => no));
	return { catalogue, documents, open, numbers };
}

describe('the branch’s catalogue for a talk', () => {
	it('comes from the newest of the committee’s ledgers that has one, aspect by aspect', async () => {
		const { catalogue, numbers } = branch(
			ledger('2021', true),
			ledger('2022', true),
			ledger('2023', false),
			ledger('2024', true, { trashed: true }),
			ledger('2025', true, { circle: 'restricted' })
		);
		catalogue.subscribe(() => {});
		await vi.waitFor(() => expect(numbers()).toEqual([24, 25, 12]));
		expect(catalogue.current()?.title).toContain('2022');
	});
	it('opens nothing before somebody looks, and lets go when nobody does any more', async () => {
		const { catalogue, open, numbers } = branch(ledger('2023', true));
		expect(open).toEqual([]);
		const stops = [catalogue.subscribe(() => {}), catalogue.subscribe(() => {})];
		await vi.waitFor(() => expect(numbers()).toHaveLength(3));
		stops[0]!();
		expect(open).toHaveLength(1);
		stops[1]!();
		expect(open).toEqual([]);
	});
	it('lets go of what opens after everybody has left', async () => {
		const { catalogue, open } = branch(ledger('2023', true));
		catalogue.subscribe(() => {})();
		await Promise.resolve();
		await vi.waitFor(() => expect(open).toEqual([]));
		expect(catalogue.current()).toBeUndefined();
	});
	it('follows a catalogue that is pasted while the talk is open', async () => {
		const late = ledger('2023', false);
		const { catalogue, numbers } = branch(late);
		catalogue.subscribe(() => {});
		await vi.waitFor(() => expect(catalogue.current()).toBeNull());
		catalogueIn(late.doc).set('current', { items });
		await vi.waitFor(() => expect(numbers()).toHaveLength(3));
	});
	it('is none when there is no ledger, or one that cannot be read', async () => {
		const broken = ledger('2023', false);
		catalogueIn(broken.doc).set('current', { items: 'all of them' });
		const { catalogue } = branch(broken);
		catalogue.subscribe(() => {});
		await vi.waitFor(() => expect(catalogue.current()).toBeNull());
	});
});
