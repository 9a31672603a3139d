import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * A server that has seen it all before: first it passes everything on to a real one and remembers the answers, then it gives them
 * again without thinking. What a client needs against it, it needs for itself: no server makes it faster.
 */
export type Echo = {
  readonly port: number;
  /** From now on everything is answered from memory, from the beginning. */
  repeat(): void;
  close(): Promise<void>;
};

type Answer = { readonly status: number; readonly headers: Record<string, string | string[]>; readonly body: Buffer };

/** Answers to equal requests, in the order in which they were given. */
type Memory = Map<string, Answer[]>;

const keyOf = ({ method, url, headers }: IncomingMessage) => `${method} ${url} ${headers.depth ?? ''}`;

const ofConnection = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

async function passOn(asked: IncomingMessage, port: number): Promise<Answer> {
  const { method, url: path, headers } = asked;
  // Not packed: what follows an interim answer must not be (src/modules/dav/early.ts).
  const plain = { ...headers, connection: 'close', 'accept-encoding': 'identity' };
  const passed = request({ host: '127.0.0.1', port, method, path, headers: plain });
  asked.pipe(passed);
  const [answer] = (await once(passed, 'response')) as [IncomingMessage];
  const kept = Object.entries(answer.headers).filter(([name, value]) => value !== undefined && !ofConnection.includes(name));
  return { status: answer.statusCode ?? 500, headers: Object.fromEntries(kept) as Answer['headers'], body: await buffer(answer) };
}

/** As our own server does (src/modules/dav/early.ts): the client would wait 40 ms otherwise. */
async function readBody(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
  if (!asked.complete && asked.readableLength === 0) reply.writeContinue();
  for await (const _ of asked);
}

/** Opens an echo of the server at a port. */
export async function openEcho(port: number): Promise<Echo> {
  const memory: Memory = new Map();
  const places = new Map<string, number>();
  let repeats = false;
  const remembered = (key: string): Answer => {
    const answers = memory.get(key) ?? [];
    const place = places.get(key) ?? 0;
    places.set(key, place + 1);
    const answer = answers[Math.min(place, answers.length - 1)];
    if (!answer) throw new Error(`nobody asked before: ${key}`);
    return answer;
  };
  const answerTo = async (asked: IncomingMessage, reply: ServerResponse): Promise<Answer> => {
    const key = keyOf(asked);
    if (repeats) {
      await readBody(asked, reply);
      return remembered(key);
    }
    const answer = await passOn(asked, port);
    memory.set(key, [...(memory.get(key) ?? []), answer]);
    return answer;
  };
  const server = createServer((asked, reply) => {
    const send = ({ status, headers, body }: Answer) => {
      reply.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': body.length }) });
      reply.end(asked.method === 'HEAD' ? undefined : body);
    };
    answerTo(asked, reply).then(send, (error: Error) => reply.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    repeat: () => {
      repeats = true;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
