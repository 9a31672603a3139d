import { tenantNumbers } from '#modules/tenants';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { listMail, type StoredMail } from '#platform/mail';

const limits = { tenants: 50, mails: 50 };

/**
 * The mails of a demo, which has no mail server: newest first, for whoever tries it out. On every other instance there is no
 * such thing (`notFound`), because whoever reads the mails can take everybody's links.
 */
export async function outbox(ctx: Context): Promise<StoredMail[]> {
  const { platform } = ctx;
  ensure(platform.config.demo, 'notFound', 'platform.notFound');
  const tenants = (await tenantNumbers(platform)).slice(0, limits.tenants);
  const mails = await Promise.all(tenants.map((tenant) => listMail(platform.db.read(tenant), tenant, limits.mails)));
  return mails
    .flat()
    .sort((a, b) => b.id - a.id)
    .slice(0, limits.mails);
}
