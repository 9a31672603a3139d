import postgres from 'postgres';
import { eachOnce, isOutdated, onlyOnce } from './db-outdated.ts';
import { asFailure, Failure, isUndone } from './errors.ts';

/**
 * The one database. Every statement runs for one tenant: `app.tenant` is set on the connection (reads) or in the transaction
 * (writes), and row-level security admits only rows of that tenant. The role owns nothing and bypasses nothing.
 * A connection without a tenant raises an error instead of finding nothing: an empty answer would look like deletion to a sync client.
 */

/** A tagged template that runs one whole statement for one tenant. Do not nest fragments in it; compose values, not SQL. */
export type Sql = <Row extends object = Record<string, unknown>>(
  strings: TemplateStringsArray,
  ...values: postgres.ParameterOrFragment<number>[]
) => Promise<postgres.RowList<Row[]>>;

/** A transaction bound to one tenant. Statements sent without awaiting each other travel together (pipelining). */
export type Tx = postgres.TransactionSql<{ bigint: number }>;

/** Where the database is and who we are there. */
export type Connection = {
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly username?: string;
  readonly password?: string;
  readonly url?: string;
  readonly ssl?: 'require' | false;
  /** Role taken on right after connecting, when the login is not already the powerless one. */
  readonly role?: string;
  /** A commit is acknowledged before it is on the disk: only for what begins anew when the power fails, see `noteDemo`. */
  readonly commitsLater?: boolean;
};

/** Work that many callers want at once, done for all who wait in one transaction. The results stand in the order of the items. */
export type Together<Item, Result> = {
  readonly name: string;
  /** Most items in one transaction. */
  readonly most: number;
  run(tx: Tx, items: readonly Item[]): Promise<readonly (Result | Failure)[]>;
};

