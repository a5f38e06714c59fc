/**
 * Control messages on channel 0: JSON in UTF-8. They are few and small, so being readable in a
 * capture is worth more than bytes; what is frequent travels on the room channels.
 */
import * as z from 'zod/mini';
import { bytesToUtf8, utf8ToBytes } from '../base/bytes.ts';

const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** As H6 lets it through; where tokens rule, it is a RoomId. */
const room = z.string().check(z.regex(/^[A-Za-z0-9._~-]{1,128}$/));
const count = z.int().check(z.nonnegative());
const signature = z.string().check(z.regex(/^[A-Za-z0-9_-]{86}$/));

const receipt = z.object({ device: id, commit: count, signature });
/** A device's signed word that it durably holds every commit up to this one. */
export type Receipt = z.infer<typeof receipt>;

const clientControl = z.discriminatedUnion('type', [
	z.object({ type: z.literal('open'), channel: z.int().check(z.positive()), room }),
	z.object({ type: z.literal('close'), channel: z.int().check(z.positive()) }),
	z.object({ type: z.literal('since'), commit: count }),
	z.object({ type: z.literal('have'), receipt }),
	z.object({ type: z.literal('ping') })
]);
export type ClientControl = z.infer<typeof clientControl>;

const relayControl = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('hello'),
		/** Random, made when the relay's store was created: a new one means an emptied relay. */
		relayId: id,
		commit: count,
		rosterLength: count,
		receipts: z.array(receipt)
	}),
	z.object({ type: z.literal('opened'), channel: z.int() }),
	z.object({ type: z.literal('refused'), channel: z.int(), code: z.int() }),
	/** These rooms have commits up to `commit` that `since` or the live stream has brought about. */
	z.object({
		type: z.literal('changed'),
		commit: count,
		rooms: z.array(room),
		/** In the answer to `since`: what was asked about. */
		since: z.optional(count)
	}),
	z.object({ type: z.literal('receipt'), receipt }),
	z.object({ type: z.literal('roster'), length: count }),
	z.object({ type: z.literal('pong') })
]);
export type RelayControl = z.infer<typeof relayControl>;

export const encodeControl = (message: ClientControl | RelayControl): Uint8Array<ArrayBuffer> =>
	utf8ToBytes(JSON.stringify(message));

function parseControl<T>(schema: z.ZodMiniType<T>, payload: Uint8Array): T | null {
	try {
		const parsed = schema.safeParse(JSON.parse(bytesToUtf8(payload)));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

export const parseClientControl = (payload: Uint8Array) => parseControl(clientControl, payload);
export const parseRelayControl = (payload: Uint8Array) => parseControl(relayControl, payload);

/** What a receipt's signature covers. `relayId` ties it to one numbering of commits. */
export const receiptBytes = (workspace: string, relayId: string, commit: number) =>
	utf8ToBytes(`tongxin.receipt.1\n${workspace}\n${relayId}\n${commit}`);
