import { deviceWipeOrdered, newDeviceUsed } from '#modules/accounts';
import { tenantNumbers } from '#modules/tenants';
import { systemContext } from '#platform/context';
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
  on(deviceWipeOrdered, 'notifications.tellWipe', async ({ platform }, { tenant, account, id, device, by }) => {
    // An operator orders it from another tenant.
    const there = systemContext(platform, tenant, 'notifications.tellWipe');
    await platform.db.write(tenant, (tx) =>
      notify(tx, there, {
        accounts: [account],
        code: 'notifications.wipeOrdered',
        params: { device, by },
        link: '/konto/app-passwoerter',
        about: `appPassword:${id}`,
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
