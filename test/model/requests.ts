import type { DavClient } from '../dav.ts';
import { bytesOf, type Step } from './step.ts';
import type { Path } from './tree.ts';

/** Steps as requests over HTTP. */

/** What people ask the server for; the rest is done through the door of the room. */
export type Asked = Exclude<Step, { op: 'role' | 'quota' }>;

/** What a request carries beyond its step, in the words of the server: what its client knew when it sent it. */
export type Aim = {
  /** Tokens of the person's locks. */
  readonly tokens: readonly string[];
  /** Tokens of locks of others: RFC 4918, 6.4, whoever can read a file can read them. */
  readonly strange: readonly string[];
  /** For `If-Match`. */
  readonly etag: string | null;
  /** The token an UNLOCK names. */
  readonly unlocks: string | null;
  /** Name in the trash. */
  readonly trashed: string | null;
  readonly version: { readonly file: string; readonly name: string } | null;
};

export const noAim: Aim = { tokens: [], strange: [], etag: null, unlocks: null, trashed: null, version: null };

type PathOf = (path: Path) => string;

/** Null: there is nothing to ask for. */
export async function sendStep(client: DavClient, pathOf: PathOf, step: Asked, aim: Aim): Promise<Response | null> {
  const headers = { ...ifOf([...aim.tokens, ...aim.strange]), ...conditionOf(step, aim) };
  switch (step.op) {
    case 'put': {
      const all = { ...headers, ...(step.modified === null ? {} : { 'x-oc-mtime': String(step.modified) }) };
      if (step.chunks > 0 && step.size > 0) return putInChunks(client, pathOf(step.at), step, all);
      return client.put(pathOf(step.at), bytesOf(step), all);
    }
    case 'mkcol':
    case 'delete':
      return client.request(step.op.toUpperCase(), pathOf(step.at), { headers });
    case 'move':
    case 'copy': {
      const destination = addressOf(client, pathOf(step.to));
      const all = { ...headers, destination, overwrite: step.overwrites ? 'T' : 'F', ...(step.isAlone ? { depth: '0' } : {}) };
      return client.request(step.op.toUpperCase(), pathOf(step.at), { headers: all });
    }
    case 'mark':
      return client.request('PROPPATCH', pathOf(step.at), { body: markBody(step.value), headers });
    case 'lock':
      return lock(client, pathOf(step.at), step, headers);
    case 'unlock': {
      const token = aim.unlocks ?? 'urn:uuid:00000000-0000-0000-0000-000000000000';
      return client.request('UNLOCK', pathOf(step.at), { headers: { 'lock-token': `<${token}>` } });
    }
    case 'restore':
    case 'purge':
      return aim.trashed === null ? null : fromTrash(client, step.op, aim.trashed);
    case 'version':
      return aim.version && bringBack(client, aim.version);
  }
}

const addressOf = (client: DavClient, path: string) => client.home + path.split('/').map(encodeURIComponent).join('/');

/** Submits tokens without making the request depend on them: RFC 4918, 10.4.8. */
function ifOf(tokens: readonly string[]): Record<string, string> {
  return tokens.length === 0 ? {} : { if: `${tokens.map((token) => `(<${token}>)`).join(' ')} (Not <DAV:no-lock>)` };
}

function conditionOf(step: Asked, { etag }: Aim): Record<string, string> {
  const when = 'when' in step ? step.when : 'always';
  if (when === 'absent') return { 'if-none-match': '*' };
  if (when === 'stale') return { 'if-match': '"veraltet"' };
  return when === 'always' ? {} : { 'if-match': etag ?? '"nichts"' };
}

/** The dead property of the model. */
function markBody(value: string | null): string {
  const [what, element] = value === null ? ['remove', '<t:mark/>'] : ['set', `<t:mark>${value}</t:mark>`];
  return `<d:propertyupdate xmlns:d="DAV:" xmlns:t="urn:test"><d:${what}><d:prop>${element}</d:prop></d:${what}></d:propertyupdate>`;
}

let uploads = 0;

