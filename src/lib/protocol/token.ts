/**
 * The short-lived proof a device (or an invitation, or a recovery kit) shows at the relay's door: a JWT with EdDSA in
 * compact form. It is written here by hand because a device may have to sign without WebCrypto's
 * Ed25519; the relay checks it with a JOSE library.
 */
import * as z from 'zod/mini';
import { bytesToBase64Url, utf8ToBytes } from '../base/bytes.ts';
import { limits } from './limits.ts';

export const tokenClaims = z.object({
	/** `device:<DeviceId>`, `invite:<invite public key>` or `kit:<kit signing key>`. */
	sub: z.string().check(z.regex(/^(device|invite|kit):[A-Za-z0-9_-]{22,43}$/)),
	/** The relay's host as the device dialled it, so that one relay cannot use a token at another. */
	aud: z.string().check(z.maxLength(300)),
	workspace: z.string().check(z.maxLength(64)),
	iat: z.int(),
	exp: z.int()
});
export type TokenClaims = z.infer<typeof tokenClaims>;

/** Offered beside `protocolName`; the relay never echoes it. */
export const tokenProtocolPrefix = 'tongxin.token.';
export const protocolName = 'tongxin.1';

const part = (value: object) => bytesToBase64Url(utf8ToBytes(JSON.stringify(value)));

/** `nowMs` is the relay's time as the device estimates it: a phone's clock may be days off. */
export async function createToken(
	subject: string,
	audience: string,
	workspace: string,
	nowMs: number,
	sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
): Promise<string> {
	const iat = Math.floor(nowMs / 1000);
	const claims: TokenClaims = {
		sub: subject,
		aud: audience,
		workspace,
		iat,
		exp: iat + limits.maxTokenAgeMs / 1000
	};
	const signed = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part(claims)}`;
	return `${signed}.${bytesToBase64Url(await sign(utf8ToBytes(signed)))}`;
}
