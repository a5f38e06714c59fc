/** What one peer may ask another to hold. The relay enforces them; the device stays below them. */
export const limits = {
	/** A wiped relay is refilled room by room: a frame must carry the largest room at once. */
	maxFrameBytes: 36 * 1024 * 1024,
	/** A room's stored bytes on the relay after compaction. */
	maxRoomBytes: 32 * 1024 * 1024,
	maxWorkspaceBytes: 2 * 1024 * 1024 * 1024,
	maxChannelsPerSocket: 256,
	maxSocketsPerDevice: 16,
	maxSocketsPerWorkspace: 256,
	/** Unsent bytes the relay keeps for one slow reader before it lets go. */
	maxUnsentBytes: 64 * 1024 * 1024,
	maxPresenceBytes: 4 * 1024,
	/** A rotation is wrapped to every device, kit and invitation: about 130 characters each. */
	maxRosterBlobChars: 16 * 1024,
	maxRosterRecordBytes: 32 * 1024,
	maxRosterRecords: 10_000,
	/** Sustained frames a second from one socket, with a burst of ten times as many. */
	framesPerSecond: 200,
	maxTokenAgeMs: 5 * 60_000
} as const;
