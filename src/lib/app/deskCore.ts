/** What the desk loads behind its first words. */
import { createVault } from '$lib/core/keys/vault.ts';

export { found, inspect, join } from './enrol.ts';
export { openWorkspace } from './openWorkspace.ts';
export const vault = createVault();
