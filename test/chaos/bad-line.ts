import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Random } from './random.ts';

/**
 * A bad line between clients and server: connections that break in the middle of a request or of its answer, and slow ones.
 * A request that broke is never whole at the server, and an answer that broke was under way: so what a client finds
 * afterwards is what it will stay.
 */
export type BadLine = { readonly port: number; readonly cuts: () => number; close(): Promise<void> };

/** What becomes of one connection. */
type Fate = { readonly requestBytes: number; readonly answerBytes: number; readonly pieceBytes: number };

function fateOf(random: Random): Fate {
  const never = Number.POSITIVE_INFINITY;
  return {
    requestBytes: random.below(3) === 0 ? 1 + random.below(300_000) : never,
    answerBytes: random.below(3) === 0 ? 1 + random.below(60_000) : never,
    pieceBytes: random.below(8) === 0 ? 1_000 : never,
  };
}

type Way = { readonly from: Socket; readonly to: Socket; readonly most: number; readonly pieceBytes: number; cut(): void };

/** Hands on until so many bytes have passed, then cuts; slowly when it is cut into pieces. */
async function handOn({ from, to, most, pieceBytes, cut }: Way): Promise<void> {
  let left = most;
  for await (const chunk of from as AsyncIterable<Buffer>) {
    for (let start = 0; start < chunk.length; ) {
      const piece = chunk.subarray(start, start + Math.min(chunk.length - start, pieceBytes, left));
      if (piece.length > 0 && !to.write(piece)) await once(to, 'drain');
      start += piece.length;
      left -= piece.length;
      if (left <= 0 && start < chunk.length) return cut();
      if (Number.isFinite(pieceBytes)) await new Promise(setImmediate);
    }
  }
  to.end();
}

/** Opens a bad line to a port of this machine. */
export async function openBadLine(port: number, random: Random): Promise<BadLine> {
  let count = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    const fate = fateOf(random);
    const end = () => {
      for (const socket of [client, upstream]) socket.destroy();
    };
    const cut = () => {
      count += 1;
      end();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end).on('close', () => open.delete(socket));
    }
    const { pieceBytes } = fate;
    handOn({ from: client, to: upstream, most: fate.requestBytes, pieceBytes, cut }).catch(end);
    handOn({ from: upstream, to: client, most: fate.answerBytes, pieceBytes, cut }).catch(end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => count,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
