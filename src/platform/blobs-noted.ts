import type { ByteSink, ByteStore, StoredKey } from './blobs.ts';
import type { Client, Database } from './db.ts';

/**
 * A bucket says what is in it, page by page, and never what is new. So the names of new objects are noted in the database while a
 * continuous backup goes on, and its rounds copy what is noted instead of listing everything.
 */

/**
 * How long after the backup's last sign of life names are still noted. After a longer time it compares everything anyway, and
 * without one that ever comes back the notes would grow for ever.
 */
const notedFor = '48 hours';

/** Names that one look brings. */
const mostAtOnce = 10_000;

/** A store whose new objects are noted. An object is durable before it is noted, and noted before anybody hears of it. */
export function noting(store: ByteStore, db: Pick<Database, 'write'>): ByteStore {
  return {
    ...store,
    create: async (key, head) => {
      const sink = await store.create(key, head);
      return {
        write: (buffers) => sink.write(buffers),
        commit: () => commitAndNote(sink, db, key),
        abort: () => sink.abort(),
      };
    },
  };
}

async function commitAndNote(sink: ByteSink, db: Pick<Database, 'write'>, { tenant, name }: StoredKey): Promise<void> {
  await sink.commit();
  await db.write(
    tenant,
    (tx) => tx`
      insert into platform.noted_object (tenant, name)
      select ${tenant}, ${name} from platform.instance
      where name = 'backup' and nullif(value::jsonb ->> 'at', '')::timestamptz > now() - ${notedFor}::interval
      on conflict do nothing`,
  );
}

/** Some of the objects that are noted. */
export async function readNoted(owner: Client): Promise<StoredKey[]> {
  return owner<StoredKey[]>`select tenant, name from platform.noted_object order by tenant, name limit ${mostAtOnce}`;
}

/** Forgets objects that are in the backup now, or gone. */
export async function forgetNoted(owner: Client, keys: readonly StoredKey[]): Promise<void> {
  const [tenants, names] = [keys.map(({ tenant }) => tenant), keys.map(({ name }) => name)];
  await owner`
    delete from platform.noted_object o using unnest(${tenants}::integer[], ${names}::text[]) as gone (tenant, name)
    where o.tenant = gone.tenant and o.name = gone.name`;
}
