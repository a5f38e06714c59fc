import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import {
	encodeAwareness,
	encodeStep1,
	encodeStep2,
	encodeStored,
	encodeUpdate,
	messageType,
	parseChannelMessage
} from './channelMessages.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('a room message', () => {
	it('S1 is what was encoded', () => {
		fc.assert(
			fc.property(bytes, fc.nat(), (some, commit) => {
				expect(parseChannelMessage(encodeStep1(some))).toEqual({
					kind: 'step1',
					stateVector: some
				});
				expect(parseChannelMessage(encodeStep2(some))).toEqual({
					...{ kind: 'update', step2: true, update: some }
				});
				expect(parseChannelMessage(encodeUpdate(some))).toEqual({
					...{ kind: 'update', step2: false, update: some }
				});
				expect(parseChannelMessage(encodeAwareness(some))).toEqual({
					...{ kind: 'awareness', update: some }
				});
				expect(parseChannelMessage(encodeStored(commit))).toEqual({ kind: 'stored', commit });
			})
		);
	});

	it('S1 is byte for byte what y-protocols writes', () => {
		const doc = new Y.Doc();
		doc.getArray('log').push([1]);
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, messageType.sync);
		syncProtocol.writeSyncStep2(encoder, doc);
		expect(encodeStep2(Y.encodeStateAsUpdate(doc))).toEqual(encoding.toUint8Array(encoder));
	});

	it('S13 is nothing with a byte too many or too few', () => {
		fc.assert(
			fc.property(bytes, fc.nat({ max: 255 }), (some, extra) => {
				const message = encodeUpdate(some);
				expect(parseChannelMessage(Uint8Array.of(...message, extra))).toBeNull();
				expect(parseChannelMessage(message.subarray(0, -1))).toBeNull();
			})
		);
	});

	it('S13 is nothing with a type that is not spoken', () => {
		for (const type of [2, 4, 15, 17, 200])
			expect(parseChannelMessage(Uint8Array.of(type, 0))).toBeNull();
		expect(parseChannelMessage(Uint8Array.of(messageType.sync, 3, 0))).toBeNull();
	});
});
