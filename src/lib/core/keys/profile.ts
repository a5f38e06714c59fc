/** Who somebody is, sealed with the commons key: the roster itself names nobody. */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { parseJson } from '$lib/base/json.ts';
import type { MemberId } from '$lib/base/ids.ts';
import { openBox, sealBox, type SecretKey } from '../crypto/aead.ts';

const profile = z.object({
	name: z.string().check(z.maxLength(60)),
	post: z.string().check(z.maxLength(60)),
	/** In the founder's: what an invited person is shown before joining. */
	branch: z.optional(z.string().check(z.maxLength(120)))
});
export type Profile = z.infer<typeof profile>;

const aad = (member: MemberId) => utf8ToBytes(`tongxin.profile.1\n${member}`);

export const sealProfile = (key: SecretKey, member: MemberId, value: Profile): string =>
	bytesToBase64Url(sealBox(key, aad(member), utf8ToBytes(JSON.stringify(value))));

export function openProfile(key: SecretKey, member: MemberId, sealed: string): Profile | null {
	const box = base64UrlToBytes(sealed);
	const plain = box && openBox(key, aad(member), box);
	const parsed = plain ? profile.safeParse(parseJson(plain)) : null;
	return parsed?.success ? parsed.data : null;
}
