/** What the relay is started with: three variables of the environment and one switch. */
import { join } from 'node:path';
import { err, ok, type Result } from '../src/lib/base/result.ts';

export interface RelayConfig {
	readonly port: number;
	readonly host: string;
	readonly dataDir: string;
	readonly buildDir: string;
	readonly auth: boolean;
	readonly trustProxy: boolean;
}

export const usage = `Tongxin's relay: serves the built app and forwards sealed rooms.

  node server/main.ts [--no-auth]

  PORT         port to listen on (default 5180; 0 takes a free one)
  HOST         address to listen on (default 127.0.0.1)
  DATA_DIR     folder of the store, made when missing (default ./data)
  TRUST_PROXY  1 when a proxy in front sets X-Forwarded-Host and X-Forwarded-For

  --no-auth    serve every room to every client, on loopback only: for trials and measurements
  --help       this text
`;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export type ConfigRequest =
	{ readonly kind: 'help' } | { readonly kind: 'run'; readonly config: RelayConfig };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The error is a sentence for the person who started it. */
export function parseConfig(
	args: readonly string[],
	env: Environment,
	root: string
): Result<ConfigRequest, string> {
	if (args.includes('--help')) return ok({ kind: 'help' });
	const unknown = args.find((arg) => arg !== '--no-auth');
	if (unknown !== undefined) return err(`unknown argument ${unknown}; try --help`);
	const port = Number(env['PORT'] || 5180);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		return err('PORT is not a number from 0 to 65535');
	const host = env['HOST'] || '127.0.0.1';
	const auth = !args.includes('--no-auth');
	if (!auth && !LOOPBACK.has(host))
		return err(`--no-auth lets everybody in, so it listens on loopback only, not on ${host}`);
	const dataDir = env['DATA_DIR'] || 'data';
	const trustProxy = env['TRUST_PROXY'] === '1';
	const buildDir = join(root, 'build');
	return ok({ kind: 'run', config: { port, host, dataDir, buildDir, auth, trustProxy } });
}
