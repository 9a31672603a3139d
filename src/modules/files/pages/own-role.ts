import { redirect } from 'react-router';
import { type PageHouse, text } from '#web/context';
import type { SpaceRole } from '../rules.ts';
import { idOf } from './address.ts';

/** A change of members after which the person no longer manages the space, and cannot take it back by themselves. */
export type OwnLoss = {
  readonly principal: number;
  /** The role the member is to have; null: none, it is taken out. */
  readonly role: SpaceRole | null;
  /** The role the person is left with; null: the space is gone for them. */
  readonly left: SpaceRole | null;
};

type Change = Pick<OwnLoss, 'principal' | 'role'>;

/** What a change would cost the person; null: nothing, or the verb refuses it anyway, since nobody would manage the space. */
async function lossOf(house: PageHouse, space: number, { principal, role }: Change): Promise<OwnLoss | null> {
  const { files } = house.rooms;
  const { actor } = house.ctx;
  const members = await files.listMembers(house.ctx, space);
  const others = members.filter((member) => member.principal !== principal);
  const after = role === null ? others : [...others, { principal, role }];
  const mine = actor.kind === 'account' ? actor.principals : [];
  const roleIn = (list: typeof members) =>
    files.spaceRoles.findLast((each) => list.some((member) => member.role === each && mine.includes(member.principal))) ?? null;
  const left = roleIn(after);
  const isLoss = roleIn(members) === 'manager' && left !== 'manager';
  return isLoss && after.some((member) => member.role === 'manager') ? { principal, role, left } : null;
}

const knownRole = (house: PageHouse, given: string | null) => house.rooms.files.spaceRoles.find((each) => each === given) ?? null;

type Asked = { readonly space: number; readonly form: FormData; readonly here: string };

/** Leads to the question when a form of the members would cost the person their own role and they have not said yes yet. */
export async function askBeforeLoss(house: PageHouse, { space, form, here }: Asked): Promise<Response | null> {
  const [name = ''] = text(form, '_form').split('-');
  if (!['change', 'remove'].includes(name) || text(form, 'sure') !== '') return null;
  const principal = idOf(text(form, 'principal'));
  const role = name === 'remove' ? null : (knownRole(house, text(form, 'role')) ?? 'viewer');
  const loss = await lossOf(house, space, { principal, role });
  return loss && redirect(`${here}?${new URLSearchParams({ eigene: String(principal), ...(role && { rolle: role }) })}`);
}

/** The question the address asks; null: none, or none any more. */
export async function readLoss(house: PageHouse, space: number, search: URLSearchParams): Promise<OwnLoss | null> {
  const principal = idOf(search.get('eigene'));
  return principal === 0 ? null : lossOf(house, space, { principal, role: knownRole(house, search.get('rolle')) });
}
