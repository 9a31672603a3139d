import { newDeviceUsed } from '#modules/accounts';
import { tenantNumbers } from '#modules/tenants';
import { type Handler, on } from '#platform/events';
import type { Job } from '#platform/jobs';
import { notify } from './notice.ts';
import { limits } from './rules.ts';
import { deleteOld } from './store.ts';

/** What becomes a notice because a lower room told the house of it. */
export const handlers: readonly Handler[] = [
  on(newDeviceUsed, 'notifications.tellNewDevice', async (ctx, { tenant, account, session, device, network }) => {
    await ctx.platform.db.write(tenant, (tx) =>
      notify(tx, ctx, {
        accounts: [account],
        code: device === '' ? 'notifications.unknownDevice' : 'notifications.newDevice',
        params: { device, network },
        link: '/konto/sitzungen',
        about: `session:${session}`,
      }),
    );
  }),
];

const day = 86_400_000;

/** Removes what nobody dismissed for months. */
export const forgetOld: Job = {
  name: 'notifications.forgetOld',
  every: '55 1 * * *',
  run: async ({ platform }) => {
    const before = new Date(platform.clock.now().getTime() - limits.days * day);
    for (const tenant of await tenantNumbers(platform)) await platform.db.write(tenant, (tx) => deleteOld(tx, tenant, before));
  },
};
