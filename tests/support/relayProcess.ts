/** The real relay as a child process on a free port, to be stopped, killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RelayProcess {
	/** As in the `Host` header; the same after a restart. */
	readonly host: string;
	readonly dataDir: string;
	/** What the child wrote to stderr so far. */
	log(): string;
	/** SIGTERM; resolves with the exit code. */
	stop(): Promise<number | null>;
	/** SIGKILL: nothing gets a chance to be written. */
	kill9(): Promise<void>;
	restart(): Promise<void>;
	/** Stops the child and removes its folder. */
	dispose(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const READY = /ready at http:\/\/(\S+:(\d+))/;

interface Started {
	readonly child: ChildProcess;
	readonly host: string;
	readonly port: string;
}

function launch(
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	onLog: (text: string) => void
): Promise<Started> {
	const child = spawn(process.execPath, [MAIN, ...args], {
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
		onLog(text);
	});
	return new Promise((resolve, reject) => {
		child.once('close', (code) => reject(new Error(`the relay ended with ${code}: ${said}`)));
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			const [, host, port] = READY.exec(text) ?? [];
			if (host && port) resolve({ child, host, port });
		});
	});
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
	return new Promise((resolve) => {
		child.once('exit', (code) => resolve(code));
		child.kill(signal);
	});
}

export async function startRelayProcess(
	args: readonly string[] = [],
	host = '127.0.0.1'
): Promise<RelayProcess> {
	const folder = mkdtempSync(join(tmpdir(), 'relay-process-'));
	const dataDir = join(folder, 'data');
	let text = '';
	const start = (port: string) =>
		launch(args, { PORT: port, HOST: host, DATA_DIR: dataDir }, (more) => (text += more));
	let running = await start('0').catch((error: unknown) => {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	});
	return {
		host: running.host,
		dataDir,
		log: () => text,
		stop: () => end(running.child, 'SIGTERM'),
		async kill9() {
			await end(running.child, 'SIGKILL');
		},
		async restart() {
			await end(running.child, 'SIGKILL');
			running = await start(running.port);
		},
		async dispose() {
			await end(running.child, 'SIGTERM');
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
