/**
 * What the creator of a circle room says about it, signed by a device of the creator's: whom it is
 * for and what it holds. Everybody who wraps the room's key for somebody else passes it on as it
 * is, so that nobody but the creator decides who is in. Rules are numbered K… in SPEC.md.
 */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import type { DeviceId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import { parseJson } from '$lib/base/json.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { writingSpanAt, type Roster, type RosterCrypto } from '$lib/protocol/roster/roster.ts';
import type { Signer } from '../crypto/signer.ts';
import { circleNames } from './circle.ts';

const ROOM_ID_BYTES = 16;
const id = z.string().check(z.maxLength(64));

const statement = z.object({
	v: z.literal(1),
	room: id,
	/** Device that made the room; with the nonce it gives the room's id. */
	creator: id,
	nonce: id,
	circle: z.enum(circleNames),
	members: z.array(id).check(z.maxLength(200)),
	kind: z.string().check(z.maxLength(40)),
	createdAt: z.string().check(z.maxLength(40)),
	/** 0 when the room was made, one more with each change of the members. */
	revision: z.int().check(z.gte(0), z.lte(1_000_000)),
	/** Device of the creator's member that signed this, and how long a roster it knew. */
	by: id,
	rosterLength: z.int().check(z.gte(1))
});
export type Statement = z.infer<typeof statement>;

/** The exact bytes travel: they are what was signed. */
export const signedStatement = z.object({
	text: z.string().check(z.maxLength(20_000)),
	signature: z.string().check(z.maxLength(100))
});
export type SignedStatement = z.infer<typeof signedStatement>;

export type StatementRefusal =
	'malformed-keys' | 'other-room' | 'not-the-creators-room' | 'not-the-creators-word';

/** Only who makes a room can choose its id: nobody else puts a first key into it. */
export async function circleRoomOf(
	creator: string,
	nonce: string,
	{ sha256 }: RosterCrypto
): Promise<RoomId> {
	const hash = await sha256(utf8ToBytes(`tongxin.circle.1\n${creator}\n${nonce}`));
	return bytesToBase64Url(hash.subarray(0, ROOM_ID_BYTES)) as RoomId;
}

const signedBytes = (workspace: WorkspaceId, text: string) =>
	utf8ToBytes(`tongxin.circle.statement.1\n${workspace}\n${text}`);

export async function signStatement(
	workspace: WorkspaceId,
	value: Statement,
	signer: Signer
): Promise<SignedStatement> {
	const text = JSON.stringify(value);
	return { text, signature: bytesToBase64Url(await signer.sign(signedBytes(workspace, text))) };
}

/** Null when it does not parse. Believed only where `verifyStatement` was asked before. */
export function readStatement({ text }: SignedStatement): Statement | null {
	const parsed = statement.safeParse(parseJson(utf8ToBytes(text)));
	return parsed.success ? parsed.data : null;
}

export async function verifyStatement(
	signed: SignedStatement,
	{ workspace, room }: { readonly workspace: WorkspaceId; readonly room: RoomId },
	roster: Roster,
	crypto: RosterCrypto
): Promise<Result<Statement, StatementRefusal>> {
	const value = readStatement(signed);
	const signature = base64UrlToBytes(signed.signature);
	if (!value || !signature) return err('malformed-keys');
	if (value.room !== room) return err('other-room');
	if ((await circleRoomOf(value.creator, value.nonce, crypto)) !== room)
		return err('not-the-creators-room');
	const creator = roster.devices.get(value.creator as DeviceId);
	const author = roster.devices.get(value.by as DeviceId);
	const isTheirs =
		creator !== undefined &&
		author?.member === creator.member &&
		writingSpanAt(author, value.rosterLength) !== null;
	if (!isTheirs) return err('not-the-creators-word');
	const holds = await crypto.verify(author.signKey, signedBytes(workspace, signed.text), signature);
	return holds ? ok(value) : err('not-the-creators-word');
}
