/** Files on their way from a person's hand into the store: one after the other, faults kept to be read. */
import type { AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import type { AddFault, AttachmentMeta, Attachments } from '$lib/core/blobs/attachments.ts';

export interface PreparedFile {
	readonly file: Blob;
	readonly meta: AttachmentMeta;
}

export interface IntakeFault {
	readonly name: string;
	readonly fault: AddFault;
}

export interface IntakeOptions {
	readonly attachments: Pick<Attachments, 'add'>;
	readonly prepare: (file: File) => Promise<PreparedFile>;
	readonly onadd: (ref: AttachmentRef) => void;
}

export class FileIntake {
	readonly #options: IntakeOptions;
	#waiting = $state(0);
	#faults = $state.raw<readonly IntakeFault[]>([]);
	/** One at a time: each is held in memory several times over. */
	#last: Promise<void> = Promise.resolve();

	constructor(options: IntakeOptions) {
		this.#options = options;
	}

	/** How many are not through yet. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Of the files taken last. */
	get faults(): readonly IntakeFault[] {
		return this.#faults;
	}

	take(files: readonly File[]): Promise<void> {
		if (this.#waiting === 0) this.#faults = [];
		this.#waiting += files.length;
		for (const file of files) this.#last = this.#last.then(() => this.#takeOne(file));
		return this.#last;
	}

	async #takeOne(file: File): Promise<void> {
		const { attachments, prepare, onadd } = this.#options;
		try {
			const prepared = await prepare(file);
			const added = await attachments.add(prepared.file, prepared.meta);
			if (added.ok) onadd(added.value);
			else this.#faults = [...this.#faults, { name: file.name, fault: added.error }];
		} catch {
			this.#faults = [...this.#faults, { name: file.name, fault: 'unreadable' }];
		} finally {
			this.#waiting -= 1;
		}
	}
}
