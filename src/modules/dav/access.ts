import { accountDisabled, credentialsRevoked, groupsChanged } from '#modules/accounts';
import { noticesChanged } from '#modules/notifications';
import { tenantSuspended } from '#modules/tenants';
import { type Handler, on } from '#platform/events';

/** Signal: somebody's access is not what it was (`about`: the account, 0: everybody of the tenant). */
export const accessChanged = 'dav.accessChanged';

/** Signal: somebody (`about`: the account) has a notice more or less. */
export const noticed = 'dav.noticed';

/** News of accounts and tenants reach whoever is connected, in whatever process. */
export const accessHandlers: readonly Handler[] = [
  on(accountDisabled, 'dav.tellDisabled', async ({ platform }, { tenant, account }) =>
    platform.signals.send({ topic: accessChanged, tenant, about: account, ids: [] }),
  ),
  on(credentialsRevoked, 'dav.tellRevoked', async ({ platform }, { tenant, account }) =>
    platform.signals.send({ topic: accessChanged, tenant, about: account, ids: [] }),
  ),
  on(groupsChanged, 'dav.tellGroups', async ({ platform }, { tenant, accounts }) => {
    for (const about of accounts) platform.signals.send({ topic: accessChanged, tenant, about, ids: [] });
  }),
  on(noticesChanged, 'dav.tellNotices', async ({ platform }, { tenant, accounts }) => {
    for (const about of accounts) platform.signals.send({ topic: noticed, tenant, about, ids: [] });
  }),
  on(tenantSuspended, 'dav.tellSuspended', async ({ platform }, { tenant }) =>
    platform.signals.send({ topic: accessChanged, tenant, about: 0, ids: [] }),
  ),
];
