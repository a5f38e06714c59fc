/** Photos of the signed paper: by attachment id, as attachments keep them. */
import type * as Y from 'yjs';

export const papersIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('papers');
