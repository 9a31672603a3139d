import { parentPort } from 'node:worker_threads';
import type { DrawingAnswer, DrawingRequest } from './drawing.ts';
import { drawDocument, TooLong } from './layout.ts';

/** The thread of `drawing.ts`: lays out what it is sent, and knows nothing else. */

async function answer(id: number, request: DrawingRequest): Promise<DrawingAnswer> {
  try {
    return { id, drawn: await drawDocument(request) };
  } catch (error) {
    if (error instanceof TooLong) return { id, refused: 'tooLong', reason: 'pages' };
    return { id, refused: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', async ({ id, ...request }: DrawingRequest & { readonly id: number }) => {
  parentPort?.postMessage(await answer(id, request));
});
