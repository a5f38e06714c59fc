import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChannelMessage } from './channelMessages.ts';
import { parseClientControl, parseRelayControl } from './control.ts';
import { encodeFrame, parseFrame } from './frames.ts';

const message = fc.record({
	channel: fc.nat(),
	payload: fc.uint8Array({ maxLength: 300 })
});
const messages = fc.array(message, { minLength: 1, maxLength: 20 });

describe('a frame', () => {
	it('F1 F4 carries any number of messages on any channels, and gives them back in order', () => {
		fc.assert(
			fc.property(messages, (sent) => {
				const parsed = parseFrame(encodeFrame(sent));
				expect(parsed?.map(({ channel, payload }) => [channel, [...payload]])).toEqual(
					sent.map(({ channel, payload }) => [channel, [...payload]])
				);
			})
		);
	});

	it('F2 is nothing when empty', () => {
		expect(parseFrame(new Uint8Array())).toBeNull();
	});

	it('F2 is nothing when it breaks off before the end of its last message', () => {
		fc.assert(
			fc.property(message, fc.nat(), ({ channel, payload }, cut) => {
				const frame = encodeFrame([{ channel, payload }]);
				expect(parseFrame(frame.subarray(0, cut % frame.length))).toBeNull();
			})
		);
	});

	it('F2 is nothing when a length runs past its end, however large', () => {
		expect(parseFrame(Uint8Array.of(1, 2, 0))).toBeNull();
		expect(
			parseFrame(Uint8Array.of(1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
		).toBeNull();
	});

	// fast-check prints the seed and the shrunk case of a failure.
	it('F2 F5 S13 survives random and mutated bytes in every decoder, without throwing', () => {
		const decoders = [parseFrame, parseChannelMessage, parseClientControl, parseRelayControl];
		const mutated = fc.tuple(messages, fc.nat(), fc.nat({ max: 255 })).map(([sent, at, byte]) => {
			const frame = encodeFrame(sent);
			frame[at % frame.length] = byte;
			return frame;
		});
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
				for (const decode of decoders) expect(() => decode(bytes)).not.toThrow();
			}),
			{ numRuns: 2000 }
		);
	});

	it('F1 reads the same from a view in the middle of a larger buffer', () => {
		const frame = encodeFrame([{ channel: 3, payload: Uint8Array.of(9, 8) }]);
		const larger = new Uint8Array(frame.length + 10);
		larger.set(frame, 5);
		expect(parseFrame(larger.subarray(5, 5 + frame.length))).toEqual([
			{ channel: 3, payload: Uint8Array.of(9, 8) }
		]);
	});
});
