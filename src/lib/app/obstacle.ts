/** Places in which the app must not, or cannot, make keys. */

/**
 * `wechat`: its browser throws storage away and cannot install. `insecure`: without https there is
 * no WebCrypto, and the network could change the app itself.
 */
export type Obstacle = 'wechat' | 'insecure' | 'no-storage';

export function findObstacle(
	userAgent: string,
	secure: boolean,
	hasIndexedDb: boolean
): Obstacle | null {
	if (/MicroMessenger/i.test(userAgent)) return 'wechat';
	if (!secure) return 'insecure';
	return hasIndexedDb ? null : 'no-storage';
}

export const obstacleHere = (): Obstacle | null =>
	findObstacle(navigator.userAgent, globalThis.isSecureContext, 'indexedDB' in globalThis);
