/** Headers of every answer. What the page may load stands in its own CSP meta element. */
import type { ServerResponse } from 'node:http';

const HEADERS = {
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	// A meta element cannot forbid framing.
	'Content-Security-Policy': "frame-ancestors 'none'",
	'Permissions-Policy': 'geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'
} as const;

export function setSecurityHeaders(response: ServerResponse): void {
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}