export type Database = {
  /** Statements outside a transaction for one tenant, on a shared connection. */
  read(tenant: number): Sql;
  /** Statements that belong to no tenant (instance-wide tables and security-definer functions). */
  readonly instance: Sql;
  /** One transaction for one tenant; `run` is repeated when the database asks for it (deadlock, serialization). */
  write<T>(tenant: number, run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like {@link write}, but shares the transaction with whoever waits for the same work of the same tenant. */
  together<Item, Result>(tenant: number, work: Together<Item, Result>, item: Item): Promise<Result>;
  /**
   * One read-only transaction that sees the data of one moment, on a connection of its own: for long looks at whole tables,
   * without the limits and the plans that suit short look-ups.
   */
  snapshot<T>(tenant: number, look: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Does work that only one process may do at a time, under a name; the database frees the name when the process is gone, however it
   * went. Throws `conflict` with this code, without having begun, when another one is at it.
   */
  alone<T>(name: string, code: string, work: () => Promise<T>): Promise<T>;
  /** Hears `notify` on a channel until the database closes; `resumed` is called when that had been interrupted. */
  listen(channel: string, listener: { hear(payload: string): void; resumed(): void }): Promise<void>;
  close(): Promise<void>;
};

/** Upper bounds of one process; a server's `max_connections` divided by processes must allow their sum. */
const limits = { readConnections: 4, writeConnections: 4, retries: 5, statementSeconds: 30, connectSeconds: 5 };

/**
 * Our statements are short look-ups by key. Planning them anew each time cost more than running them (0.45 ms of 0.8), and a
 * plan made while a table was small must not read the whole table later (a write grew from 2 to 5 ms with its folder, until
 * the statistics caught up): so plans are kept, and go by index.
 */
const byIndex = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off', enable_bitmapscan: 'off' };

/** Reads follow keys from row to row; changes of whole subtrees still join by hash. */
const rowByRow = { enable_hashjoin: 'off', enable_mergejoin: 'off', enable_material: 'off' };

export type Client = postgres.Sql<{ bigint: number }>;

/** int8 comes as a number: our ids, sizes and sequence numbers stay far below 2^53; anything beyond is an error, not a rounding. */
const bigint: postgres.PostgresType<number> = {
  to: 20,
  from: [20],
  serialize: (value: number) => String(value),
  parse: (text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new Failure('internal', 'platform.internal');
    return value;
  },
};

/** A plain client with our type rules; for the running house use {@link openDatabase}. */
export function connect(connection: Connection, options: postgres.Options<{ bigint: typeof bigint }> = {}): Client {
  const { url, role, ssl, commitsLater, ...rest } = connection;
  const settings: postgres.Options<{ bigint: typeof bigint }> = {
    ...rest,
    ...(ssl ? { ssl } : {}),
    types: { bigint },
    connect_timeout: limits.connectSeconds,
    onnotice: () => {},
    ...options,
    connection: {
      application_name: 'rennsteig',
      TimeZone: 'UTC',
      ...(role ? { role } : {}),
      ...(commitsLater ? { synchronous_commit: 'off' } : {}),
      ...options.connection,
    },
  };
  return url ? postgres(url, settings) : postgres(settings);
}

/** One connection for reads, and the tenant it is set to. Its statements are answered in the order they were asked. */
class Lane {
  tenant: number | null = null;
  lastUsed = 0;
  client: Client;
  /** The switch to the tenant: whatever is asked behind it stands for nothing unless this went well. */
  #switched: Promise<unknown> = Promise.resolve();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.client = this.#open();
  }

  #open(): Client {
    const client: Client = connect(this.#connection, {
      max: 1,
      onclose: () => {
        if (client === this.client) this.tenant = null;
      },
      connection: { ...byIndex, ...rowByRow, statement_timeout: limits.statementSeconds * 1000 },
    });
    return client;
  }

  /** Goes on with a new connection, which knows no statement as yet; what the former one was asked it answers. */
  #renew(outdated: Client): void {
    if (outdated !== this.client) return;
    this.client = this.#open();
    this.tenant = null;
    void outdated.end({ timeout: limits.statementSeconds });
  }

  /** Sends the switch of tenant (if one is needed) and the statement right behind it, without waiting in between. */
  async run(tenant: number, strings: TemplateStringsArray, values: postgres.ParameterOrFragment<number>[]) {
    const { client } = this;
    if (this.tenant !== tenant) {
      this.tenant = tenant;
      this.#switched = client`select set_config('app.tenant', ${String(tenant)}, false)`.execute();
    }
    const answer = onlyOnce(client(strings, ...values)).execute();
    try {
      const [rows] = await Promise.all([answer, this.#switched]);
      return rows;
    } catch (error) {
      // The switch may have failed, or the connection is a new one that was never switched: switch again next time.
      this.tenant = null;
      if (isOutdated(error)) this.#renew(client);
      throw error;
    }
  }
}

/** Prefers the connection already set to the tenant; otherwise takes the one that was idle longest and switches it. */
class Lanes {
  readonly lanes: Lane[];
  #tick = 0;

  constructor(connection: Connection) {
    this.lanes = Array.from({ length: limits.readConnections }, () => new Lane(connection));
  }

  for(tenant: number): Lane {
    let best: Lane | undefined;
    for (const lane of this.lanes) {
      if (lane.tenant === tenant && (best?.tenant !== tenant || lane.lastUsed < best.lastUsed)) best = lane;
      else if (best?.tenant !== tenant && (!best || lane.lastUsed < best.lastUsed)) best = lane;
    }
    const chosen = best as Lane;
    this.#tick += 1;
    chosen.lastUsed = this.#tick;
    return chosen;
  }
}

const retried = new Set(['40P01', '40001']); // deadlock_detected, serialization_failure

function mustRetry(error: unknown): boolean {
  return error instanceof postgres.PostgresError && retried.has(error.code);
}

type Waiting<Item, Result> = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };

/** One queue of {@link Together}: while a transaction runs, the next one's items gather; nobody waits for a clock. */
class Gathering<Item, Result> {
  readonly #run: (items: readonly Item[]) => Promise<readonly (Result | Failure)[]>;
  readonly #most: number;
  #waiting: Waiting<Item, Result>[] = [];
  #busy = false;

  constructor(most: number, run: (items: readonly Item[]) => Promise<readonly (Result | Failure)[]>) {
    this.#most = most;
    this.#run = run;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#busy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) await this.#settle(this.#waiting.splice(0, this.#most));
    this.#busy = false;
  }

  async #settle(group: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(group.map((entry) => entry.item));
      group.forEach((entry, index) => {
        const result = results[index];
        if (result instanceof Failure) entry.reject(result);
        else entry.resolve(result as Result);
      });
    } catch (error) {
      // One item may have spoilt the transaction of all: give each its own, so that only the guilty one fails.
      if (group.length === 1 || !isUndone(error)) for (const entry of group) entry.reject(error);
      else for (const entry of group) await this.#settle([entry]);
    }
  }
}

