import { connect, type Socket } from 'node:net';

/** What came back. */
export type Reply = { readonly status: number; readonly headers: string; readonly bytes: number; readonly firstByteMs: number };

/**
 * One keep-alive connection that does as little as possible: on two cores whatever the client burns, the server lacks.
 * One request at a time; bodies are counted, not kept.
 */
export class Connection {
  readonly #socket: Socket;
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void; sentAt: number } | null = null;
  #head = '';
  #state: 'head' | 'length' | 'chunks' = 'head';
  #left = 0;
  #bytes = 0;
  #status = 0;
  #headers = '';
  #firstByte = 0;
  #tail = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (piece: Buffer) => this.#take(piece));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  /** Sends a whole request and waits for its answer. `isHead`: an answer without a body whatever it announces. */
  send(request: Buffer | string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, sentAt: performance.now() };
      this.#socket.write(request);
    });
  }

  /** Sends a head and then so many bytes from one buffer, as fast as they are taken. */
  async sendLarge(head: string, piece: Buffer, pieces: number): Promise<Reply> {
    const reply = this.send(head);
    reply.catch(() => {});
    for (let count = 0; count < pieces; count += 1) {
      if (!this.#socket.write(piece)) await new Promise((resolve) => this.#socket.once('drain', resolve));
    }
    return reply;
  }

  #take(piece: Buffer): void {
    if (this.#state === 'head') this.#takeHead(piece);
    else if (this.#state === 'length') this.#takeBody(piece.length);
    else this.#takeChunks(piece);
  }

  #takeHead(piece: Buffer): void {
    if (this.#head === '') this.#firstByte = performance.now();
    this.#head += piece.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return;
    this.#headers = this.#head.slice(0, end);
    this.#status = Number(this.#headers.slice(9, 12));
    const body = this.#head.length - end - 4;
    this.#head = '';
    this.#bytes = 0;
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(this.#headers) ?? [];
    if (/\r\ntransfer-encoding: *chunked/i.test(this.#headers)) {
      this.#state = 'chunks';
      this.#tail = '';
      this.#takeChunks(piece.subarray(piece.length - body));
    } else {
      this.#left = this.#status === 204 || this.#status === 304 ? 0 : Number(length ?? 0);
      this.#state = 'length';
      this.#takeBody(body);
    }
  }

  #takeBody(length: number): void {
    this.#bytes += length;
    this.#left -= length;
    if (this.#left <= 0) this.#finish();
  }

  /** The end of a chunked body is recognised by its last five bytes; a file could contain them only at a packet's end by chance. */
  #takeChunks(piece: Buffer): void {
    this.#bytes += piece.length;
    this.#tail = (this.#tail + piece.toString('latin1', Math.max(0, piece.length - 5))).slice(-5);
    if (this.#tail === '0\r\n\r\n') this.#finish();
  }

  #finish(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#state = 'head';
    const firstByteMs = waiting ? this.#firstByte - waiting.sentAt : 0;
    waiting?.resolve({ status: this.#status, headers: this.#headers, bytes: this.#bytes, firstByteMs });
  }

  close(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }
}
