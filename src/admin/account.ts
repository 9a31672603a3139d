import { text as readText } from 'node:stream/consumers';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { type Call, type Command, needed, type Outcome, table, textOf, textsOf, UsageError } from './command.ts';
import { everything } from './tenant.ts';

const longestPasswordInput = 4_096;

/** As scripts see a person; `account` is the name in DAV paths. */
const plain = ({ id, tenant, handle, address, name, state, roles }: accounts.Person) => ({
  account: handle,
  address,
  name,
  state,
  roles,
  tenant,
  id,
});

async function numbersOf(call: Call): Promise<number[]> {
  const slug = textOf(call, 'tenant');
  return slug === null ? tenants.tenantNumbers(call.platform) : [(await tenants.getBySlug(call.house, slug)).tenant];
}

/** The person with that address or handle, in whatever tenant. */
async function find({ house }: Call, login: string): Promise<accounts.Person> {
  return accounts.findPerson(house, login);
}

/** A password on the standard input, so that it stands neither in the shell's history nor in the list of processes. */
async function passwordFrom(call: Call): Promise<string | null> {
  if (call.options['password-stdin'] !== true) return null;
  const password = (await readText(process.stdin)).slice(0, longestPasswordInput).replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('--password-stdin: there was no password on the standard input.');
  return password;
}

async function add(call: Call): Promise<Outcome> {
  const [address = ''] = call.args;
  const password = await passwordFrom(call);
  const { tenant } = await tenants.getBySlug(call.house, needed(call, 'tenant'));
  const handle = textOf(call, 'handle');
  const made = await accounts.addAccount(call.house, {
    tenant,
    address,
    name: textOf(call, 'name') ?? address.split('@')[0] ?? '',
    roles: textsOf(call, 'role'),
    ...(handle === null ? {} : { handle }),
    ...(password === null ? {} : { password }),
  });
  const ref = { tenant, account: made.account };
  const person = plain(await accounts.getPerson(call.house, ref));
  if (password !== null) return { text: `${made.address} can sign in; the name in paths is ${made.handle}.`, json: person };
  const link = await accounts.invitationLink(call.house, ref);
  const text = `${made.address} has an account; the name in paths is ${made.handle}. Hand over this link, it is valid for seven days and once:\n${link}`;
  return { text, json: { ...person, link } };
}

async function list(call: Call): Promise<Outcome> {
  const all: accounts.Person[] = [];
  for (const tenant of await numbersOf(call))
    all.push(...(await everything((cursor) => accounts.listPeople(call.house, { tenant, cursor, limit: 1_000 }))));
  const rows = all.map(({ handle, address, tenant, state, roles, name }) => {
    return [handle, address, String(tenant), state, roles.join(','), name];
  });
  const head = ['account', 'address', 'tenant', 'state', 'roles', 'name'];
  return { text: rows.length === 0 ? 'There are no accounts yet.' : table([head, ...rows]), json: { accounts: all.map(plain) } };
}

async function disable(call: Call): Promise<Outcome> {
  const { id, tenant, address } = await find(call, call.args[0] ?? '');
  await accounts.disable(call.house, { tenant, account: id }, textOf(call, 'reason') ?? '');
  const json = plain(await accounts.getPerson(call.house, { tenant, account: id }));
  return { text: `${address} is without access within a second. What they have stays.`, json };
}

async function enable(call: Call): Promise<Outcome> {
  const { id, tenant, address } = await find(call, call.args[0] ?? '');
  await accounts.enable(call.house, { tenant, account: id });
  return { text: `${address} has access again.`, json: plain(await accounts.getPerson(call.house, { tenant, account: id })) };
}

async function appPassword(call: Call): Promise<Outcome> {
  const { id, tenant, address, handle } = await find(call, call.args[0] ?? '');
  const name = textOf(call, 'name') ?? 'Command line';
  const { secret } = await accounts.createAppPasswordFor(call.house, { tenant, account: id }, name);
  const text = `App password of ${address} (user name ${handle}), shown this once:\n${secret}`;
  return { text, json: { account: handle, address, appPassword: secret } };
}

/** Commands about people. */
export const accountCommands: readonly Command[] = [
  {
    name: 'account add',
    takes: ['ADDRESS'],
    usage: '--tenant SLUG [--name NAME] [--role ROLE]… [--handle NAME] [--password-stdin]',
    meaning: 'makes an account; prints the link with which the person chooses a password, unless one is given',
    options: {
      tenant: { type: 'string' },
      name: { type: 'string' },
      handle: { type: 'string' },
      role: { type: 'string', multiple: true },
      'password-stdin': { type: 'boolean' },
    },
    run: add,
  },
  {
    name: 'account list',
    takes: [],
    usage: '[--tenant SLUG]',
    meaning: 'shows all accounts, or those of one tenant',
    options: { tenant: { type: 'string' } },
    run: list,
  },
  {
    name: 'account disable',
    takes: ['ADDRESS'],
    usage: '[--reason TEXT]',
    meaning: 'ends the access of a person within a second',
    options: { reason: { type: 'string' } },
    run: disable,
  },
  { name: 'account enable', takes: ['ADDRESS'], meaning: 'gives a disabled person their access back', run: enable },
  {
    name: 'app-password',
    takes: ['ADDRESS'],
    usage: '[--name NAME]',
    meaning: 'makes an app password for sync clients and network drives, and prints it once',
    options: { name: { type: 'string' } },
    run: appPassword,
  },
];
