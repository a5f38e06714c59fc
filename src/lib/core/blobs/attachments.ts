/** What screens see of attachments; `createAttachments.ts` makes it. Rules A… in SPEC.md. */
import type { BlobId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Result } from '$lib/base/result.ts';
import type { AttachmentKind, AttachmentRef } from './attachmentRef.ts';

export interface AttachmentMeta {
	readonly name: string;
	readonly mime: string;
	readonly kind: AttachmentKind;
	/** A small JPEG of it. */
	readonly thumb?: Blob;
}

export type AddFault =
	| 'too-large'
	| 'disk-full'
	| 'store-failed'
	/** The file is gone, or the browser may not read it any more. */
	| 'unreadable'
	/** An observer adds nothing. */
	| 'read-only';

export type OpenFault =
	/** Not on this device, and the relay cannot be reached. */
	| 'not-here'
	/** Nor at the relay: whoever added it has not sent it yet. */
	| 'not-sent'
	| 'damaged';

export type BlobState =
	/** Not looked at yet. */
	| { readonly kind: 'unknown' }
	/** On this device, and not yet at the relay. */
	| { readonly kind: 'local' }
	/** The same, and the relay has no room for it. */
	| { readonly kind: 'refused' }
	| { readonly kind: 'sending'; readonly share: number }
	| { readonly kind: 'delivered' }
	/** Not on this device; the relay may have it. */
	| { readonly kind: 'missing' }
	| { readonly kind: 'receiving'; readonly share: number }
	/** Not on this device, and the relay said that it does not have it. */
	| { readonly kind: 'absent' };

export interface PendingBlobs {
	/** A photo and its small one count as two. */
	readonly count: number;
	readonly bytes: number;
}

/** As much of an AttachmentRef, or of its thumb, as opening takes. */
export interface BlobToOpen extends Pick<AttachmentRef, 'id' | 'key'> {
	readonly mime?: string;
}

export interface Attachments {
	/** When it answers, the file is stored here; putting the reference into a document is next. */
	add(file: Blob, meta: AttachmentMeta): Promise<Result<AttachmentRef, AddFault>>;
	/** From this device, or else from the relay. The type of what comes is safe to show. */
	open(ref: BlobToOpen): Promise<Result<Blob, OpenFault>>;
	state(id: BlobId): Observable<BlobState>;
	/** What waits to be sent from this device. */
	readonly pending: Observable<PendingBlobs>;
}
