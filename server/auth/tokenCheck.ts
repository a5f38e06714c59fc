/**
 * Whether a token proves what it says: a decision from its text, the roster and the time alone.
 * Rules H3, H4 and R11 of the protocol.
 */
import { errors, importJWK, jwtVerify } from 'jose';
import { bytesToBase64Url } from '../../src/lib/base/bytes.ts';
import type { DeviceId } from '../../src/lib/base/ids.ts';
import { err, ok, type Result } from '../../src/lib/base/result.ts';
import { limits } from '../../src/lib/protocol/limits.ts';
import {
	isOpenInvite,
	type Roster,
	type RosterDevice,
	type RosterInvite,
	type RosterKit
} from '../../src/lib/protocol/roster/roster.ts';
import { tokenClaims } from '../../src/lib/protocol/token.ts';

export type Bearer =
	| { readonly kind: 'device'; readonly device: RosterDevice }
	| { readonly kind: 'invite'; readonly invite: RosterInvite }
	| { readonly kind: 'kit'; readonly kit: RosterKit };

export type TokenFault =
	'malformed' | 'unknown-subject' | 'invite-closed' | 'bad-proof' | 'too-long-lived' | 'elsewhere';

export interface TokenExpectation {
	readonly roster: Roster;
	/** The host under which the relay was dialled. */
	readonly host: string;
	readonly nowMs: number;
}

const SKEW_S = 60;
const MAX_TOKEN_CHARS = 2048;

function readClaims(token: string) {
	if (token.length > MAX_TOKEN_CHARS) return null;
	try {
		const [, body = ''] = token.split('.');
		const parsed = tokenClaims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

function bearerOf(
	subject: string,
	{ roster, nowMs }: TokenExpectation
): Result<Bearer, TokenFault> {
	const [kind, name = ''] = subject.split(':');
	if (kind === 'device') {
		const device = roster.devices.get(name as DeviceId);
		return device ? ok({ kind, device }) : err('unknown-subject');
	}
	if (kind === 'kit') {
		const kit = [...roster.kits.values()].find(({ signKey }) => signKey === name);
		return kit ? ok({ kind, kit }) : err('unknown-subject');
	}
	const invite = roster.invites.get(name);
	if (!invite) return err('unknown-subject');
	return isOpenInvite(invite, nowMs) ? ok({ kind: 'invite', invite }) : err('invite-closed');
}

function publicKeyOf(bearer: Bearer): string {
	if (bearer.kind === 'device') return bytesToBase64Url(bearer.device.signKey);
	return bearer.kind === 'kit' ? bearer.kit.signKey : bearer.invite.key;
}

async function isSigned(token: string, publicKey: string, { host, nowMs }: TokenExpectation) {
	try {
		const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey }, 'EdDSA');
		await jwtVerify(token, key, {
			algorithms: ['EdDSA'],
			audience: host,
			currentDate: new Date(nowMs),
			clockTolerance: SKEW_S,
			maxTokenAge: limits.maxTokenAgeMs / 1000
		});
		return true;
	} catch (error) {
		// A key that is not a point of the curve throws a DOMException.
		if (error instanceof errors.JOSEError || error instanceof DOMException) return false;
		throw error;
	}
}

export async function checkToken(
	token: string,
	expected: TokenExpectation
): Promise<Result<Bearer, TokenFault>> {
	const claims = readClaims(token);
	if (!claims) return err('malformed');
	if (claims.workspace !== expected.roster.workspace) return err('elsewhere');
	if ((claims.exp - claims.iat) * 1000 > limits.maxTokenAgeMs) return err('too-long-lived');
	const bearer = bearerOf(claims.sub, expected);
	if (!bearer.ok) return bearer;
	return (await isSigned(token, publicKeyOf(bearer.value), expected)) ? bearer : err('bad-proof');
}
