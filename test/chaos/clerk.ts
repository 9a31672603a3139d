import { createHash } from 'node:crypto';
import type { Random } from './random.ts';

/** What a clerk believes to be true of one address: a content (by its hash), a folder, or nothing. */
type State = string | 'folder' | null;

/** An address as one request may have left it: as it was before, or as it would be after. */
type Doubt = { readonly path: string; readonly states: readonly State[] };

const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** `refused` of those in doubt were answered with 503. */
export type ClerkFacts = { readonly done: number; readonly doubted: number; readonly refused: number };

/**
 * Somebody who works in a folder of their own and remembers every answer. What was acknowledged must be there; what got no
 * answer is there whole or not at all. Anything else ends the test.
 */
export class Clerk {
  readonly #origin: string;
  readonly #authorization: string;
  readonly #random: Random;
  readonly #root: string;
  readonly #known = new Map<string, State>();
  /** What got no answer and had not happened when it was looked up: whoever was asked may still be at it. */
  readonly #open: (readonly Doubt[])[] = [];
  #done = 0;
  #doubted = 0;
  #refused = 0;

  constructor(options: { origin: string; authorization: string; root: string; random: Random }) {
    this.#origin = options.origin;
    this.#authorization = options.authorization;
    this.#root = options.root;
    this.#random = options.random;
  }

  get facts(): ClerkFacts {
    return { done: this.#done, doubted: this.#doubted, refused: this.#refused };
  }

  async #send(
    method: string,
    path: string,
    options: { body?: Buffer; headers?: Record<string, string> } = {},
  ): Promise<Response | null> {
    const answer = await this.#ask(method, path, options);
    if (answer?.status !== 503) return answer;
    // Nothing was done, and the server says so, and when to come again: as if it had not been asked.
    await answer.arrayBuffer().catch(() => {});
    if (!(Number(answer.headers.get('retry-after')) > 0)) throw new Error(`${path}: 503 that does not say when to come again`);
    this.#refused += 1;
    return null;
  }

