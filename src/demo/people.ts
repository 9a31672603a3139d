import * as accounts from '#modules/accounts';
import { type PersonFacts, password, personFacts } from './cast.ts';
import type { Place, Short } from './place.ts';
import { moment, type Stage } from './stage.ts';

const [joined, formed] = [1_180, 1_170];

/** Everybody of a tenant by short name, and what roles can be granted to by its name. */
export type Roster = { readonly accounts: ReadonlyMap<Short, number>; readonly principals: ReadonlyMap<string, number> };

type Newcomer = { readonly short: Short; readonly address: string; readonly name: string; readonly roles: readonly string[] };

function newcomersOf({ tenant, domain, colleagues = {} }: Place): Newcomer[] {
  const cast: Newcomer[] = Object.entries<PersonFacts>(personFacts)
    .filter(([, facts]) => facts.tenant === tenant && !facts.isCitizen)
    .map(([short, { address, name, roles = [] }]) => ({ short, address, name, roles }));
  const others = Object.entries(colleagues).map(([short, { name, isAdministrator }]) => ({
    short,
    address: `${short}@${domain}`,
    name,
    roles: isAdministrator ? ['tenantAdministrator'] : [],
  }));
  return [...cast, ...others];
}

/** Creates a tenant's units, people and groups. */
export async function settlePeople(stage: Stage, place: Place): Promise<Roster> {
  const { house, tenant, today } = stage;
  stage.at(moment(today, joined));
  const units = new Map<string, number>();
  for (const [name, above] of place.units ?? []) {
    units.set(name, await accounts.createUnit(house, { name, parent: above === null ? null : (units.get(above) as number) }));
  }
  const unitOf = (short: Short) => units.get(place.colleagues?.[short]?.unit ?? place.unitOf?.[short] ?? '') ?? null;
  const made = newcomersOf(place).map(async ({ short, ...facts }) => {
    const { account } = await accounts.addAccount(house, { ...facts, unit: unitOf(short), tenant, password });
    return [short, account] as const;
  });
  const people = new Map(await Promise.all(made));
  stage.at(moment(today, formed));
  const groups = new Map<string, number>();
  for (const [name, members] of Object.entries(place.groups ?? {})) {
    const group = await accounts.createGroup(house, { name });
    groups.set(name, group);
    for (const short of members) await accounts.addMember(house, { group, account: accountOf(people, short) });
  }
  return { accounts: people, principals: new Map([...people, ...groups, ...units]) };
}

function accountOf(people: ReadonlyMap<Short, number>, short: Short): number {
  const account = people.get(short);
  if (account === undefined) throw new Error(`the demonstration knows nobody called ${short}`);
  return account;
}
