import { createHash } from 'node:crypto';
import * as files from '#modules/files';
import { type DavClient, davClient, type Listing } from '../dav.ts';
import { type People, settle } from '../people.ts';
import type { Stand } from '../stand.ts';
import { Model, tokensOf } from './files.ts';
import { bytesOf, type Step } from './step.ts';
import { locksOver, type Node, type Path, type Person, people as persons, usedBytes, within } from './tree.ts';

/** Quotas of the two spaces a program works in: none, and a small one. */
const quotas = [null, 60_000] as const;

/** Runs programs against a house over HTTP and compares every step with the model. */
export type Desk = {
  /** The tenant everybody works in. */
  readonly tenant: number;
  /** Null when all went as the model says; otherwise what did not. @param before called before each step */
  run(program: readonly Step[], before?: () => void): Promise<string | null>;
};

class Mismatch extends Error {}

function expect(isFine: unknown, sentence: string): void {
  if (!isFine) throw new Mismatch(sentence);
}

type Clients = Readonly<Record<Person, DavClient>>;

/** Opens a desk at a house that is listening. */
export async function openDesk(stand: Stand, port: number): Promise<Desk> {
  const people = await settle(stand);
  const pairs = await Promise.all(persons.map(async (who) => [who, davClient(port, await people.appPassword(who))] as const));
  const clients = Object.fromEntries(pairs) as Clients;
  let count = 0;
  return {
    tenant: people.ellrich,
    run: async (program, before) => {
      count += 1;
      const session = await openSession(people, clients, count);
      try {
        return await session.run(program, before);
      } finally {
        await session.close();
      }
    },
  };
}

async function openSession(people: People, clients: Clients, number: number) {
  const model = new Model(quotas);
  const names = quotas.map((_, index) => `Raum ${number}-${index}`);
  const spaces = await Promise.all(
    model.spaces.map(({ quota, roles }, index) =>
      files.createSpace(
        people.dora,
        { name: names[index] as string, ...(quota === null ? {} : { quota }) },
        [...roles].map(([who, role]) => ({ principal: people.id[who], role })),
      ),
    ),
  );
  const session = new Session(people, clients, { model, names, ids: spaces.map(({ id }) => id) });
  return {
    run: (program: readonly Step[], before?: () => void) => session.run(program, before),
    close: async () => {
      for (const { id } of spaces) await files.removeSpace(people.dora, id);
    },
  };
}

type Ground = { readonly model: Model; readonly names: readonly string[]; readonly ids: readonly number[] };

/** One run of one program. */
class Session {
  readonly #people: People;
  readonly #clients: Clients;
  readonly #ground: Ground;
  /** The server's ids of the model's nodes. */
  readonly #fileIds = new Map<number, string>();
  readonly #etags = new Map<Node, { stamp: number; etag: string }>();
  #home: string | null = null;

  constructor(people: People, clients: Clients, ground: Ground) {
    this.#people = people;
    this.#clients = clients;
    this.#ground = ground;
  }

