import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesToBase64Url, utf8ToBytes } from '../../src/lib/base/bytes.ts';
import { applyRecords } from '../../src/lib/protocol/roster/foldRoster.ts';
import type { Roster } from '../../src/lib/protocol/roster/roster.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';
import {
	createTestBranch,
	createTestDevice,
	deviceToken,
	inviteToken,
	offers,
	type TestBranch,
	type TestDevice,
	type TestKey
} from '../../tests/support/relayBranch.ts';
import { authorise, type DoorPolicy } from './door.ts';

const NOW = 1_700_000_000_000;
const HOST = 'relay.example:8443';
const MINUTE_MS = 60_000;
const withAuth: DoorPolicy = { auth: true, trustProxy: false };
const noAuth: DoorPolicy = { auth: false, trustProxy: false };

let branch: TestBranch;
let roster: Roster;
let observer: TestDevice;
let invite: TestKey;
beforeAll(async () => {
	branch = await createTestBranch(NOW);
	observer = await branch.admit('observer');
	invite = await branch.invite(branch.founder);
	const folded = await applyRecords(null, branch.records, webRosterCrypto);
	if (!folded.ok) throw new Error(folded.error);
	roster = folded.value;
});

interface Attempt {
	path?: string;
	token?: string | null;
	headers?: Record<string, string>;
	policy?: DoorPolicy;
	nowMs?: number;
}

const goodToken = () => deviceToken(branch.founder, HOST, branch.workspace, NOW);

async function knock({ path, token, headers, policy = withAuth, nowMs = NOW }: Attempt = {}) {
	const shown = token === undefined ? await goodToken() : token;
	const offered = shown === null ? {} : { 'sec-websocket-protocol': offers(shown).join(', ') };
	const request = {
		url: path ?? `/sync/${branch.workspace}`,
		headers: { host: HOST, ...offered, ...headers }
	};
	const rosterOf = async (name: string) => (name === branch.workspace ? roster : null);
	return authorise(request, policy, rosterOf, nowMs);
}

const refusal = async (attempt: Attempt) => {
	const result = await knock(attempt);
	return result.ok ? null : `${result.error.status} ${result.error.reason}`;
};

/** A token with any claims, signed by any key. */
async function forge(key: TestKey, claims: object, header: object = { alg: 'EdDSA', typ: 'JWT' }) {
	const iat = NOW / 1000;
	const base = { sub: `device:${branch.founder.id}`, aud: HOST, workspace: branch.workspace };
	const part = (value: object) => bytesToBase64Url(utf8ToBytes(JSON.stringify(value)));
	const signed = `${part(header)}.${part({ ...base, iat, exp: iat + 300, ...claims })}`;
	return `${signed}.${bytesToBase64Url(await key.sign(utf8ToBytes(signed)))}`;
}

