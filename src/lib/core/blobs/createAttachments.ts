/** Puts the parts of attachments together for one session. Rules A… in SPEC.md. */
import type { BlobId, MemberId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { limits } from '$lib/protocol/limits.ts';
import type { BlobFault, BlobStore } from '../store/blobStore.ts';
import { attachmentName, safeMime, type AttachmentRef, type ThumbRef } from './attachmentRef.ts';
import type { AddFault, Attachments } from './attachments.ts';
import type { BlobApi } from './blobApi.ts';
import { createBlobDownloads } from './blobDownloads.ts';
import { createBlobStates } from './blobStates.ts';
import { createBlobUploads } from './blobUploads.ts';
import { openBlob, sealBlob, type SealedBlob } from './sealBlob.ts';

export interface AttachmentsOptions {
	readonly store: BlobStore;
	readonly api: BlobApi;
	readonly self: MemberId;
	readonly now: () => number;
	/** What the browser says of its disk; null where it says nothing. */
	readonly estimate: (() => Promise<StorageEstimate>) | null;
	readonly mayWrite: () => boolean;
	readonly isLeader: () => boolean;
	readonly isOnline: () => boolean;
	/** The relay of the last time. */
	readonly relayId: string | null;
	readonly firstRetryMs?: number;
}

export interface AttachmentsKeeper extends Attachments {
	/** The connection is there, this tab leads, or what the device may do has changed. */
	nudge(): void;
	onRelay(relayId: string): void;
	/** The relay has lost its store. */
	forgetDelivery(): void;
	/** Lets go of them on this device; what was not sent yet never is. */
	drop(ids: readonly BlobId[]): Promise<void>;
	close(): void;
}

const FIRST_RETRY_MS = 1_000;
/** Smaller ones are simply tried: the question costs more than the answer is worth. */
const ASK_ROOM_BYTES = 256 * 1024;
/** What must stay free: a full disk keeps people from writing. */
const SPARE_BYTES = 10 * 1024 * 1024;

export function createAttachments(options: AttachmentsOptions): AttachmentsKeeper {
	const { store, api, mayWrite, isLeader, isOnline } = options;
	let relay = options.relayId;
	const relayId = () => (isOnline() ? relay : null);
	const states = createBlobStates({ store, relayId: relay, mayWrite });
	const bring = createBlobDownloads({ store, api, states, relayId });
	const uploads = createBlobUploads({
		...{ store, api, states, relayId },
		maySend: () => isLeader() && mayWrite(),
		firstRetryMs: options.firstRetryMs ?? FIRST_RETRY_MS
	});
	const reload = () => void states.reload().catch(() => undefined);
	const stopFollowing = store.subscribe(reload);
	reload();

	async function hasRoomFor(bytes: number): Promise<boolean> {
		if (!options.estimate || bytes < ASK_ROOM_BYTES) return true;
		const { quota, usage } = await options.estimate().catch((): StorageEstimate => ({}));
		return quota === undefined || usage === undefined || quota - usage > bytes + SPARE_BYTES;
	}

	async function keep(file: Blob): Promise<Result<SealedBlob, AddFault>> {
		if (file.size > limits.maxBlobBytes) return err('too-large');
		if (!(await hasRoomFor(file.size))) return err('disk-full');
		const sealed = await sealBlob(file).catch(() => null);
		if (!sealed) return err('unreadable');
		if (sealed.bytes.length > limits.maxBlobBytes) return err('too-large');
		const failed = (): BlobFault => 'store-failed';
		const fault = await store.put(sealed.id, sealed.bytes, null).catch(failed);
		return fault ? err(fault) : ok(sealed);
	}

	/** A picture without its small one is still a picture. */
	async function keepThumb(file: Blob | undefined): Promise<ThumbRef | null> {
		const kept = file ? await keep(file) : null;
		if (!file || !kept?.ok) return null;
		return { id: kept.value.id, key: kept.value.key.reveal(), size: file.size };
	}

	return {
		async add(file, { name, mime, kind, thumb: small }) {
			if (!mayWrite()) return err('read-only');
			const kept = await keep(file);
			if (!kept.ok) return kept;
			const thumb = await keepThumb(small);
			await states.reload().catch(() => undefined);
			const ref: AttachmentRef = {
				id: kept.value.id,
				key: kept.value.key.reveal(), // into the document, which is sealed
				name: attachmentName(name),
				mime: mime.slice(0, 127),
				size: file.size,
				kind,
				by: options.self,
				at: new Date(options.now()).toISOString(),
				...(thumb ? { thumb } : {})
			};
			return ok(ref);
		},
		async open({ id, key, mime = '' }) {
			const bytes = await bring(id);
			if (!bytes.ok) return bytes;
			const plain = await openBlob(new Redacted(key), bytes.value);
			return plain ? ok(new Blob([plain], { type: safeMime(mime) })) : err('damaged');
		},
		state: states.state,
		pending: states.pending,
		nudge: uploads.nudge,
		onRelay(next) {
			relay = next;
			states.setRelay(next);
			states.forgetWords('absent');
			uploads.nudge();
		},
		forgetDelivery() {
			store.markAllUnsent().then(reload, () => undefined);
		},
		async drop(ids) {
			for (const id of ids) await store.delete(id);
			await states.reload();
		},
		close() {
			stopFollowing();
			uploads.stop();
		}
	};
}
