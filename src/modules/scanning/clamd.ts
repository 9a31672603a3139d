import { connect, type Socket } from 'node:net';
import type { Config } from '../../config.ts';
import { scanLimits } from './rules.ts';

/** Where clamd listens. */
export type ScannerAddress = NonNullable<Config['clamd']>;

export type Patience = { readonly connectSeconds: number; readonly quietSeconds: number; readonly wholeSeconds: number };

/** Why there is no answer: nobody is there or it broke off, or it took too long. */
export class ScannerSilent extends Error {
  readonly why: 'unreachable' | 'timeout';

  constructor(why: 'unreachable' | 'timeout', cause?: unknown) {
    super(`clamd: ${why}`, { cause });
    this.why = why;
  }
}

/** The first answer on a line, without its closing NUL. Whoever ends the line before has not answered. */
function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > scanLimits.answerBytes) reject(new ScannerSilent('unreachable', new Error('the answer has no end')));
    });
    socket.on('error', (error) => reject(error instanceof ScannerSilent ? error : new ScannerSilent('unreachable', error)));
    socket.on('close', () => reject(new ScannerSilent('unreachable', new Error('the line was closed'))));
  });
}

/** Opens a line that gives up by itself when nobody answers, when nothing moves, or when it takes too long altogether. */
function openLine(address: ScannerAddress, { connectSeconds, quietSeconds, wholeSeconds }: Patience) {
  const socket = connect(address);
  const giveUp = (why: ScannerSilent['why']) => socket.destroy(new ScannerSilent(why));
  let onQuiet = () => giveUp('unreachable');
  socket.setTimeout(connectSeconds * 1000, () => onQuiet());
  socket.once('connect', () => {
    onQuiet = () => giveUp('timeout');
    socket.setTimeout(quietSeconds * 1000);
  });
  const whole = setTimeout(() => giveUp('timeout'), wholeSeconds * 1000);
  socket.once('close', () => clearTimeout(whole));
  return socket;
}

type Say = (bytes: Uint8Array) => Promise<void>;

/** Says something on a line of its own and hears the answer, which may come before everything was said. */
async function converse(address: ScannerAddress, patience: Patience, speak: (say: Say) => Promise<void>): Promise<string> {
  const socket = openLine(address, patience);
  const answer = answerOn(socket);
  answer.catch(() => {}); // heard below; the line may break while we are still reading our own bytes
  let isOver = false;
  answer.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  const say: Say = async (bytes) => {
    if (isOver || socket.write(bytes)) return;
    const drained = new Promise<void>((resolve) => socket.once('drain', resolve));
    await Promise.race([
      drained,
      answer.then(
        () => {},
        () => {},
      ),
    ]);
  };
  try {
    const spoken = speak(async (bytes) => {
      await say(bytes);
      if (isOver) throw enough;
    });
    await spoken.catch((error: unknown) => {
      if (error !== enough) throw error;
    });
    return await answer;
  } finally {
    socket.destroy();
  }
}

/** Nobody listens any more: the answer is there, or the line is gone. */
const enough = new Error('the answer came early');

const command = (name: string) => Buffer.from(`z${name}\0`, 'latin1');

/** What clamd says to one command without content. Throws {@link ScannerSilent}. */
export function askScanner(address: ScannerAddress, name: 'PING' | 'VERSION', patience: Patience = scanLimits): Promise<string> {
  return converse(address, patience, (say) => say(command(name)));
}

/** Bytes in pieces of at most {@link scanLimits.pieceBytes}, each with its length before it; at the end the length 0 (clamd(8), INSTREAM). */
async function sendStream(say: Say, source: AsyncIterable<Uint8Array>): Promise<void> {
  await say(command('INSTREAM'));
  for await (const bytes of source) {
    for (let start = 0; start < bytes.length; start += scanLimits.pieceBytes) {
      const piece = bytes.subarray(start, start + scanLimits.pieceBytes);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      await say(length);
      await say(piece);
    }
  }
  await say(Buffer.alloc(4));
}

/** What clamd says of a content. Throws {@link ScannerSilent}; what the source throws goes on as it is. */
export function scanStream(
  address: ScannerAddress,
  source: AsyncIterable<Uint8Array>,
  patience: Patience = scanLimits,
): Promise<string> {
  return converse(address, patience, (say) => sendStream(say, source));
}
