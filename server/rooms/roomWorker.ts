/** The worker thread around roomDocs.ts: says which request it is at, and answers in batches. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../src/lib/base/assert.ts';
import { createRoomDocs } from './roomDocs.ts';
import {
	handOver,
	type DocReply,
	type DocRequest,
	type Numbered,
	type RoomWorkerData
} from './workerMessages.ts';

const REPLY_EVERY_MS = 4;

assert(parentPort, 'roomWorker runs in a worker thread');
const port = parentPort;
const { progress, spinOn } = workerData as RoomWorkerData;
const position = new Int32Array(progress);
const docs = createRoomDocs();

function spinIfAsked(request: DocRequest): void {
	if (spinOn === null || request.op !== 'apply') return;
	if (Buffer.from(request.update).includes(spinOn)) for (;;);
}

const bytesIn = ({ body }: Numbered<DocReply>) => (body.result === 'bytes' ? [body.bytes] : []);
const answer = (replies: readonly Numbered<DocReply>[]) =>
	port.postMessage(replies, handOver(replies.flatMap(bytesIn)));

port.on('message', (batch: readonly Numbered<DocRequest>[]) => {
	let replies: Numbered<DocReply>[] = [];
	let lastReply = performance.now();
	for (const { id, body } of batch) {
		Atomics.store(position, 0, id);
		spinIfAsked(body);
		replies.push({ id, body: docs.handle(body) });
		if (performance.now() - lastReply > REPLY_EVERY_MS) {
			answer(replies);
			replies = [];
			lastReply = performance.now();
		}
	}
	Atomics.store(position, 0, 0);
	if (replies.length > 0) answer(replies);
});
