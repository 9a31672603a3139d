import type { WebSocket } from 'ws';
import { membersChanged, readMounts, spaceChanged } from '#modules/files';
import { type AccountActor, actorSeconds, type Context, type Platform } from '#platform/context';
import type { Signal } from '#platform/signals';
import { accessChanged, noticed } from './access.ts';

const pushLimits = {
  /** Connections of one process. */
  connections: 20_000,
  /** Connections of one account in one process: a handful of devices and open pages. */
  perAccount: 100,
  pingSeconds: 30,
  /** A client is told at most so often; what happens in between is told together. */
  quietMilliseconds: 400,
  /** Even without news the right to be connected is looked at again. */
  recheckSeconds: 60,
  /** Ids in one message; beyond, the client looks at everything. */
  ids: 1_000,
  /** Looks into the database at once, when many must look anew. */
  looks: 8,
};

/** What has changed for a client since it was told last: nodes by space, or more than can be named. */
type News = Map<number, Set<number>> | 'everything';

/** Somebody who is connected. */
export type Subscriber = {
  readonly socket: WebSocket;
  readonly actor: AccountActor;
  /** Who they are now; null when they may no longer be connected. */
  readonly identify: () => Promise<AccountActor | null>;
  /** Says the news in the client's language. */
  readonly tell: (socket: WebSocket, news: News) => void;
  /** Says that there is a notice more or less. */
  readonly tellNotices?: (socket: WebSocket) => void;
};

type Seat = Subscriber & {
  spaces: ReadonlySet<number>;
  /** Spaces and roles in them, to see whether either has changed. */
  rights: string;
  news: News | null;
  quietUntil: number;
  timer: NodeJS.Timeout | undefined;
  isAlive: boolean;
  checkedAt: number;
};

/** Everybody who is connected to this process, and who has to hear of what. */
export class PushHub {
  readonly #platform: Platform;
  readonly #seats = new Map<WebSocket, Seat>();
  readonly #bySpace = new Map<string, Set<Seat>>();
  readonly #perAccount = new Map<string, number>();
  readonly #stops: (() => void)[];
  #looksRunning = 0;
  readonly #looksWaiting: (() => void)[] = [];

