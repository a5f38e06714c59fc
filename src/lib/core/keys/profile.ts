/** Who somebody is, sealed with the commons key: the roster itself names nobody. */
import * as z from 'zod/mini';
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { parseJson } from '$lib/base/json.ts';
import type { MemberId } from '$lib/base/ids.ts';
import { openBox, sealBox, type SecretKey } from '../crypto/aead.ts';
import type { CommonsKeys } from './commonsKeys.ts';

const profile = z.object({
	name: z.string().check(z.maxLength(60)),
	post: z.string().check(z.maxLength(60)),
	/** In the founder's: what an invited person is shown before joining. */
	branch: z.optional(z.string().check(z.maxLength(120))),
	/** What the device is, by its browser: "Windows · Edge" and the like. */
	label: z.optional(z.string().check(z.maxLength(60)))
});
export type Profile = z.infer<typeof profile>;

const aad = (member: MemberId) => utf8ToBytes(`tongxin.profile.1\n${member}`);

export function parseProfile(plain: Uint8Array): Profile | null {
	const parsed = profile.safeParse(parseJson(plain));
	return parsed.success ? parsed.data : null;
}

export const sealProfile = (key: SecretKey, member: MemberId, value: Profile): string =>
	bytesToBase64Url(sealBox(key, aad(member), utf8ToBytes(JSON.stringify(value))));

/** Sealed with whichever key was the newest when it was written. */
export function openProfile(keys: CommonsKeys, member: MemberId, sealed: string): Profile | null {
	const box = base64UrlToBytes(sealed);
	if (!box) return null;
	for (const key of keys.values()) {
		const plain = openBox(key, aad(member), box);
		if (plain) return parseProfile(plain);
	}
	return null;
}
