/** One line of JSON an event. Callers pass counts, codes and names of ours: never what a peer sent. */
import type { Clock } from '../src/lib/base/clock.ts';

export type LogLevel = 'info' | 'warn' | 'error';
type Field = string | number | boolean;

export type Log = (
	level: LogLevel,
	event: string,
	fields?: Readonly<Record<string, Field>>
) => void;

export function createLog(clock: Clock, write: (line: string) => void): Log {
	return (level, event, fields = {}) => {
		const time = new Date(clock.now()).toISOString();
		write(`${JSON.stringify({ time, level, event, ...fields })}\n`);
	};
}

/** An error's class and code, never its message: a driver may quote data in it. */
export function errorName(error: unknown): string {
	if (!(error instanceof Error)) return typeof error;
	const code = 'code' in error ? String(error.code) : '';
	return code === '' ? error.name : `${error.name}:${code}`;
}
