import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { hmac, sha256, unwrapKey, wrapKey } from './crypto.ts';
import type { Database } from './db.ts';
import { Failure, OperatorError } from './errors.ts';

/** A tenant's key and its number, as blob headers name it. */
export type TenantKey = { readonly id: number; readonly key: Uint8Array };

/**
 * The keys: the instance's key wraps one root secret and every tenant's keys; a tenant's key wraps the random key of each of
 * its blobs. Without the instance's key the data directory and the database are noise.
 */
export type Keys = {
  /** The tenant's newest key; made when it has none. */
  current(tenant: number): Promise<TenantKey>;
  /** An earlier or the current key of the tenant. Throws `damaged` when there is none of that number. */
  byId(tenant: number, id: number): Promise<Uint8Array>;
  /** A key for one purpose, the same on every process and after every rotation of the instance's key. */
  derive(purpose: string): Uint8Array;
  /** Gives the tenant a new key; blobs are re-wrapped by the background job afterwards. */
  renew(tenant: number): Promise<TenantKey>;
  /** Wraps with the instance's current key what is still wrapped by an earlier one; returns how many keys that were. */
  rewrap(tenant: number): Promise<number>;
};

export type MasterKeys = { readonly current: Uint8Array; readonly earlier: readonly Uint8Array[] };

/** Where the instance's keys lie, unless they are settings. */
export const keyFile = (data: string) => join(data, 'keys', 'instance.key');
/** Names a key without telling anything of it. */
export const fingerprint = (key: Uint8Array) => sha256(key).toString('hex').slice(0, 16);

/** The configured keys, or those of the key file: the first line is the current one, further lines are earlier ones. */
export async function readMasterKeys(config: Pick<Config, 'data' | 'key' | 'oldKeys'>): Promise<MasterKeys> {
  if (config.key) return { current: config.key, earlier: config.oldKeys };
  const text = await readFile(keyFile(config.data), 'utf8').catch(() => null);
  const lines = text === null ? [await addKeyLine(config.data, '')] : text.split('\n').filter((line) => line.trim() !== '');
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.some((key) => key.length !== 32))
    throw new OperatorError(`The key file ${keyFile(config.data)} is damaged; please restore it from your backup.`);
  const [current, ...earlier] = keys;
  return { current: current as Buffer, earlier };
}

/** Puts a new random key in front of the key file; the next start re-wraps everything with it. */
export async function rotateKeyFile(data: string): Promise<void> {
  await addKeyLine(data, await readFile(keyFile(data), 'utf8'));
}

async function addKeyLine(data: string, rest: string): Promise<string> {
  const line = randomBytes(32).toString('base64');
  const path = keyFile(data);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, `${line}\n${rest}`, { mode: 0o600, flush: true });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
  const directory = await open(dirname(path), 'r');
  await directory.sync().finally(() => directory.close());
  return line;
}

/** After a tenant's key was renewed, every process wraps new blobs with it this much later at the latest. */
export const newestSeconds = 60;

const byPrint = ({ current, earlier }: MasterKeys) => new Map([current, ...earlier].map((key) => [fingerprint(key), key]));

class KeyRing implements Keys {
  readonly #db: Database;
  readonly #master: MasterKeys;
  readonly #reload: () => Promise<MasterKeys>;
  #byPrint: ReadonlyMap<string, Uint8Array>;
  readonly #known = new Map<string, Uint8Array>();
  readonly #newest = new Map<number, TenantKey & { readonly until: number }>();
  #root: Uint8Array = new Uint8Array();

  constructor(db: Database, master: MasterKeys, reload: () => Promise<MasterKeys>) {
    this.#db = db;
    this.#master = master;
    this.#reload = reload;
    this.#byPrint = byPrint(master);
  }

