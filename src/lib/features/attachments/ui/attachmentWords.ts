/** What a blob's state and the faults of adding and opening are called. */
import type { AddFault, BlobState, OpenFault } from '$lib/core/blobs/attachments.ts';
import { limits } from '$lib/protocol/limits.ts';
import { m } from '$lib/paraglide/messages.js';
import { sizeWords } from '../model/sizeWords.ts';

const percent = (share: number) => Math.floor(share * 100);

export function stateWords(state: BlobState): string {
	switch (state.kind) {
		case 'unknown':
			return '';
		case 'local':
			return m.attachments_state_local();
		case 'refused':
			return m.attachments_state_refused();
		case 'sending':
			return m.attachments_state_sending({ percent: percent(state.share) });
		case 'delivered':
			return m.attachments_state_delivered();
		case 'missing':
			return m.attachments_state_missing();
		case 'receiving':
			return m.attachments_state_receiving({ percent: percent(state.share) });
		case 'absent':
			return m.attachments_state_absent();
	}
}

export function addFaultWords(fault: AddFault, name: string): string {
	switch (fault) {
		case 'too-large':
			return m.attachments_fault_too_large({ name, limit: sizeWords(limits.maxBlobBytes) });
		case 'disk-full':
			return m.attachments_fault_disk_full({ name });
		case 'store-failed':
			return m.attachments_fault_store_failed({ name });
		case 'unreadable':
			return m.attachments_fault_unreadable({ name });
		case 'read-only':
			return m.attachments_fault_read_only();
	}
}

export function openFaultWords(fault: OpenFault): string {
	switch (fault) {
		case 'not-here':
			return m.attachments_fault_not_here();
		case 'not-sent':
			return m.attachments_fault_not_sent();
		case 'damaged':
			return m.attachments_fault_damaged();
	}
}