  async #ask(
    method: string,
    path: string,
    options: { body?: Buffer; headers?: Record<string, string> },
  ): Promise<Response | null> {
    try {
      return await fetch(`${this.#origin}${this.#root}${path}`, {
        method,
        headers: { authorization: this.#authorization, ...options.headers },
        ...(options.body ? { body: new Uint8Array(options.body) } : {}),
        signal: AbortSignal.timeout(20_000),
      });
    } catch {
      return null;
    }
  }

  /** Makes the folder everything happens in. */
  async begin(): Promise<void> {
    for (;;) {
      const answer = await this.#send('MKCOL', '');
      if (answer && [201, 405].includes(answer.status)) return;
      await this.#pause();
    }
  }

  async work(until: () => boolean): Promise<void> {
    while (!until()) await this.#step();
  }

  #files(): string[] {
    return [...this.#known].flatMap(([path, state]) => (state !== null && state !== 'folder' ? [path] : []));
  }

  #folders(): string[] {
    return ['', ...[...this.#known].flatMap(([path, state]) => (state === 'folder' ? [`${path}/`] : []))];
  }

  async #step(): Promise<void> {
    const files = this.#files();
    const choice = this.#random.below(10);
    if (choice < 5 || files.length === 0) await this.#write(`${this.#random.pick(this.#folders())}f${this.#random.below(40)}`);
    else if (choice === 5) await this.#makeFolder(`${this.#random.pick(this.#folders())}d${this.#random.below(5)}`);
    else if (choice === 6) await this.#delete(this.#random.pick(files));
    else if (choice === 7)
      await this.#move(this.#random.pick(files), `${this.#random.pick(this.#folders())}m${this.#random.below(40)}`);
    else await this.#read(this.#random.pick(files));
  }

  /** What is in doubt is left alone until the end: a change that comes late would look like one that was lost. */
  #isOpen(path: string): boolean {
    return this.#open.some((doubts) => doubts.some((doubt) => doubt.path === path));
  }

  async #write(path: string): Promise<void> {
    const before = this.#known.get(path) ?? null;
    if (before === 'folder' || this.#isOpen(path)) return;
    const content = this.#random.bytes(this.#random.below(30_000));
    const answer = await this.#send('PUT', path, { body: content });
    await this.#settle(answer, [201, 204], [{ path, states: [before, hashOf(content)] }]);
  }

  async #makeFolder(path: string): Promise<void> {
    if ((this.#known.get(path) ?? null) !== null || path.split('/').length > 4 || this.#isOpen(path)) return;
    await this.#settle(await this.#send('MKCOL', path), [201], [{ path, states: [null, 'folder'] }]);
  }

  async #delete(path: string): Promise<void> {
    const before = this.#known.get(path) as State;
    await this.#settle(await this.#send('DELETE', path), [204], [{ path, states: [before, null] }]);
  }

  async #move(from: string, to: string): Promise<void> {
    const state = this.#known.get(from) as State;
    const target = this.#known.get(to) ?? null;
    if (from === to || target === 'folder' || this.#isOpen(to)) return;
    const answer = await this.#send('MOVE', from, { headers: { destination: `${this.#root}${to}` } });
    await this.#settle(
      answer,
      [201, 204],
      [
        { path: from, states: [state, null] },
        { path: to, states: [target, state] },
      ],
    );
  }

  async #read(path: string): Promise<void> {
    const found = await this.#look(path);
    if (found !== undefined) this.#compare(path, found, [this.#known.get(path) as State]);
  }

  /**
   * An acknowledged change is believed; one without an answer is looked up, and must be whole: all before, or all after. After is for
   * good; before may still become after.
   */
  async #settle(answer: Response | null, expected: readonly number[], doubts: readonly Doubt[]): Promise<void> {
    await answer?.arrayBuffer().catch(() => null);
    if (answer && !expected.includes(answer.status)) {
      throw new Error(`${doubts.map(({ path }) => path)}: unexpected answer ${answer.status}`);
    }
    if (answer) {
      for (const { path, states } of doubts) this.#known.set(path, states[1] as State);
      this.#done += 1;
      return;
    }
    this.#doubted += 1;
    const isAfter = (await this.#versionOf(doubts)) === 1;
    for (const { path, states } of doubts) {
      if (isAfter) this.#known.set(path, states[1] as State);
      else this.#known.delete(path);
    }
    if (!isAfter) this.#open.push(doubts);
  }

  /** Whether all addresses of a request are as before it (0), or as after it (1). Throws when they are neither. */
  async #versionOf(doubts: readonly Doubt[]): Promise<number> {
    let found: State[] = [];
    // Twice: it may happen between two looks.
    for (let look = 0; look < 2; look += 1) {
      found = [];
      for (const { path } of doubts) found.push(await this.#lookUntilAnswered(path));
      const version = [0, 1].find((number) => doubts.every(({ states }, index) => states[number] === found[index]));
      if (version !== undefined) return version;
    }
    throw new Error(
      `neither before nor after: ${doubts.map(({ path, states }, index) => `${path} was ${states[0]}, should become ${states[1]}, is ${found[index]}`).join('; ')}`,
    );
  }

  async #lookUntilAnswered(path: string): Promise<State> {
    for (;;) {
      const found = await this.#look(path);
      if (found !== undefined) return found;
      await this.#pause();
    }
  }

  /** What is at an address; undefined when nobody answers. */
  async #look(path: string): Promise<State | undefined> {
    const answer = await this.#send('GET', path);
    if (!answer) return undefined;
    const body = await answer.arrayBuffer().catch(() => null);
    if (body === null) return undefined;
    if (answer.status === 404) return null;
    if (answer.status === 405) return 'folder';
    if (answer.status === 200) return hashOf(new Uint8Array(body));
    throw new Error(`${path}: unexpected answer ${answer.status} to GET`);
  }

  #compare(path: string, found: State, allowed: readonly State[]): void {
    if (!allowed.includes(found)) throw new Error(`${path} should be ${allowed.join(' or ')}, is ${found}`);
  }

  /** Between two tries: a server that died tells nobody when it is back. */
  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Looks at everything this clerk ever touched. */
  async checkAll(): Promise<number> {
    for (const [path, state] of this.#known) this.#compare(path, await this.#lookUntilAnswered(path), [state]);
    for (const doubts of this.#open) await this.#versionOf(doubts);
    return this.#known.size + this.#open.length;
  }
}