  /** Opens the root secret, which proves that the instance's key is the right one; makes it on the first start. */
  async open(): Promise<void> {
    const made = wrapKey(this.#master.current, randomBytes(32), 'root').toString('base64');
    const value = `${fingerprint(this.#master.current)}:${made}`;
    await this.#db.instance`insert into platform.instance (name, value) values ('root', ${value}) on conflict (name) do nothing`;
    const [row] = await this.#db.instance<{ value: string }>`select value from platform.instance where name = 'root'`;
    const [print = '', wrapped = ''] = String(row?.value).split(':');
    const master = this.#byPrint.get(print);
    if (!master) {
      throw new OperatorError(
        `The instance's key (${fingerprint(this.#master.current)}) is not the one this data was encrypted with (${print}).`,
      );
    }
    this.#root = unwrapKey(master, Buffer.from(wrapped, 'base64'), 'root');
    if (print !== fingerprint(this.#master.current)) await this.#rewrapRoot();
  }

  async #rewrapRoot(): Promise<void> {
    const wrapped = wrapKey(this.#master.current, this.#root, 'root').toString('base64');
    const value = `${fingerprint(this.#master.current)}:${wrapped}`;
    await this.#db.instance`update platform.instance set value = ${value} where name = 'root'`;
  }

  derive(purpose: string): Uint8Array {
    return hmac(this.#root, purpose);
  }

  async current(tenant: number): Promise<TenantKey> {
    const known = this.#newest.get(tenant);
    if (known && performance.now() < known.until) return known;
    return (await this.#load(tenant)) ?? (await this.renew(tenant, 1));
  }

  async byId(tenant: number, id: number): Promise<Uint8Array> {
    const known = this.#known.get(`${tenant}:${id}`);
    if (known) return known;
    await this.#load(tenant);
    const loaded = this.#known.get(`${tenant}:${id}`);
    if (!loaded) throw new Failure('damaged', 'platform.damaged', {}, new Error(`tenant ${tenant} has no key ${id}`));
    return loaded;
  }

  async renew(tenant: number, first?: number): Promise<TenantKey> {
    const id = first ?? (await this.current(tenant)).id + 1;
    const wrapped = wrapKey(this.#master.current, randomBytes(32), `tenant ${tenant} ${id}`);
    await this.#db.read(tenant)`
      insert into platform.tenant_key (tenant, id, wrapped, wrapped_by)
      values (${tenant}, ${id}, ${wrapped}, ${fingerprint(this.#master.current)}) on conflict (tenant, id) do nothing`;
    return (await this.#load(tenant)) as TenantKey;
  }

  /** Another process may have made or renewed keys: what is in the database counts. */
  async #load(tenant: number): Promise<TenantKey | null> {
    const rows = await this.#db.read(tenant)<{ id: number; wrapped: Buffer; wrapped_by: string }>`
      select id, wrapped, wrapped_by from platform.tenant_key where tenant = ${tenant} order by id`;
    for (const row of rows) {
      const key = this.#known.get(`${tenant}:${row.id}`) ?? (await this.#unwrap(tenant, row));
      this.#known.set(`${tenant}:${row.id}`, key);
      this.#newest.set(tenant, { id: row.id, key, until: performance.now() + newestSeconds * 1000 });
    }
    return this.#newest.get(tenant) ?? null;
  }

  /** A process that started after a rotation may have wrapped with a key that was not there when this one started. */
  async #unwrap(tenant: number, row: { id: number; wrapped: Buffer; wrapped_by: string }): Promise<Uint8Array> {
    if (!this.#byPrint.has(row.wrapped_by)) this.#byPrint = byPrint(await this.#reload());
    const master = this.#byPrint.get(row.wrapped_by);
    if (!master) throw new Failure('damaged', 'platform.damaged', {}, new Error(`no instance key ${row.wrapped_by}`));
    return unwrapKey(master, row.wrapped, `tenant ${tenant} ${row.id}`);
  }

  async rewrap(tenant: number): Promise<number> {
    const print = fingerprint(this.#master.current);
    return this.#db.write(tenant, async (tx) => {
      const rows = await tx<{ id: number; wrapped: Buffer; wrapped_by: string }[]>`
        select id, wrapped, wrapped_by from platform.tenant_key where tenant = ${tenant} and wrapped_by <> ${print} for update`;
      for (const row of rows) {
        const wrapped = wrapKey(this.#master.current, await this.#unwrap(tenant, row), `tenant ${tenant} ${row.id}`);
        await tx`update platform.tenant_key set wrapped = ${wrapped}, wrapped_by = ${print} where tenant = ${tenant} and id = ${row.id}`;
      }
      return rows.length;
    });
  }
}

/**
 * Opens the keys. Throws {@link OperatorError} when the instance's key is not the one the data was encrypted with.
 * @param reload reads the instance's keys again, for what another process wrapped meanwhile
 */
export async function openKeys(db: Database, master: MasterKeys, reload = async () => master): Promise<Keys> {
  const keys = new KeyRing(db, master, reload);
  await keys.open();
  return keys;
}