describe('the door', () => {
	it('H2 H3 lets a device of the roster in to the multiplexed socket', async () => {
		expect(await knock()).toEqual({
			ok: true,
			value: {
				...{ workspace: branch.workspace, room: null, wantsStored: true },
				...{ device: branch.founder.id, mayWrite: true }
			}
		});
	});

	it('H5 lets it in to one room, under the same token', async () => {
		const path = `/sync/${branch.workspace}/some-room?stored=no`;
		expect(await knock({ path })).toMatchObject({
			value: { room: 'some-room', wantsStored: false }
		});
		expect(await refusal({ path, token: null })).toBe('401 no-token');
	});

	it('H3 S8 knows that an observer only reads', async () => {
		const token = await deviceToken(observer, HOST, branch.workspace, NOW);
		expect(await knock({ token })).toMatchObject({ value: { mayWrite: false } });
	});

	it('H2 H4 refuses a token without the protocol it comes with', async () => {
		const headers = { 'sec-websocket-protocol': `tongxin.token.${await goodToken()}` };
		expect(await refusal({ token: null, headers })).toBe('401 no-token');
	});

	it('H3 allows a minute of skew, and no more, on either side', async () => {
		expect(await refusal({ nowMs: NOW - MINUTE_MS + 1000 })).toBeNull();
		expect(await refusal({ nowMs: NOW - MINUTE_MS - 2000 })).toBe('401 bad-proof');
		expect(await refusal({ nowMs: NOW + 6 * MINUTE_MS - 1000 })).toBeNull();
		expect(await refusal({ nowMs: NOW + 6 * MINUTE_MS + 2000 })).toBe('401 bad-proof');
	});

	it('H3 refuses a token that lives longer than five minutes', async () => {
		const token = await forge(branch.founder, { exp: NOW / 1000 + 301 });
		expect(await refusal({ token })).toBe('401 too-long-lived');
	});

	it('H4 refuses a token made for another relay', async () => {
		const token = await deviceToken(branch.founder, 'other.example', branch.workspace, NOW);
		expect(await refusal({ token })).toBe('401 bad-proof');
	});

	it('H4 refuses a token made for another workspace', async () => {
		const other = await createTestBranch(NOW);
		const token = await deviceToken(branch.founder, HOST, other.workspace, NOW);
		expect(await refusal({ token })).toBe('401 elsewhere');
		const path = `/sync/${other.workspace}`;
		expect(await refusal({ path, token })).toBe('401 unknown-workspace');
	});

	it('H4 refuses a device that the roster does not know', async () => {
		const stranger = await createTestDevice();
		const token = await deviceToken(stranger, HOST, branch.workspace, NOW);
		expect(await refusal({ token })).toBe('401 unknown-subject');
	});

	it('H4 refuses a stranger who signs in the name of a device', async () => {
		const stranger = await createTestDevice();
		expect(await refusal({ token: await forge(stranger, {}) })).toBe('401 bad-proof');
	});

	it('H3 H4 refuses unsigned tokens and other algorithms', async () => {
		for (const alg of ['none', 'HS256', 'RS256', 'ES256']) {
			const token = await forge(branch.founder, {}, { alg, typ: 'JWT' });
			expect(await refusal({ token })).toBe('401 bad-proof');
		}
		const unsigned = (await goodToken()).replace(/\.[^.]*$/, '.');
		expect(await refusal({ token: unsigned })).toBe('401 bad-proof');
	});

	it('H4 R11 opens no room to an invitation', async () => {
		const token = await inviteToken(invite, HOST, branch.workspace, NOW);
		expect(await refusal({ token })).toBe('401 not-a-device');
	});

	it('H4 refuses a token with any character changed', async () => {
		const token = await goodToken();
		// The very last character holds bits beyond the signature, which decoders may pass over.
		const place = fc.record({ at: fc.nat({ max: token.length - 2 }), char: fc.base64String() });
		await fc.assert(
			fc.asyncProperty(place, async ({ at, char }) => {
				const to = char[0] ?? 'A';
				fc.pre(to !== token[at]);
				const changed = token.slice(0, at) + to + token.slice(at + 1);
				expect(await refusal({ token: changed })).toMatch(/^401 /);
			}),
			{ numRuns: 200 }
		);
	});

	it('H8 refuses a page of another origin, and one without an origin of its own', async () => {
		const from = (origin: string) => refusal({ headers: { origin } });
		expect(await from(`https://${HOST}`)).toBeNull();
		expect(await from('https://evil.example')).toBe('403 origin');
		expect(await from('https://relay.example')).toBe('403 origin');
		expect(await from('null')).toBe('403 origin');
	});

	it('H3 takes the host from a proxy only where one is trusted', async () => {
		const headers = { host: 'inside:5180', 'x-forwarded-host': HOST };
		expect(await refusal({ headers })).toBe('401 bad-proof');
		expect(await refusal({ headers, policy: { ...withAuth, trustProxy: true } })).toBeNull();
	});

	it('H4 refuses paths that are no workspace or go on too long', async () => {
		for (const path of ['/sync/', '/sync/short', `/sync/${branch.workspace}/a/b`, '/sync/%2e'])
			expect(await refusal({ path })).toBe('401 name');
	});
});

describe('the door without authorisation', () => {
	const open = { policy: noAuth, token: null, headers: { host: '127.0.0.1:5180' } };

	it('H6 lets everybody in to every name of its alphabet', async () => {
		const name = fc.stringMatching(/^[A-Za-z0-9._~-]{1,128}$/);
		await fc.assert(
			fc.asyncProperty(name, name, async (workspace, room) => {
				expect(await knock({ ...open, path: `/sync/${workspace}/${room}` })).toMatchObject({
					value: { workspace, room, device: null, mayWrite: true }
				});
			})
		);
	});

	it('H6 refuses other names', async () => {
		for (const name of ['', 'a b', 'a%20b', '分支', 'x'.repeat(129)])
			expect(await refusal({ ...open, path: `/sync/${name}` })).toBe('400 name');
	});

	it('H6 H8 refuses a page whose own name was pointed at loopback', async () => {
		const headers = { host: 'evil.example:5180', origin: 'http://evil.example:5180' };
		expect(await refusal({ ...open, headers })).toBe('403 host');
	});
});
