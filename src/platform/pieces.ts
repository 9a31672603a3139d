/** A stream cut into streams of at most so many bytes. When it breaks, what came until then is still given. */
export class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array | null = null;
  #isEnded = false;
  /** Why the stream broke, if it did. */
  failure: unknown = null;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  get isDone(): boolean {
    return this.#isEnded && this.#rest === null;
  }

  async *take(most: number): AsyncGenerator<Uint8Array> {
    for (let left = most; left > 0; ) {
      const piece = await this.#next();
      if (!piece) return;
      const given = piece.subarray(0, left);
      if (given.length < piece.length) this.#rest = piece.subarray(given.length);
      left -= given.length;
      yield given;
    }
  }

  async #next(): Promise<Uint8Array | null> {
    const rest = this.#rest;
    this.#rest = null;
    if (rest || this.#isEnded) return rest;
    try {
      const { value, done } = await this.#source.next();
      if (!done) return value;
    } catch (error) {
      this.failure = error;
    }
    this.#isEnded = true;
    return null;
  }
}
