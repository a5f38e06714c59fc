/** What 诊断 says of the browser itself: what it keeps, whether it promised to, how it serves the app. */

export interface DiagnosedBrowser {
	readonly label: string;
	readonly userAgent: string;
	readonly language: string;
	/** Milliseconds since 1970 at which this version was built. */
	readonly appBuiltAtMs: number;
	readonly isInstalled: boolean;
	readonly isOnline: boolean;
	/** Null where the browser does not tell. */
	readonly storage: {
		readonly usedBytes: number;
		readonly quotaBytes: number;
		/** It promised not to clear it by itself. */
		readonly isKept: boolean;
	} | null;
	/** `waiting`: a new version stands ready. `none`: the app does not open without a network. */
	readonly serviceWorker: 'active' | 'waiting' | 'installing' | 'none' | 'unsupported';
}

async function readStorage(): Promise<DiagnosedBrowser['storage']> {
	try {
		const { usage, quota } = await navigator.storage.estimate();
		const isKept = await navigator.storage.persisted();
		return { usedBytes: usage ?? 0, quotaBytes: quota ?? 0, isKept };
	} catch {
		return null;
	}
}

async function readServiceWorker(): Promise<DiagnosedBrowser['serviceWorker']> {
	if (!('serviceWorker' in navigator)) return 'unsupported';
	const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
	if (registration?.waiting) return 'waiting';
	if (registration?.active) return 'active';
	return registration?.installing ? 'installing' : 'none';
}

/** `label`: of deviceLabel.ts. `appVersion`: of `$app/environment`. */
export async function diagnoseBrowser(
	label: string,
	appVersion: string
): Promise<DiagnosedBrowser> {
	return {
		label,
		userAgent: navigator.userAgent,
		language: navigator.language,
		appBuiltAtMs: Number(appVersion),
		isInstalled: matchMedia('(display-mode: standalone)').matches,
		isOnline: navigator.onLine,
		storage: await readStorage(),
		serviceWorker: await readServiceWorker()
	};
}
