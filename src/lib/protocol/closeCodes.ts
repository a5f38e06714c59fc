/**
 * Why the relay closed a connection or refused a channel. 4400–4499: trying again unchanged is
 * pointless; 4500–4599: try again later (y-websocket's convention).
 */
export const closeCodes = {
	malformedFrame: 4400,
	notAuthorised: 4401,
	readOnly: 4403,
	unknownChannel: 4404,
	unknownControl: 4405,
	malformedUpdate: 4406,
	frameTooLarge: 4413,
	roomTooLarge: 4414,
	workspaceTooLarge: 4415,
	tooManyChannels: 4416,
	staleToken: 4498,
	flood: 4529,
	slowReader: 4530,
	tooManySockets: 4531,
	/** What this device may write is no longer what it was: connect again. */
	rightsChanged: 4532,
	shuttingDown: 4550,
	storageFailed: 4551
} as const;

export type CloseName = keyof typeof closeCodes;
export type CloseCode = (typeof closeCodes)[CloseName];

export const isPermanentClose = (code: number): boolean => code >= 4400 && code < 4500;

export function closeName(code: number): CloseName | null {
	const found = Object.entries(closeCodes).find(([, value]) => value === code);
	return found ? (found[0] as CloseName) : null;
}
