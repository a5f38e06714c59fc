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
	/** The last of them, which only secretaries' acts may fill. */
	reservedRosterRecords: 1_000,
	/** What a member who is no secretary may write into the chain in all his time. */
	maxOwnRosterRecords: 200,
	/** Of one member, in at the same time. */
	maxDevicesOfMember: 16,
	/** Links for further devices of one member that are open at the same time, and for how long. */
	maxDeviceInvites: 5,
	maxDeviceInviteMs: 60 * 60_000,
	/** One post of roster records; a longer chain comes in parts. */
	maxRosterBodyBytes: 4 * 1024 * 1024,
	/** Sustained frames a second from one socket, with a burst of ten times as many. */
	framesPerSecond: 200,
	maxTokenAgeMs: 5 * 60_000,
	/** One attachment as it is sealed. */
	maxBlobBytes: 25 * 1024 * 1024,
	/** What one request may add to an attachment. */
	maxBlobChunkBytes: 1024 * 1024,
	/** All attachments of a workspace on the relay, those under way included. */
	maxWorkspaceBlobBytes: 2 * 1024 * 1024 * 1024,
	maxWorkspaceBlobs: 50_000
} as const;
