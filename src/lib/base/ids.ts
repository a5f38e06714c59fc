/** Branded ids. All are random or hashes: none counts, so none tells how much there is. */
import { base64UrlToBytes, bytesToBase64Url } from './bytes.ts';

declare const brand: unique symbol;
type Branded<B extends string> = string & { readonly [brand]: B };

/** SHA-256 of the founding roster record, 32 bytes. */
export type WorkspaceId = Branded<'WorkspaceId'>;
/** 16 random bytes, chosen by the device that creates the document. */
export type RoomId = Branded<'RoomId'>;
/** First 16 bytes of SHA-256 of the device's signing public key. */
export type DeviceId = Branded<'DeviceId'>;
/** 16 random bytes; a person. */
export type MemberId = Branded<'MemberId'>;
/** SHA-256 of an attachment's sealed bytes, 32 bytes. */
export type BlobId = Branded<'BlobId'>;

export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

export const cryptoRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

const ID_BYTES = 16;

export const newId = (random: RandomBytes = cryptoRandom): string =>
	bytesToBase64Url(random(ID_BYTES));
export const newRoomId = (random?: RandomBytes): RoomId => newId(random) as RoomId;
export const newMemberId = (random?: RandomBytes): MemberId => newId(random) as MemberId;

function parseId<T extends string>(text: string, bytes: number): T | null {
	return base64UrlToBytes(text)?.length === bytes ? (text as T) : null;
}

export const parseWorkspaceId = (text: string): WorkspaceId | null => parseId(text, 32);
export const parseRoomId = (text: string): RoomId | null => parseId(text, ID_BYTES);
export const parseBlobId = (text: string): BlobId | null => parseId(text, 32);
export const parseMemberId = (text: string): MemberId | null => parseId(text, ID_BYTES);