/** Opens the pools. Nothing connects before it is used. */
export function openDatabase(connection: Connection): Database {
  const lanes = new Lanes(connection);
  const openWriters = () =>
    connect(connection, {
      max: limits.writeConnections,
      connection: {
        ...byIndex,
        statement_timeout: limits.statementSeconds * 1000,
        idle_in_transaction_session_timeout: 60_000,
      },
    });
  let writers = openWriters();
  const ears = connect(connection);

  /** Goes on with new connections; transactions that run on the former ones come to their end there. */
  function renewWriters(outdated: Client): void {
    if (outdated !== writers) return;
    writers = openWriters();
    void outdated.end({ timeout: limits.statementSeconds });
  }

  const gatherings = new Map<Together<never, never>, Map<number, Gathering<never, never>>>();

  async function write<T>(tenant: number, run: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const client = writers;
      let isStale = false;
      try {
        return (await client.begin(async (tx) => {
          const bound = tx`select set_config('app.tenant', ${String(tenant)}, true)`.execute();
          bound.catch(() => {}); // where the work fails first, nobody waits for this any more
          const result = await run(
            eachOnce(tx as unknown as Tx, () => {
              isStale = true;
            }),
          );
          await bound;
          return result;
        })) as T;
      } catch (error) {
        if (isStale) renewWriters(client);
        if (attempt > limits.retries || !(isStale || mustRetry(error))) throw asFailure(error);
      }
    }
  }

  function gathering<Item, Result>(tenant: number, work: Together<Item, Result>): Gathering<Item, Result> {
    const key = work as unknown as Together<never, never>;
    const perTenant = gatherings.get(key) ?? new Map<number, Gathering<never, never>>();
    gatherings.set(key, perTenant);
    const known = perTenant.get(tenant) as Gathering<Item, Result> | undefined;
    if (known) return known;
    const made = new Gathering<Item, Result>(work.most, (items) => write(tenant, (tx) => work.run(tx, items)));
    perTenant.set(tenant, made as unknown as Gathering<never, never>);
    return made;
  }

  return {
    read: (tenant) => readWith(() => lanes.for(tenant), tenant),
    instance: readWith(() => lanes.for(noTenant), noTenant),
    write,
    together: (tenant, work, item) => gathering(tenant, work).add(item),
    snapshot: (tenant, look) => snapshot(connection, tenant, look),
    alone: (name, code, work) => alone(connection, { name, code }, work),
    listen: async (channel, { hear, resumed }) => {
      let isFirst = true;
      await ears.listen(channel, hear, () => {
        if (!isFirst) resumed();
        isFirst = false;
      });
    },
    close: async () => {
      await Promise.all([
        writers.end({ timeout: 5 }),
        ears.end({ timeout: 5 }),
        ...lanes.lanes.map((lane) => lane.client.end({ timeout: 5 })),
      ]);
    },
  };
}

async function snapshot<T>(connection: Connection, tenant: number, look: (tx: Tx) => Promise<T>): Promise<T> {
  // Whole tables are joined by hash: a planner that expects few rows would go row by row through a million.
  const client = connect(connection, { max: 1, connection: { work_mem: '64MB', enable_nestloop: 'off' } });
  try {
    return (await client.begin('isolation level repeatable read read only', async (tx) => {
      await tx`select set_config('app.tenant', ${String(tenant)}, true)`;
      return look(tx as unknown as Tx);
    })) as T;
  } catch (error) {
    throw asFailure(error);
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Tells the names of {@link Database.alone} from those of locks elsewhere. */
const aloneSeed = 774_022;

async function alone<T>(
  connection: Connection,
  { name, code }: { readonly name: string; readonly code: string },
  work: () => Promise<T>,
): Promise<T> {
  // The lock lives as long as the connection.
  const client = connect(connection, { max: 1, max_lifetime: 0 });
  try {
    const [row] = await client<{ isMine: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended(${name}, ${aloneSeed})) as "isMine"`.catch((error) => {
      throw asFailure(error);
    });
    if (!row?.isMine) throw new Failure('conflict', code);
    return await work();
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** The tenant number that no tenant has: statements of the instance itself see no tenant's rows. */
const noTenant = 0;

/** PostgreSQL's undefined_object: a connection that was just reopened does not know its tenant yet. */
const tenantUnset = '42704';

/** What was refused before it was carried out, and will be taken when it is asked anew. */
const isToBeAskedAnew = (error: unknown): boolean =>
  isOutdated(error) || (error instanceof postgres.PostgresError && error.code === tenantUnset);

function readWith(laneOf: () => Lane, tenant: number): Sql {
  const ask = async (strings: TemplateStringsArray, ...values: postgres.ParameterOrFragment<number>[]) => {
    // Each of the connections may be outdated.
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await laneOf().run(tenant, strings, values);
      } catch (error) {
        if (attempt > limits.readConnections || !isToBeAskedAnew(error)) throw asFailure(error);
      }
    }
  };
  return ask as unknown as Sql;
}
