import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { unwrap, wrapFor } from '../crypto/age.ts';
import { createRosterCrypto } from '../crypto/signer.ts';
import {
	createKit,
	kitFromIdentity,
	kitFromSecret,
	kitLink,
	parseKitLink,
	workspaceCode
} from './kit.ts';

const workspace = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;
const fixed = () => kitFromSecret(new Redacted(Uint8Array.from({ length: 32 }, (_, i) => i)));

describe('a recovery kit', () => {
	it('B1 is the same for the same 32 bytes, for ever', async () => {
		const kit = await fixed();
		expect(kit.identity.reveal()).toBe(
			'AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG'
		);
		expect(kit.recipient).toBe('age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh');
		// From OpenSSL's HKDF and Ed25519 over the same bytes.
		expect(bytesToBase64Url(kit.signer.publicKey)).toBe(
			'0SQLPaEZZtJ_1CWYzz0fjjXj9_IjNmYBerxm3Gx_Kyw'
		);
	});

	it('B1 opens what is wrapped to it, and its signatures hold', async () => {
		const kit = await createKit();
		const plain = utf8ToBytes('密钥');
		expect(await unwrap(kit.identity, await wrapFor([kit.recipient], plain))).toEqual(plain);
		const signature = await kit.signer.sign(plain);
		expect(await createRosterCrypto().verify(kit.signer.publicKey, plain, signature)).toBe(true);
	});

	it('B1 shows no secret when it is printed or put into JSON', async () => {
		const kit = await fixed();
		const shown = JSON.stringify(kit) + String(kit.identity) + String(kit.secret);
		expect(shown).not.toContain('AGE-SECRET-KEY');
		expect(shown).not.toContain(bytesToBase64Url(kit.secret.reveal()));
	});

	it('B2 reads its age line in any case, broken over lines, and notices every wrong letter', async () => {
		const kit = await createKit();
		const line = kit.identity.reveal();
		for (const typed of [
			line,
			line.toLowerCase(),
			` ${line.slice(0, 30)}\r\n  ${line.slice(30)}\n`,
			line.replace('AGE', 'Age'),
			line.replaceAll('-', '－')
		])
			expect((await kitFromIdentity(typed))?.recipient).toBe(kit.recipient);
		for (let i = 0; i < line.length; i++)
			for (const wrong of ['Q', '7'])
				if (line[i] !== wrong)
					expect(await kitFromIdentity(line.slice(0, i) + wrong + line.slice(i + 1))).toBeNull();
		for (const other of ['', 'AGE-SECRET-KEY-1', kit.recipient, line.slice(0, -1), line + 'Q'])
			expect(await kitFromIdentity(other)).toBeNull();
	});

	it('B3 stands in a link that says which workspace it is for', async () => {
		const kit = await createKit();
		const link = kitLink('https://desk.example', workspace, kit);
		for (const text of [link, ` ${link}\n`, link.slice(link.indexOf('#') + 1)]) {
			const parsed = parseKitLink(text);
			expect(parsed?.workspace).toBe(workspace);
			expect(parsed?.secret.reveal()).toEqual(kit.secret.reveal());
		}
		expect(new URL(link).pathname).toBe('/restore');
		expect(workspace.startsWith(workspaceCode(workspace))).toBe(true);
		expect(workspaceCode(workspace)).toHaveLength(8);
	});

	it('B3 takes neither an invitation nor anything else for a kit', async () => {
		const kit = await createKit();
		const link = kitLink('https://desk.example', workspace, kit);
		expect(parseKitLink(link.replace('/restore', '/join'))).toBeNull();
		expect(parseKitLink(`${link}.x`)).toBeNull();
		expect(parseKitLink(link.slice(0, -1))).toBeNull();
		fc.assert(fc.property(fc.string(), (text) => parseKitLink(text) === null));
	});
});
