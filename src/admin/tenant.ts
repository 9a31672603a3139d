import * as tenants from '#modules/tenants';
import type { Page } from '#platform/page';
import { type Call, type Command, needed, type Outcome, table, textOf, textsOf, UsageError } from './command.ts';

/** As scripts see a tenant. */
const plain = ({ tenant, slug, kind, name, parent, state, quota, hosts, municipalityKey }: tenants.Tenant) => ({
  tenant,
  slug,
  kind,
  name,
  parent,
  state,
  quota,
  hosts,
  municipalityKey,
});

async function bySlug({ house }: Call, slug: string): Promise<tenants.Tenant> {
  return tenants.getBySlug(house, slug);
}

/** All pages of a list, one after the other. */
export async function everything<Item>(read: (cursor: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page<Item> = await read(cursor);
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = page.next;
  }
}

function quotaOf(call: Call): number | null {
  const text = textOf(call, 'quota');
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw new UsageError('--quota takes a whole number of bytes.');
  return Number(text);
}

async function add(call: Call): Promise<Outcome> {
  const [slug = ''] = call.args;
  const isFirst = (await tenants.tenantNumbers(call.platform)).length === 0;
  const kind = textOf(call, 'kind') ?? (isFirst ? 'provider' : 'authority');
  const above = textOf(call, 'parent');
  const tenant = await tenants.create(call.house, {
    slug,
    kind,
    name: needed(call, 'name'),
    quota: quotaOf(call),
    hosts: textsOf(call, 'domain'),
    municipalityKey: textOf(call, 'key'),
    parent: above === null ? null : (await bySlug(call, above)).tenant,
  });
  const made = await tenants.get(call.house, tenant);
  return { text: `Tenant ${made.slug} (${made.name}) has the number ${tenant}.`, json: plain(made) };
}

async function list({ house }: Call): Promise<Outcome> {
  const all = await everything((cursor) => tenants.list(house, { cursor }));
  const slugOf = new Map(all.map(({ tenant, slug }) => [tenant, slug]));
  const rows = all.map(({ tenant, slug, kind, parent, state, name }) => {
    const above = parent === null ? '' : (slugOf.get(parent) ?? '');
    return [String(tenant), slug, kind, above, state, name];
  });
  const head = ['number', 'slug', 'kind', 'below', 'state', 'name'];
  return { text: rows.length === 0 ? 'There are no tenants yet.' : table([head, ...rows]), json: { tenants: all.map(plain) } };
}

async function suspend(call: Call): Promise<Outcome> {
  const { tenant, name } = await bySlug(call, call.args[0] ?? '');
  await tenants.suspend(call.house, tenant, needed(call, 'reason'));
  const text = `${name} is suspended: within a second none of its people has access. Nothing was deleted.`;
  return { text, json: plain(await tenants.get(call.house, tenant)) };
}

async function resume(call: Call): Promise<Outcome> {
  const { tenant, name } = await bySlug(call, call.args[0] ?? '');
  await tenants.resume(call.house, tenant);
  return { text: `The people of ${name} have access again.`, json: plain(await tenants.get(call.house, tenant)) };
}

/** Commands about tenants. */
export const tenantCommands: readonly Command[] = [
  {
    name: 'tenant add',
    takes: ['SLUG'],
    usage: '--name NAME [--kind KIND] [--parent SLUG] [--key AGS] [--quota BYTES] [--domain HOST]…',
    meaning: `makes a tenant; kinds: ${tenants.tenantKinds.join(', ')}; the first one is the provider`,
    options: {
      name: { type: 'string' },
      kind: { type: 'string' },
      parent: { type: 'string' },
      key: { type: 'string' },
      quota: { type: 'string' },
      domain: { type: 'string', multiple: true },
    },
    run: add,
  },
  { name: 'tenant list', takes: [], meaning: 'shows all tenants', run: list },
  {
    name: 'tenant suspend',
    takes: ['SLUG'],
    usage: '--reason TEXT',
    meaning: 'ends the access of all its people within a second',
    options: { reason: { type: 'string' } },
    run: suspend,
  },
  { name: 'tenant resume', takes: ['SLUG'], meaning: 'gives the people of a suspended tenant their access back', run: resume },
];
