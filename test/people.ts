import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';
import { sessionCookie } from '#platform/http';
import {
  type PersonFacts,
  type PersonName,
  password,
  personFacts,
  type TenantFacts,
  type TenantName,
  tenantFacts,
} from '../src/demo/cast.ts';
import type { Stand } from './stand.ts';

/**
 * The cast: the same people in tests, demo and documentation. A test that needs them begins with
 *   const stand = await openStand();
 *   const { anna, emil, ellrich } = await settle(stand);
 * `anna` is then the context of a request of hers, `ellrich` the number of her tenant.
 */

export { type PersonName, password, type TenantName };

/** What a request over HTTP shows of a person. */
export type BasicCredentials = {
  readonly user: string;
  readonly password: string;
  /** Value of the header `Authorization`. */
  readonly authorization: string;
};

export type People = Readonly<Record<PersonName, Context>> &
  Readonly<Record<TenantName, number>> & {
    /** Ids of the accounts. */
    readonly id: Readonly<Record<PersonName, number>>;
    readonly address: Readonly<Record<PersonName, string>>;
    /** The house itself, which may do everything. */
    readonly house: Context;
    /** Nobody is signed in. */
    readonly nobody: Context;
    /** The person with the groups, units and roles they have by now. */
    now(person: PersonName): Promise<Context>;
    /** Signs the person in; the value of a `Cookie` header. */
    cookie(person: PersonName): Promise<string>;
    /** Makes an app password for the person. */
    appPassword(person: PersonName): Promise<BasicCredentials>;
  };

const names = <Name extends string>(facts: Readonly<Record<Name, unknown>>) => Object.keys(facts) as Name[];
const record = <Name extends string, Value>(pairs: readonly (readonly [Name, Value])[]) =>
  Object.fromEntries(pairs) as Record<Name, Value>;

async function createTenants(house: Context): Promise<Record<TenantName, number>> {
  const numbers = new Map<string, number>();
  for (const name of names(tenantFacts)) {
    const { below, ...facts }: TenantFacts = tenantFacts[name];
    numbers.set(name, await tenants.create(house, { ...facts, parent: below ? (numbers.get(below) as number) : null }));
  }
  return Object.fromEntries(numbers) as Record<TenantName, number>;
}

async function createPeople(house: Context, numbers: Record<TenantName, number>): Promise<Record<PersonName, number>> {
  const made = names(personFacts).map(async (person) => {
    const { tenant, ...facts }: PersonFacts = personFacts[person];
    const { account } = await accounts.addAccount(house, { ...facts, tenant: numbers[tenant], password });
    return [person, account] as const;
  });
  return record(await Promise.all(made));
}

/** Creates the cast's tenants and people in an empty stand. */
export async function settle({ house: { platform } }: Pick<Stand, 'house'>): Promise<People> {
  const house = systemContext(platform, tenants.provider, 'test');
  const numbers = await createTenants(house);
  const id = await createPeople(house, numbers);
  const now = (person: PersonName) =>
    contextOf(platform, person, { tenant: numbers[personFacts[person].tenant], account: id[person] });
  const contexts = await Promise.all(names(personFacts).map(async (person) => [person, await now(person)] as const));
  const people = record(contexts);
  const nobody: Context = { ...house, actor: { kind: 'nobody', tenant: tenants.provider }, network: '192.0.2.1' };
  return {
    ...people,
    ...numbers,
    id,
    address: record(names(personFacts).map((person) => [person, personFacts[person].address])),
    house,
    nobody,
    now,
    cookie: async (person) => {
      const { token } = await accounts.signIn(nobody, { address: personFacts[person].address, password });
      return `${sessionCookie(platform.config.url.startsWith('https:'))}=${token}`;
    },
    appPassword: async (person) => {
      const { secret } = await accounts.createAppPassword(people[person], { name: 'test' });
      const user = personFacts[person].address;
      return { user, password: secret, authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
    },
  };
}

async function contextOf(platform: Platform, person: PersonName, ref: { tenant: number; account: number }): Promise<Context> {
  const actor = await accounts.actorOf(platform, ref.tenant, ref.account);
  if (!actor) throw new Error(`${person} has no access`);
  return { platform, actor, request: `test-${person}`, locale: 'de', network: '192.0.2.1' };
}
