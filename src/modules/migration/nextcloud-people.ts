import type { IncomingMessage } from 'node:http';
import { type ImportReport, importPeople } from '#modules/accounts';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { type Client, type ClientOptions, type Credentials, openClient, unreachable } from './http-client.ts';
import { eachLimited } from './many.ts';
import { authorize } from './transfer.ts';

/** Users asked for at once, and most of them altogether: more cannot be taken into one table. */
const limits = { page: 500, users: 5_000, parallel: 6, answerBytes: 16_777_216 };

/** Somebody at the Nextcloud. */
type User = { readonly id: string; readonly address: string; readonly name: string; readonly groups: readonly string[] };

type Row = Readonly<Record<string, unknown>>;

const asRow = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {});
const asText = (value: unknown) => (typeof value === 'string' ? value : '');
const asTexts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

async function textOf(answer: IncomingMessage, host: string): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > limits.answerBytes) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw unreachable(host, error as NodeJS.ErrnoException);
  }
  if (bytes > limits.answerBytes) throw new Failure('conflict', 'migration.badListing', { detail: 'too long' });
  return Buffer.concat(pieces).toString();
}

/** One answer of the provisioning API; its data. */
async function askOcs(client: Client, path: string): Promise<Row> {
  const answer = await client.ask(`/ocs/v2.php/cloud/${path}`, { method: 'GET', headers: { 'ocs-apirequest': 'true' } });
  const text = await textOf(answer, client.origin);
  try {
    return asRow(asRow(asRow(JSON.parse(text)).ocs).data);
  } catch {
    throw new Failure('conflict', 'migration.badListing', { detail: 'no JSON' });
  }
}

// https://docs.nextcloud.com/server/latest/admin_manual/configuration_user/instruction_set_for_users.html
async function readUsers(client: Client): Promise<User[]> {
  const ids = new Set<string>();
  for (let offset = 0; ; offset += limits.page) {
    const page = asTexts((await askOcs(client, `users?format=json&limit=${limits.page}&offset=${offset}`)).users);
    const before = ids.size;
    for (const id of page) ids.add(id);
    ensure(ids.size <= limits.users, 'tooLarge', 'migration.tooManyUsers', { limit: limits.users });
    // A server that ignores the offset gives the same page for ever.
    if (page.length < limits.page || ids.size === before) break;
  }
  return eachLimited([...ids], limits.parallel, async (id) => {
    const data = await askOcs(client, `users/${encodeURIComponent(id)}?format=json`);
    const name = asText(data.displayname) || asText(data['display-name']) || id;
    return { id, address: asText(data.email), name, groups: asTexts(data.groups) };
  });
}

const quoted = (text: string) => `"${text.replaceAll('"', '""').replace(/[\r\n]/g, ' ')}"`;

/** Groups stand in one cell, so the characters between them cannot be in a name. */
const groupName = (name: string) => name.replace(/[|;,]/g, ' ');

function tableOf(users: readonly User[]): string {
  const rows = users.map(({ id, address, name, groups }) => [address, name, id, groups.map(groupName).join('|')]);
  return [['address', 'name', 'handle', 'groups'], ...rows].map((row) => row.map(quoted).join(',')).join('\n');
}

export type PeopleInput = {
  readonly url: string;
  /** Of an administrator there. */
  readonly credentials: Credentials;
  readonly tenant: number;
  readonly dryRun: boolean;
  readonly client?: ClientOptions;
};

/**
 * Takes the users of a Nextcloud and their groups into a tenant, as `accounts.importPeople` takes a table: a verdict for each,
 * whoever has no address there is refused. Nobody gets a mail: that is for the day of the change.
 * Throws `tooLarge` beyond 5,000 users.
 */
export async function importNextcloudPeople(ctx: Context, input: PeopleInput): Promise<ImportReport> {
  authorize(ctx.actor, 'migrate', null);
  const url = URL.parse(input.url);
  ensure(url, 'invalid', 'migration.badAddress', { address: input.url });
  const client = openClient(url, input.credentials, { parallel: limits.parallel, ...input.client });
  try {
    const csv = Buffer.from(tableOf(await readUsers(client)));
    return await importPeople(ctx, { tenant: input.tenant, csv, dryRun: input.dryRun, sendsMail: false });
  } finally {
    client.close();
  }
}