  constructor(platform: Platform) {
    this.#platform = platform;
    const { signals } = platform;
    this.#stops = [
      signals.hear(spaceChanged, (signal) => (signal ? this.#hearChange(signal) : this.#startOver(always, 'missed'))),
      signals.hear(membersChanged, (signal) => signal && this.#startOver((seat) => isOneOf(signal, seat))),
      signals.hear(noticed, (signal) => signal && this.#hearNotices(signal)),
      signals.hear(accessChanged, (signal) => signal && this.#lookOnceForgotten(signal)),
    ];
    const pinging = setInterval(() => this.#ping(), pushLimits.pingSeconds * 1000).unref();
    this.#stops.push(() => clearInterval(pinging));
  }

  get size(): number {
    return this.#seats.size;
  }

  /** Takes somebody in; false when there are too many already. */
  async join(subscriber: Subscriber): Promise<boolean> {
    const key = accountKey(subscriber.actor);
    const count = this.#perAccount.get(key) ?? 0;
    if (this.#seats.size >= pushLimits.connections || count >= pushLimits.perAccount) return false;
    // Whoever left while they were looked up says so no more: their seat would never be free again.
    if (subscriber.socket.readyState !== subscriber.socket.OPEN) return false;
    const seat: Seat = {
      ...subscriber,
      spaces: new Set(),
      rights: '',
      news: null,
      quietUntil: 0,
      timer: undefined,
      isAlive: true,
      checkedAt: Date.now(),
    };
    this.#perAccount.set(key, count + 1);
    this.#seats.set(subscriber.socket, seat);
    subscriber.socket.on('pong', () => {
      seat.isAlive = true;
    });
    subscriber.socket.once('close', () => this.#leave(seat));
    await this.#lookAnew(seat);
    return true;
  }

  #leave(seat: Seat): void {
    clearTimeout(seat.timer);
    this.#seats.delete(seat.socket);
    const key = accountKey(seat.actor);
    const count = (this.#perAccount.get(key) ?? 1) - 1;
    if (count > 0) this.#perAccount.set(key, count);
    else this.#perAccount.delete(key);
    this.#setSpaces(seat, new Set());
  }

  #setSpaces(seat: Seat, spaces: ReadonlySet<number>): void {
    const key = (space: number) => `${seat.actor.tenant} ${space}`;
    for (const space of seat.spaces) {
      const group = this.#bySpace.get(key(space));
      group?.delete(seat);
      if (group?.size === 0) this.#bySpace.delete(key(space));
    }
    seat.spaces = spaces;
    for (const space of spaces) this.#bySpace.set(key(space), (this.#bySpace.get(key(space)) ?? new Set()).add(seat));
  }

  /** Whether the seat may stay, and which spaces it hears of. A database that is away leaves things as they were. */
  async #lookAnew(seat: Seat): Promise<void> {
    if (this.#looksRunning >= pushLimits.looks) await new Promise<void>((go) => this.#looksWaiting.push(go));
    this.#looksRunning += 1;
    try {
      const actor = await seat.identify();
      if (!actor) return seat.socket.close(4001, 'access ended');
      const ctx: Context = { platform: this.#platform, actor, request: 'push', locale: 'de', network: 'local' };
      const mounts = await readMounts(ctx);
      if (this.#seats.has(seat.socket)) this.#setSpaces(seat, new Set(mounts.map(({ space }) => space.id)));
      seat.rights = mounts.map(({ space, name, role }) => `${space.id} ${role} ${name}`).join('\n');
      seat.checkedAt = Date.now();
    } catch (error) {
      this.#platform.log.warn({ part: 'push', reason: String(error) }, 'a connected client could not be looked up');
    } finally {
      this.#looksRunning -= 1;
      this.#looksWaiting.shift()?.();
    }
  }

  #hearChange({ tenant, about, ids }: Signal): void {
    for (const seat of this.#bySpace.get(`${tenant} ${about}`) ?? []) this.#note(seat, about, ids);
  }

  #hearNotices(signal: Signal): void {
    for (const seat of this.#seats.values()) {
      if (isAbout(signal, seat) && seat.socket.readyState === seat.socket.OPEN) seat.tellNotices?.(seat.socket);
    }
  }

  /** Some may see other things than before: if they do, or if something was missed, they are told to look at everything. */
  #startOver(concerns: (seat: Seat) => boolean, missed?: 'missed'): void {
    for (const seat of this.#seats.values()) {
      if (!concerns(seat)) continue;
      const before = seat.rights;
      void this.#lookAnew(seat).then(() => {
        if (seat.rights === before && !missed) return;
        seat.news = 'everything';
        this.#tellSoon(seat);
      });
    }
  }

  /** A process remembers callers for `actorSeconds`: looking earlier could find the access that has just ended. */
  #lookOnceForgotten(signal: Signal): void {
    setTimeout(() => this.#startOver((seat) => isAbout(signal, seat)), actorSeconds * 1000).unref();
  }

  #note(seat: Seat, space: number, ids: readonly number[]): void {
    if (seat.news !== 'everything') {
      const news = seat.news ?? new Map<number, Set<number>>();
      const known = news.get(space) ?? new Set();
      for (const id of ids) known.add(id);
      news.set(space, known);
      seat.news = known.size > pushLimits.ids ? 'everything' : news;
    }
    this.#tellSoon(seat);
  }

  /** The first news goes out at once, the following ones together after a moment of quiet. */
  #tellSoon(seat: Seat): void {
    if (seat.timer) return;
    const wait = seat.quietUntil - Date.now();
    if (wait > 0) seat.timer = setTimeout(() => this.#tell(seat), wait);
    else this.#tell(seat);
  }

  #tell(seat: Seat): void {
    const { news, socket } = seat;
    seat.timer = undefined;
    seat.news = null;
    seat.quietUntil = Date.now() + pushLimits.quietMilliseconds;
    if (news && socket.readyState === socket.OPEN) seat.tell(socket, news);
  }

  /** Cuts off who did not answer the last ping, and looks again at who has been connected for a while. */
  #ping(): void {
    const old = Date.now() - pushLimits.recheckSeconds * 1000;
    for (const seat of this.#seats.values()) {
      if (!seat.isAlive) {
        seat.socket.terminate();
        continue;
      }
      seat.isAlive = false;
      seat.socket.ping();
      if (seat.checkedAt < old) void this.#lookAnew(seat);
    }
  }

  /** Lets everybody go; they connect to another process. */
  close(): void {
    for (const stop of this.#stops) stop();
    for (const { socket } of this.#seats.values()) socket.close(1001, 'going away');
    setTimeout(() => {
      for (const { socket } of this.#seats.values()) socket.terminate();
    }, 500).unref();
  }
}

const always = () => true;

const accountKey = ({ tenant, account }: AccountActor) => `${tenant} ${account}`;

function isAbout({ tenant, about }: Signal, { actor }: Seat): boolean {
  return actor.tenant === tenant && (about === 0 || about === actor.account);
}

function isOneOf({ tenant, ids }: Signal, { actor }: Seat): boolean {
  return actor.tenant === tenant && (ids.length === 0 || ids.includes(actor.account));
}
