import { byName } from '#ui/format';
import { go, type PageHouse, text } from '#web/context';
import type { SpaceRole } from '../rules.ts';
import { idOf } from './address.ts';
import { spaceTexts } from './space-texts.ts';

/** Members of a space with their names, and whom a search has found. */
export async function readMembersOf(house: PageHouse, space: number, search: string) {
  const { files, accounts } = house.rooms;
  const members = await files.listMembers(house.ctx, space);
  const [principals, found] = await Promise.all([
    accounts.principalsById(
      house.ctx,
      members.map(({ principal }) => principal),
    ),
    search === '' ? [] : accounts.findPrincipals(house.ctx, search),
  ]);
  const isIn = new Set(members.map(({ principal }) => principal));
  const known = members.map(({ principal, role }) => {
    const { name = '', kind = 'account', address = '' } = principals.get(principal) ?? {};
    return { id: principal, role, name, kind, address };
  });
  return {
    search,
    members: known.sort(byName),
    found: found.filter(({ id }) => !isIn.has(id)),
  };
}

export type MembersData = Awaited<ReturnType<typeof readMembersOf>>;

/** Adds, changes or removes a member; null when the form was another one. The verbs decide who may. */
export async function actOnMembers(
  house: PageHouse,
  { space, form, here }: { readonly space: number; readonly form: FormData; readonly here: string },
): Promise<Response | null> {
  const { files, accounts } = house.rooms;
  const labels = spaceTexts[house.ctx.locale];
  const name = text(form, '_form').replace(/-\d+$/, '');
  if (!['add', 'change', 'remove'].includes(name)) return null;
  const principal = idOf(text(form, 'principal'));
  const known = (await accounts.principalsById(house.ctx, [principal])).get(principal);
  const called = known?.name ?? labels.gone;
  if (name === 'remove') {
    const was = text(form, 'was');
    await files.removeMember(house.ctx, space, principal);
    const undo = { action: here, fields: { _form: 'add', principal: String(principal), role: was } };
    // Whoever was sure about their own role has nothing left to undo it with.
    const mayUndo = known && text(form, 'sure') === '';
    return go(house, here, { text: labels.removed(called), ...(mayUndo && { undo }) });
  }
  if (!known) throw house.missing(); // only what exists in one's own authority can be given a role
  const role = files.spaceRoles.find((each) => each === text(form, 'role')) ?? ('viewer' satisfies SpaceRole);
  await files.setMember(house.ctx, space, { principal, role });
  return go(house, here, { text: (name === 'add' ? labels.added : labels.changed)(called) });
}
