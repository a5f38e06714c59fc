/** Whose request it is, for what is counted by address. */
import type { IncomingMessage } from 'node:http';
import type { DoorPolicy } from '../auth/door.ts';

export function remoteAddress(request: IncomingMessage, { trustProxy }: DoorPolicy): string {
	const forwarded = String(request.headers['x-forwarded-for'] ?? '')
		.split(',')
		.at(-1)
		?.trim();
	return (trustProxy && forwarded) || (request.socket.remoteAddress ?? '');
}
