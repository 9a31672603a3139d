import { connect } from '../src/platform/db.ts';
import type { Stand } from './stand.ts';

/** The newest mail in the outbox of a stand, of whatever tenant. */
export async function newestMail({ owner }: Pick<Stand, 'owner'>): Promise<{ readonly to: string; readonly body: string }> {
  const sql = connect(owner, { max: 1 });
  try {
    const [mail] = await sql<
      { to: string; body: string }[]
    >`select recipient as "to", body from platform.mail order by created_at desc, id desc limit 1`;
    if (!mail) throw new Error('no mail has been written');
    return mail;
  } finally {
    await sql.end();
  }
}
