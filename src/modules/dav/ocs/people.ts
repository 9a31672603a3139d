import { findColleague, principalsById } from '#modules/accounts';
import { personOf, readHome, readRoom } from '#modules/files';
import type { Context } from '#platform/context';
import type { Operation } from './call.ts';
import type { Value } from './envelope.ts';
import type { OcsRoute } from './routes.ts';

/** What clients take for "as much as there is". */
const unlimited = -3;

/** The room in one's own space, in bytes; `relative` in per cent with two digits. */
async function quotaOf(ctx: Context): Promise<Value> {
  const { own } = await readHome(ctx);
  const { used } = own.space;
  const free = await readRoom(ctx, own.space);
  if (free === null) return { free: unlimited, used, total: unlimited, relative: 0, quota: unlimited };
  const total = used + free;
  return { free, used, total, relative: total === 0 ? 0 : Math.round((used / total) * 10_000) / 100, quota: total };
}

async function groupNames(ctx: Context): Promise<string[]> {
  const { principals } = personOf(ctx);
  const found = await principalsById(ctx, principals);
  return [...found.values()].filter(({ kind }) => kind === 'group').map(({ name }) => name);
}

/** `GET /cloud/user`: who is signed in. `id` is the name in all addresses below `/remote.php/dav`. */
const ownUser: Operation = async ({ ctx }) => {
  const { handle, name, address } = personOf(ctx);
  const [quota, groups] = await Promise.all([quotaOf(ctx), groupNames(ctx)]);
  const language = ctx.locale;
  return {
    data: {
      enabled: true,
      id: handle,
      displayname: name,
      'display-name': name,
      email: address,
      quota,
      groups,
      language,
      locale: language,
      phone: '',
      address: '',
      website: '',
      organisation: '',
      role: '',
      biography: '',
    },
  };
};

/** `GET /cloud/users/ID`: a colleague's name and address, as everybody here sees them; of oneself everything. */
const user: Operation = async (call) => {
  const { ctx, param } = call;
  const { account, handle, name, address } = await findColleague(ctx, param('id'));
  if (account === personOf(ctx).account) return ownUser(call);
  return { data: { id: handle, displayname: name, 'display-name': name, email: address } };
};

export const peopleOperations: readonly OcsRoute[] = [
  { method: 'GET', path: '/cloud/user', run: ownUser },
  { method: 'GET', path: '/cloud/users/:id', run: user },
];
