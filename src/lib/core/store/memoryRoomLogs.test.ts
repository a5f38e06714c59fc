import { describe } from 'vitest';
import { createMemoryDisk, createMemoryRoomLogs } from './memoryRoomLogs.ts';
import { roomLogsContract } from './roomLogsContract.ts';

describe('memoryRoomLogs', () => {
	roomLogsContract(async () => {
		const disk = createMemoryDisk();
		return {
			logs: createMemoryRoomLogs(disk),
			restart: async () => createMemoryRoomLogs(disk),
			setFull: (full) => void (disk.full = full)
		};
	});
});
