import { redirect } from '@sveltejs/kit';

/** The ledgers' front door; the problem list is the only one so far. */
export const load = (): never => redirect(307, '/ledgers/problems');
