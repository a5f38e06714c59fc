import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function colour(name: string, theme: 'light' | 'dark'): string {
	const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '';
	const pair = /light-dark\((#\w+), (#\w+)\)/.exec(value);
	const hex = pair ? pair[theme === 'light' ? 1 : 2] : value;
	if (!hex?.startsWith('#')) throw new Error(`no colour --${name}`);
	return hex;
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
	return (high + 0.05) / (low + 0.05);
}

const surfaces = ['paper', 'sheet', 'raised', 'sunken', 'hover', 'select'];
const inks = ['ink', 'ink-2', 'ink-3', 'accent-ink', 'danger', 'warning', 'ok', 'info'];
const peers = Array.from({ length: 8 }, (_, i) => `peer-${i}`);

const textPairs: [string, string][] = [
	...surfaces.flatMap((surface) => inks.map((ink): [string, string] => [ink, surface])),
	...['accent', 'danger', 'warning', 'ok', 'info'].flatMap((tone): [string, string][] => [
		[tone === 'accent' ? 'accent-ink' : tone, `${tone}-soft`],
		['ink', `${tone}-soft`]
	]),
	['ink', 'pressed'],
	['on-accent', 'accent'],
	['on-accent', 'accent-hover'],
	['on-danger', 'danger-fill'],
	...peers.map((peer): [string, string] => ['on-peer', peer])
];
const shapePairs: [string, string][] = [
	...['paper', 'sheet', 'raised'].flatMap((surface): [string, string][] => [
		['line-control', surface],
		['focus', surface],
		['select-line', surface],
		...peers.map((peer): [string, string] => [peer, surface])
	])
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
	it.each(textPairs)('%s on %s is readable', (ink, surface) => {
		expect(contrast(colour(ink, theme), colour(surface, theme))).toBeGreaterThanOrEqual(4.5);
	});
	it.each(shapePairs)('%s stands out from %s', (line, surface) => {
		expect(contrast(colour(line, theme), colour(surface, theme))).toBeGreaterThanOrEqual(3);
	});
	it('keeps trouble apart from the accent', () => {
		expect(colour('danger', theme)).not.toBe(colour('accent-ink', theme));
	});
});
