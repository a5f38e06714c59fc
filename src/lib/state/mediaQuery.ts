/** The one width at which a table becomes cards and the sidebar a bar; the CSS says 699.98px too. */
import { MediaQuery } from 'svelte/reactivity';

export const phoneQuery = (): MediaQuery => new MediaQuery('(max-width: 699.98px)', false);

/** A finger rather than a mouse. */
export const coarseQuery = (): MediaQuery => new MediaQuery('(pointer: coarse)', false);
