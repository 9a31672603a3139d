import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Sync clients that are connected and do nothing: a process of its own, with as little as a connection needs. */
export type PushJob = {
  readonly port: number;
  readonly connections: number;
  readonly accounts: readonly { readonly user: string; readonly password: string }[];
};

/** Connections under way at once. */
const atOnce = 32;

/** A text frame of a client: RFC 6455, 5.2, short and masked, as clients must. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const mask = randomBytes(4);
  const masked = body.map((byte, index) => byte ^ (mask[index % 4] as number));
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length]), mask, masked]);
}

function connectOne(port: number, { user, password }: PushJob['accounts'][number]): Promise<Socket> {
  const key = randomBytes(16).toString('base64');
  const request = `GET /push/ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const listen = (piece: Buffer) => {
      const before = heard;
      heard += piece.toString('latin1');
      if (!before.includes('\r\n\r\n') && heard.includes('\r\n\r\n')) socket.write(Buffer.concat([frame(user), frame(password)]));
      if (!heard.includes('authenticated')) return;
      socket.off('data', listen);
      socket.resume();
      resolve(socket);
    };
    socket.on('data', listen);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`the connection was closed: ${heard}`)));
  });
}

async function run({ port, connections, accounts }: PushJob): Promise<void> {
  const sockets: Socket[] = [];
  let next = 0;
  const worker = async () => {
    while (next < connections) {
      const account = accounts[next++ % accounts.length] as PushJob['accounts'][number];
      sockets.push(await connectOne(port, account));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const changes = new Set<Socket>();
  for (const socket of sockets) socket.on('data', (piece) => piece.includes('notify_file') && changes.add(socket));
  process.on('message', () => process.send?.({ heard: changes.size }));
  process.send?.({ connected: sockets.length });
}

process.once('message', (job: PushJob) => {
  run(job).catch((error: Error) => process.send?.({ error: error.message }));
});
