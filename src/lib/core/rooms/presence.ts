/**
 * Who is in a room and where, sealed: the awareness that travels holds only ciphertext under the
 * room's key. A counter inside keeps a relay from replaying where somebody was.
 */
import type { Awareness } from 'y-protocols/awareness';
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { parseJson } from '$lib/base/json.ts';
import type { DeviceId, MemberId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { chainProof, type ChainProof } from '../roster/chainProof.ts';
import { openBox, sealBox, type SecretKey } from '../crypto/aead.ts';
import type { EntryScope } from '../crypto/entry.ts';
import type { Peer, Place, Presence } from './openDocument.ts';

const content = z.object({
	client: z.int(),
	member: z.string().check(z.maxLength(64)),
	counter: z.int(),
	/** Absent in what the first version sent. */
	device: z.optional(z.string().check(z.maxLength(64))),
	chain: z.optional(chainProof),
	place: z.nullable(z.record(z.string(), z.union([z.string().check(z.maxLength(200)), z.number()])))
});

/** Its cost grows with the square of the people in a room. */
const MIN_GAP_MS = 100;

export interface PresenceOptions {
	readonly scope: EntryScope;
	readonly awareness: Awareness;
	readonly self: MemberId;
	readonly device: DeviceId;
	/** The roster this device knows: two that were shown different ones notice it by this. */
	chain(): ChainProof | null;
	/** The counter starts here, so that a reloaded tab is never behind its former self. */
	readonly nowMs: number;
	current(): { readonly epoch: number; readonly key: SecretKey };
	keyOf(epoch: number): SecretKey | null;
}

export interface SealedPresence extends Presence {
	/** Keys or roster have grown. */
	recheck(): void;
	close(): void;
}

export function createPresence({
	scope,
	awareness,
	self,
	device,
	chain,
	nowMs,
	current,
	keyOf
}: PresenceOptions): SealedPresence {
	const peers = createSource<readonly Peer[]>([]);
	const counters = new Map<number, number>();
	const aad = utf8ToBytes(`tongxin.presence.1\n${scope.workspace}\n${scope.room}`);
	let counter = nowMs;
	let published: { readonly epoch: number; readonly chain: ChainProof | null } | null = null;
	let place: Place | null = null;
	let timer: ReturnType<typeof setTimeout> | null = null;

	function publish() {
		const { epoch, key } = current();
		published = { epoch, chain: chain() };
		const known = published.chain ? { chain: published.chain } : {};
		const state = { client: awareness.clientID, member: self, device, ...known };
		const plain = utf8ToBytes(JSON.stringify({ ...state, counter: ++counter, place }));
		awareness.setLocalState({ epoch, sealed: bytesToBase64Url(sealBox(key, aad, plain)) });
	}

	function open(client: number, state: Record<string, unknown>): Peer | null {
		const key = typeof state.epoch === 'number' ? keyOf(state.epoch) : null;
		const box = typeof state.sealed === 'string' ? base64UrlToBytes(state.sealed) : null;
		const plain = key && box ? openBox(key, aad, box) : null;
		const parsed = plain ? content.safeParse(parseJson(plain)) : null;
		if (!parsed?.success || parsed.data.client !== client) return null;
		if (parsed.data.counter < (counters.get(client) ?? 0)) return null;
		counters.set(client, parsed.data.counter);
		const { member, device: from, chain: known = null, place: at } = parsed.data;
		const whose = { member: member as MemberId, device: (from ?? null) as DeviceId | null };
		return { client, ...whose, chain: known, place: at };
	}

	function refresh() {
		const all = [...awareness.getStates()].filter(([client]) => client !== awareness.clientID);
		peers.set(all.flatMap(([client, state]) => open(client, state) ?? []));
	}

	awareness.on('change', refresh);
	publish();

	return {
		peers,
		setPlace(next) {
			place = next;
			timer ??= setTimeout(() => {
				timer = null;
				publish();
			}, MIN_GAP_MS);
		},
		recheck() {
			const isNews = published?.epoch !== current().epoch || published.chain !== chain();
			if (isNews) publish();
			refresh();
		},
		close() {
			if (timer) clearTimeout(timer);
			awareness.off('change', refresh);
			awareness.setLocalState(null);
		}
	};
}
