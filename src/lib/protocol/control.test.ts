import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../base/bytes.ts';
import {
	encodeControl,
	parseClientControl,
	parseRelayControl,
	receiptBytes,
	type ClientControl,
	type RelayControl
} from './control.ts';

const receipt = { device: 'd'.repeat(22), commit: 7, signature: 's'.repeat(86) };
const json = (value: unknown) => utf8ToBytes(JSON.stringify(value));

describe('control messages', () => {
	const fromClient: ClientControl[] = [
		{ type: 'open', channel: 1, room: 'r' },
		{ type: 'close', channel: 1 },
		{ type: 'since', commit: 0 },
		{ type: 'have', receipt },
		{ type: 'ping' }
	];
	const fromRelay: RelayControl[] = [
		{ type: 'hello', relayId: 'r', commit: 1, rosterLength: 2, receipts: [receipt] },
		{ type: 'opened', channel: 1 },
		{ type: 'refused', channel: 1, code: 4403 },
		{ type: 'changed', commit: 3, rooms: ['a', 'b'] },
		{ type: 'receipt', receipt },
		{ type: 'roster', length: 4 },
		{ type: 'pong' }
	];

	it('F5 parse to what was encoded', () => {
		for (const message of fromClient)
			expect(parseClientControl(encodeControl(message))).toEqual(message);
		for (const message of fromRelay)
			expect(parseRelayControl(encodeControl(message))).toEqual(message);
	});

	it.each([
		['not JSON', utf8ToBytes('open')],
		['not UTF-8', Uint8Array.of(0xff, 0xfe)],
		['an unknown type', json({ type: 'shout' })],
		['a channel of no room', json({ type: 'open', channel: 0, room: 'r' })],
		['a channel that is not whole', json({ type: 'open', channel: 1.5, room: 'r' })],
		['a room name with a path in it', json({ type: 'open', channel: 1, room: '../r' })],
		['a room name that is too long', json({ type: 'open', channel: 1, room: 'r'.repeat(129) })],
		['a negative commit', json({ type: 'since', commit: -1 })],
		['a short signature', json({ type: 'have', receipt: { ...receipt, signature: 's' } })],
		['what only the relay says', json({ type: 'pong' })]
	])('F5 do not parse from %s', (_name, payload) => {
		expect(parseClientControl(payload)).toBeNull();
	});

	it('H6 C2 name rooms as the door lets them through', () => {
		const room = 'Room.1_~-'.padEnd(128, 'x');
		expect(parseClientControl(json({ type: 'open', channel: 1, room }))).not.toBeNull();
	});

	it('C8 a receipt is signed over one line each: version, workspace, relay, commit', () => {
		expect(receiptBytes('w', 'r', 12)).toEqual(utf8ToBytes('tongxin.receipt.1\nw\nr\n12'));
	});
});
