/** The editor is fetched once, when a talk is about to be opened; from the cache with no network. */
import type { SectionEditor, SectionEditorOptions } from './createSectionEditor.ts';

export type CreateSectionEditor = (options: SectionEditorOptions) => SectionEditor;

let loading: Promise<CreateSectionEditor> | null = null;

export function loadEditor(): Promise<CreateSectionEditor> {
	loading ??= import('./createSectionEditor.ts').then(
		(module) => module.createSectionEditor,
		(error: unknown) => {
			// Asked again, it may come: the network was away, or a new version of the app is there.
			loading = null;
			throw error;
		}
	);
	return loading;
}
