import { connect } from '../src/platform/db.ts';
import type { Stand } from './stand.ts';

/**
 * Fills a folder with copies of the one file in it, far faster than uploading them: for tests of long lists. They are named
 * `Vorgang 00001.pdf` and so on, share the bytes of the first, and the folder's ETag says that it changed.
 */
export async function multiplyFile({ owner }: Pick<Stand, 'owner'>, file: number, count: number): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    await sql`
      insert into files.node (tenant, space, parent, name, name_key, is_folder, size, etag, changed, modified, created, author, blob, sha256, sha1)
      select n.tenant, n.space, n.parent, names.name, lower(names.name), false, names.number * 7919 % 900000, n.etag, n.changed,
        n.modified - names.number * 60000, n.created, n.author, n.blob, n.sha256, n.sha1
      from files.node n,
        lateral (select number, 'Vorgang ' || lpad(number::text, 5, '0') || '.pdf' as name from generate_series(1, ${count}) number) names
      where n.id = ${file}`;
    await sql`
      insert into files.blob_share (tenant, blob, extra) select tenant, blob, ${count}::integer from files.node where id = ${file}`;
    await sql`
      update files.node f set etag = f.etag + 1 from files.node n where n.id = ${file} and f.tenant = n.tenant and f.id = n.parent`;
    await sql`
      update files.space s set seq = seq + 1 from files.node n where n.id = ${file} and s.tenant = n.tenant and s.id = n.space`;
  } finally {
    await sql.end();
  }
}
