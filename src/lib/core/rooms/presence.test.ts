import { describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import {
	cryptoRandom,
	newId,
	newMemberId,
	newRoomId,
	type DeviceId,
	type WorkspaceId
} from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { createPresence } from './presence.ts';

const scope = { workspace: bytesToBase64Url(cryptoRandom(32)) as WorkspaceId, room: newRoomId() };
const key = new Redacted(cryptoRandom(32));
const current = () => ({ epoch: 1, key });

const proof = { length: 3, head: 'head', signature: 'signature' };

function open(secret = key) {
	const awareness = new Awareness(new Y.Doc());
	const self = newMemberId();
	const device = newId() as DeviceId;
	const chain = () => proof;
	const keys = {
		current: () => ({ epoch: 1, key: secret }),
		keyOf: (epoch: number) => (epoch === 1 ? secret : null)
	};
	return {
		awareness,
		self,
		device,
		presence: createPresence({ scope, awareness, self, device, chain, nowMs: 1000, ...keys })
	};
}

const tell = (from: Awareness, to: Awareness) =>
	applyAwarenessUpdate(to, encodeAwarenessUpdate(from, [from.clientID]), 'test');
const published = () => new Promise((resolve) => setTimeout(resolve, 150));

describe('sealed presence', () => {
	it('P1 shows a colleague their place, and the wire nothing', async () => {
		const [a, b] = [open(), open()];
		a.presence.setPlace({ row: '第三行', field: 'manifestation' });
		await published();
		tell(a.awareness, b.awareness);
		expect(b.presence.peers.current()).toEqual([
			{
				client: a.awareness.clientID,
				member: a.self,
				device: a.device,
				chain: proof,
				place: { row: '第三行', field: 'manifestation' }
			}
		]);
		const wire = JSON.stringify(a.awareness.getLocalState());
		expect(wire).not.toContain('manifestation');
		expect(wire).not.toContain(a.self);
		expect(current().epoch).toBe(1);
	});

	it('P1 shows nothing of somebody with another key', async () => {
		const [stranger, b] = [open(new Redacted(cryptoRandom(32))), open()];
		tell(stranger.awareness, b.awareness);
		expect(b.presence.peers.current()).toEqual([]);
	});

	it('P2 ignores a state replayed later or put under another number', async () => {
		const [a, b] = [open(), open()];
		a.presence.setPlace({ row: '旧' });
		await published();
		const old = a.awareness.getLocalState();
		a.presence.setPlace({ row: '新' });
		await published();
		tell(a.awareness, b.awareness);
		a.awareness.setLocalState(old);
		tell(a.awareness, b.awareness);
		expect(b.presence.peers.current()).toEqual([]);
		const impostor = new Awareness(new Y.Doc());
		impostor.setLocalState(old);
		tell(impostor, b.awareness);
		expect(b.presence.peers.current()).toEqual([]);
	});
});
