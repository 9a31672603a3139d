import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A bad way to an S3 service, one request at a time: it answers that it is busy or broken, hangs up, says nothing, does what it was
 * told and then hangs up, or hangs up in the middle of what it has to say.
 */
export const gatewayFates = ['busy', 'broken', 'cut', 'silent', 'lost', 'half'] as const;

type Fate = (typeof gatewayFates)[number] | 'fine';

export type BadGateway = {
  readonly endpoint: string;
  /** What becomes of the requests from now on; asked for each. */
  decide(fate: () => Fate): void;
  /** Requests that something happened to. */
  hurt(): number;
  close(): Promise<void>;
};

const answer = (response: ServerResponse, status: number, code: string) =>
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);

/** Passes a request on, and its answer back as far as fate allows. */
function pass(upstream: URL, fate: Fate, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const cut = () => incoming.socket.destroy();
  const outgoing = request({ host: upstream.hostname, port: upstream.port, method, path: url, headers }, (found) => {
    if (fate === 'lost') return cut();
    response.writeHead(found.statusCode ?? 502, found.headers);
    if (fate === 'fine') return void found.on('error', cut).pipe(response);
    found.once('data', (piece: Buffer) => response.write(piece.subarray(0, piece.length / 2), cut)).once('end', cut);
  });
  outgoing.on('error', cut);
  incoming.on('error', () => outgoing.destroy()).pipe(outgoing);
}

/** Opens a bad way to a service of this machine; all is fine until {@link BadGateway.decide} says otherwise. */
export async function openBadGateway(endpoint: string): Promise<BadGateway> {
  const upstream = new URL(endpoint);
  let decide = (): Fate => 'fine';
  let hurt = 0;
  const server = createServer((incoming, response) => {
    const fate = decide();
    hurt += Number(fate !== 'fine');
    if (fate === 'cut') return void incoming.socket.destroy();
    if (fate === 'silent') return;
    if (fate === 'busy' || fate === 'broken') {
      incoming.resume();
      incoming.once('end', () => (fate === 'busy' ? answer(response, 503, 'SlowDown') : answer(response, 500, 'InternalError')));
      return;
    }
    pass(upstream, fate, incoming, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: (next) => {
      decide = next;
    },
    hurt: () => hurt,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
