import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const parse = (args: string[], env: Record<string, string> = {}) => parseConfig(args, env, '/app');

describe('the configuration', () => {
	it('has defaults for everything', () => {
		expect(parse([])).toEqual({
			ok: true,
			value: {
				kind: 'run',
				config: {
					...{ port: 5180, host: '127.0.0.1', dataDir: 'data', buildDir: '/app/build' },
					...{ auth: true, trustProxy: false }
				}
			}
		});
	});

	it('takes port, host and data folder from the environment', () => {
		const env = { PORT: '0', HOST: '0.0.0.0', DATA_DIR: '/data', TRUST_PROXY: '1' };
		expect(parse([], env)).toMatchObject({
			value: { config: { port: 0, host: '0.0.0.0', dataDir: '/data', trustProxy: true } }
		});
	});

	it('H6 refuses --no-auth on anything but loopback', () => {
		for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'relay.example'])
			expect(parse(['--no-auth'], { HOST }).ok).toBe(false);
		for (const HOST of ['127.0.0.1', '::1', 'localhost'])
			expect(parse(['--no-auth'], { HOST })).toMatchObject({ value: { config: { auth: false } } });
	});

	it('says what is wrong with a port or an argument', () => {
		for (const PORT of ['x', '-1', '65536', '1.5']) expect(parse([], { PORT }).ok).toBe(false);
		const parsed = parse(['--noauth']);
		expect(parsed.ok ? '' : parsed.error).toContain('--noauth');
	});

	it('answers --help before anything else', () => {
		expect(parse(['--help'], { PORT: 'x' })).toEqual({ ok: true, value: { kind: 'help' } });
	});
});