/** As newer clients do it; what is refused is given up, so that it does not count as unfinished. */
async function putInChunks(
  client: DavClient,
  path: string,
  step: Step & { op: 'put' },
  headers: Record<string, string>,
): Promise<Response> {
  uploads += 1;
  const folder = `${client.home.replace('/files/', '/uploads/')}modell-${uploads}`;
  const destination = addressOf(client, path);
  const about = { destination, 'oc-total-length': String(step.size) };
  const begun = await client.request('MKCOL', folder, { headers: about });
  if (begun.status !== 201) return begun;
  await begun.arrayBuffer();
  const sent = await sendChunks(client, folder, step);
  const answer = sent ?? (await client.request('MOVE', `${folder}/.file`, { headers: { ...headers, ...about } }));
  if (answer.status >= 400) await client.status('DELETE', folder);
  return answer;
}

/** Null when all arrived. */
async function sendChunks(client: DavClient, folder: string, step: Step & { op: 'put' }): Promise<Response | null> {
  const [bytes, each] = [bytesOf(step), Math.ceil(step.size / step.chunks)];
  for (let from = 0; from < step.size; from += each) {
    const answer = await client.put(`${folder}/${1 + from / each}`, bytes.subarray(from, from + each));
    if (answer.status !== 201) return answer;
    await answer.arrayBuffer();
  }
  return null;
}

function lock(
  client: DavClient,
  path: string,
  { isShared, isInfinite }: Step & { op: 'lock' },
  headers: Record<string, string>,
): Promise<Response> {
  const scope = isShared ? 'shared' : 'exclusive';
  const body = `<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:${scope}/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockinfo>`;
  return client.request('LOCK', path, { body, headers: { ...headers, depth: isInfinite ? 'infinity' : '0' } });
}

function fromTrash(client: DavClient, op: 'restore' | 'purge', name: string): Promise<Response> {
  const trash = client.home.replace('/files/', '/trashbin/');
  const address = `${trash}trash/${name}`;
  if (op === 'purge') return client.request('DELETE', address);
  return client.request('MOVE', address, { headers: { destination: `${trash}restore/x` } });
}

function bringBack(client: DavClient, { file, name }: { file: string; name: string }): Promise<Response> {
  const base = client.home.replace('/files/', '/versions/');
  return client.request('MOVE', `${base}versions/${file}/${name}`, { headers: { destination: `${base}restore/target` } });
}

/** The token of a lock that was given. */
export function tokenOf(answer: Response): string {
  return answer.headers.get('lock-token')?.slice(1, -1) ?? '';
}

/** Earlier contents of a file, newest first: their names and sizes. */
export async function versionsOf(client: DavClient, file: string): Promise<{ name: string; size: string }[]> {
  const base = `${client.home.replace('/files/', '/versions/')}versions/${file}`;
  const [, ...found] = await client.propfind(base, ['d:getcontentlength'], '1');
  return found.map(({ href, found: values }) => ({
    name: href.split('/').at(-1) as string,
    size: values['d:getcontentlength'] as string,
  }));
}

export function readVersion(client: DavClient, { file, name }: { file: string; name: string }): Promise<Response> {
  return client.request('GET', `${client.home.replace('/files/', '/versions/')}versions/${file}/${name}`);
}

export type InTrash = { readonly name: string; readonly id: string };

/** What lies in the trash of all spaces somebody sees. */
export async function trashOf(client: DavClient): Promise<InTrash[]> {
  const trash = `${client.home.replace('/files/', '/trashbin/')}trash`;
  const [, ...listing] = await client.propfind(trash, ['oc:fileid', 'nc:trashbin-filename'], '1');
  return listing.map(({ found }) => ({ name: found['nc:trashbin-filename'] as string, id: found['oc:fileid'] as string }));
}

/** Tokens a `lockdiscovery` names, sorted. */
export function tokensIn(lockdiscovery = ''): string[] {
  return [...lockdiscovery.matchAll(/<d:locktoken><d:href>(.*?)<\/d:href>/g)].map(([, token]) => token as string).sort();
}