  async run(program: readonly Step[], before: () => void = () => {}): Promise<string | null> {
    await this.#compare();
    for (const [index, step] of program.entries()) {
      before();
      try {
        await this.#take(step);
        await this.#compare();
      } catch (error) {
        if (error instanceof Mismatch) return `step ${index + 1}, ${JSON.stringify(step)}: ${error.message}`;
        throw error;
      }
    }
    return this.#compareContents().then(
      () => null,
      (error) => `at the end: ${(error as Error).message}`,
    );
  }

  #pathOf([space, ...rest]: Path): string {
    return [this.#ground.names[space], ...rest].join('/');
  }

  async #take(step: Step): Promise<void> {
    const { model } = this.#ground;
    if (step.op === 'role') {
      await this.#changeRole(step);
      model.apply(step);
      return;
    }
    const answer = await this.#send(step);
    if (!answer) return;
    await answer.arrayBuffer();
    const token = answer.headers.get('lock-token')?.slice(1, -1) ?? '';
    const verdict = model.apply(step, () => token);
    const allowed = verdict?.statuses ?? [];
    expect(allowed.includes(answer.status), `answer ${answer.status}, the model allows ${allowed.join(', ')}`);
  }

  async #changeRole({ who, space, role }: Step & { op: 'role' }): Promise<void> {
    const id = this.#ground.ids[space] as number;
    const principal = this.#people.id[who];
    if (role !== null) await files.setMember(this.#people.dora, id, { principal, role });
    else if (this.#ground.model.spaces[space]?.roles.has(who)) await files.removeMember(this.#people.dora, id, principal);
  }

  /** Null: there is nothing to ask for. */
  async #send(step: Exclude<Step, { op: 'role' }>): Promise<Response | null> {
    const client = this.#clients[step.who];
    switch (step.op) {
      case 'put':
        return client.put(this.#pathOf(step.at), bytesOf(step), { ...(await this.#condition(step)), ...this.#ifOf(step) });
      case 'mkcol':
        return client.request('MKCOL', this.#pathOf(step.at), { headers: this.#ifOf(step) });
      case 'delete':
        return client.request('DELETE', this.#pathOf(step.at), { headers: this.#ifOf(step) });
      case 'move':
      case 'copy':
        return this.#carry(client, step);
      case 'lock':
        return this.#ground.model.find(step.who, step.at) && this.#lock(client, step);
      case 'unlock': {
        const token = this.#ground.model.lockMeant(step)?.token ?? 'urn:uuid:00000000-0000-0000-0000-000000000000';
        return client.request('UNLOCK', this.#pathOf(step.at), { headers: { 'lock-token': `<${token}>` } });
      }
      case 'restore':
      case 'purge':
        return this.#fromTrash(client, step);
      case 'version':
        return this.#bringBack(client, step);
    }
  }

  async #condition({ when, who, at }: Step & { op: 'put' }): Promise<Record<string, string>> {
    if (when === 'absent') return { 'if-none-match': '*' };
    if (when === 'stale') return { 'if-match': '"veraltet"' };
    if (when === 'always') return {};
    const node = this.#ground.model.find(who, at);
    return { 'if-match': (node && this.#etags.get(node)?.etag) ?? '"nichts"' };
  }

  /** Submits tokens without making the request depend on them: RFC 4918, 10.4.8. */
  #ifOf(step: { who: Person; tokens: boolean }): Record<string, string> {
    const tokens = tokensOf(this.#ground.model, step);
    return tokens.length === 0 ? {} : { if: `${tokens.map((token) => `(<${token}>)`).join(' ')} (Not <DAV:no-lock>)` };
  }

  #carry(client: DavClient, step: Step & { op: 'move' | 'copy' }): Promise<Response> {
    const destination = client.home + this.#pathOf(step.to).split('/').map(encodeURIComponent).join('/');
    const headers = { destination, overwrite: step.overwrites ? 'T' : 'F', ...this.#ifOf(step) };
    return client.request(step.op.toUpperCase(), this.#pathOf(step.at), { headers });
  }

  #lock(client: DavClient, { at, isShared, isInfinite }: Step & { op: 'lock' }): Promise<Response> {
    const scope = isShared ? 'shared' : 'exclusive';
    const body = `<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:${scope}/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockinfo>`;
    return client.request('LOCK', this.#pathOf(at), { body, headers: { depth: isInfinite ? 'infinity' : '0' } });
  }

  async #fromTrash(client: DavClient, step: Step & { op: 'restore' | 'purge' }): Promise<Response | null> {
    const node = this.#ground.model.trashMeant(step);
    if (!node) return null;
    const trash = client.home.replace('/files/', '/trashbin/');
    const address = `${trash}trash/${node.name}.d${this.#fileIds.get(node.id)}`;
    if (step.op === 'purge') return client.request('DELETE', address);
    return client.request('MOVE', address, { headers: { destination: `${trash}restore/x` } });
  }

  async #bringBack(client: DavClient, { who, at, pick }: Step & { op: 'version' }): Promise<Response | null> {
    const node = this.#ground.model.find(who, at);
    if (!node?.content || node.versions.length === 0) return null;
    const versions = await this.#versionsOf(node);
    const chosen = versions[pick % node.versions.length]?.href.split('/').at(-1);
    const base = client.home.replace('/files/', '/versions/');
    const address = `${base}versions/${this.#fileIds.get(node.id)}/${chosen}`;
    return client.request('MOVE', address, { headers: { destination: `${base}restore/target` } });
  }

  async #versionsOf(node: Node): Promise<Listing> {
    const { dora } = this.#clients;
    const base = `${dora.home.replace('/files/', '/versions/')}versions/${this.#fileIds.get(node.id)}`;
    return (await dora.propfind(base, ['d:getcontentlength'], '1')).slice(1);
  }

  /** Everything Dora, who manages both spaces, can see, against the model. */
  async #compare(): Promise<void> {
    const { model } = this.#ground;
    const before = model.spaces.map(({ root }) => this.#etags.get(root)?.etag).join();
    for (const [index, { root }] of model.spaces.entries()) await this.#compareFolder(root, this.#pathOf([index]));
    const after = model.spaces.map(({ root }) => this.#etags.get(root)?.etag).join();
    const home = await this.#clients.dora.etag('');
    expect(
      this.#home === null || (home === this.#home) === (before === after),
      'the root folder’s ETag does not follow the spaces’',
    );
    this.#home = home;
    await this.#compareTrash();
  }

  async #compareFolder(folder: Node, path: string): Promise<void> {
    const wanted = ['oc:fileid', 'd:getetag', 'oc:checksums', 'd:getcontentlength', 'd:lockdiscovery', 'd:quota-used-bytes'];
    const [self, ...entries] = await this.#clients.dora.propfind(path, wanted, '1');
    if (!folder.parent) {
      this.#compareEntry(folder, self?.found ?? {}, path);
      expect(
        self?.found['d:quota-used-bytes'] === String(usedBytes(folder.space)),
        `${path}: ${self?.found['d:quota-used-bytes']} bytes used, should be ${usedBytes(folder.space)}`,
      );
    }
    const seen = new Map(
      entries.map(({ href, found }) => [decodeURIComponent(href.replace(/\/$/, '').split('/').at(-1) as string), found]),
    );
    const [is, should] = [[...seen.keys()].sort().join(', '), [...folder.children.keys()].sort().join(', ')];
    expect(is === should, `${path} holds ${is || 'nothing'}, should hold ${should || 'nothing'}`);
    for (const [name, child] of folder.children) {
      this.#compareEntry(child, seen.get(name) ?? {}, `${path}/${name}`);
      if (child.content === null) await this.#compareFolder(child, `${path}/${name}`);
    }
  }

  #compareEntry(node: Node, found: Readonly<Record<string, string>>, path: string): void {
    const id = found['oc:fileid'] as string;
    const known = this.#fileIds.get(node.id);
    expect(known === undefined || known === id, `${path} has the id ${id}, had ${known}`);
    this.#fileIds.set(node.id, id);
    const sha1 = /SHA1:(\w+)/.exec(found['oc:checksums'] ?? '')?.[1];
    const isFile = found['d:getcontentlength'] !== undefined;
    expect(isFile === (node.content !== null), `${path} is ${isFile ? 'a file' : 'a folder'}`);
    expect(
      !node.content || (node.content.sha1 === sha1 && String(node.content.size) === found['d:getcontentlength']),
      `${path} has another content`,
    );
    this.#compareEtag(node, (found['d:getetag'] ?? '').replaceAll('&quot;', '"'), path);
    const tokens = [...(found['d:lockdiscovery'] ?? '').matchAll(/<d:locktoken><d:href>(.*?)<\/d:href>/g)].map(
      ([, token]) => token,
    );
    const held = locksOver(node).map(({ token }) => token);
    expect(
      tokens.sort().join() === held.sort().join(),
      `${path} is locked by ${tokens.join(', ') || 'nobody'}, should be by ${held.join(', ') || 'nobody'}`,
    );
  }

  #compareEtag(node: Node, etag: string, path: string): void {
    const last = this.#etags.get(node);
    node.stamp ??= -node.id;
    if (last && node.stamp > 0 && last.stamp > 0) {
      const [isNew, shouldBeNew] = [last.etag !== etag, last.stamp !== node.stamp];
      expect(
        isNew === shouldBeNew,
        `${path} ${shouldBeNew ? 'keeps its ETag although it changed' : 'has another ETag although it did not change'}`,
      );
    }
    this.#etags.set(node, { stamp: node.stamp, etag });
  }

  async #compareTrash(): Promise<void> {
    const trash = `${this.#clients.dora.home.replace('/files/', '/trashbin/')}trash`;
    const listing = (await this.#clients.dora.propfind(trash, ['oc:fileid', 'nc:trashbin-filename'], '1')).slice(1);
    const is = listing.map(({ found }) => `${found['nc:trashbin-filename']} ${found['oc:fileid']}`).sort();
    const should = this.#ground.model
      .trashed()
      .map((node) => `${node.name} ${this.#fileIds.get(node.id)}`)
      .sort();
    expect(is.join() === should.join(), `the trash holds ${is.join(', ')}, should hold ${should.join(', ')}`);
  }

  /** Every byte and every version, once at the end. */
  async #compareContents(): Promise<void> {
    const { model } = this.#ground;
    for (const [index, { root }] of model.spaces.entries()) {
      for (const node of within(root)) {
        if (!node.content) continue;
        const path = [this.#pathOf([index]), ...namesOf(node)].join('/');
        const body = await (await this.#clients.dora.get(path)).arrayBuffer();
        expect(
          createHash('sha1').update(new Uint8Array(body)).digest('hex') === node.content.sha1,
          `${path} reads as something else`,
        );
        const is = (await this.#versionsOf(node)).map(({ found }) => found['d:getcontentlength']).join();
        expect(is === node.versions.map(({ size }) => size).join(), `${path} has the versions ${is}`);
      }
    }
    for (const who of persons) await this.#compareMounts(who);
  }

  /** Who has a role in a space finds it in their root folder, and nobody else does. */
  async #compareMounts(who: Person): Promise<void> {
    const { model, names } = this.#ground;
    const found = (await this.#clients[who].propfind('', ['oc:fileid'], '1')).map(({ href }) => decodeURIComponent(href));
    for (const [index, { roles }] of model.spaces.entries()) {
      const isThere = found.some((href) => href.endsWith(`/${names[index]}/`));
      expect(isThere === roles.has(who), `${who} ${isThere ? 'sees' : 'does not see'} ${names[index]}`);
    }
  }
}

function namesOf(node: Node): string[] {
  return node.parent ? [...namesOf(node.parent), node.name] : [];
}
