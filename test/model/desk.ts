import { createHash } from 'node:crypto';
import { type DavClient, davClient } from '../dav.ts';
import { type People, settle } from '../people.ts';
import type { Stand } from '../stand.ts';
import { tokensOf } from './files.ts';
import { type Follower, openFollower } from './follower.ts';
import { change, closeGround, type Ground, openGround, quotas } from './ground.ts';
import { type Aim, type Asked, noAim, readVersion, sendStep, tokenOf, tokensIn, trashOf, versionsOf } from './requests.ts';
import type { Step } from './step.ts';
import {
  currentBytes,
  locksOver,
  type Node,
  namesOf,
  type Path,
  type Person,
  people as persons,
  type Space,
  usedBytes,
  within,
} from './tree.ts';

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
  const ground = await openGround(people, `Raum ${number}`);
  const followers = await Promise.all(ground.names.map((name) => openFollower(people.dora, name)));
  const session = new Session({ people, clients, ground, followers });
  return {
    run: (program: readonly Step[], before?: () => void) => session.run(program, before),
    close: () => closeGround(people, ground),
  };
}

/** After so many steps both spaces are looked at, otherwise those the step is about: looking takes most of the time. */
const wholeEvery = 6;
const everywhere = quotas.map((_, number) => number);

/** The spaces a step may change. */
function placesOf(step: Step): readonly number[] {
  if ('to' in step) return [...new Set([step.at[0], step.to[0]])];
  return 'at' in step ? [step.at[0]] : everywhere;
}

const wanted = [
  'oc:fileid',
  'd:getetag',
  'oc:checksums',
  'oc:size',
  'd:getlastmodified',
  't:mark',
  'd:getcontentlength',
  'd:lockdiscovery',
  'd:quota-used-bytes',
];

const hashOf = async (answer: Response) =>
  createHash('sha1')
    .update(new Uint8Array(await answer.arrayBuffer()))
    .digest('hex');

type Scene = {
  readonly people: People;
  readonly clients: Clients;
  readonly ground: Ground;
  /** Of each space. */
  readonly followers: readonly Follower[];
};

/** One run of one program. */
class Session {
  readonly #people: People;
  readonly #clients: Clients;
  readonly #ground: Ground;
  readonly #followers: readonly Follower[];
  /** The server's ids of the model's nodes. */
  readonly #fileIds = new Map<number, string>();
  readonly #etags = new Map<Node, { stamp: number; etag: string }>();
  #home: string | null = null;

  constructor({ people, clients, ground, followers }: Scene) {
    this.#people = people;
    this.#clients = clients;
    this.#ground = ground;
    this.#followers = followers;
  }

  async run(program: readonly Step[], before: () => void = () => {}): Promise<string | null> {
    await this.#compare(everywhere);
    for (const [index, step] of program.entries()) {
      before();
      try {
        await this.#take(step);
        await this.#compare((index + 1) % wholeEvery === 0 ? everywhere : placesOf(step));
      } catch (error) {
        if (error instanceof Mismatch) return `step ${index + 1}, ${JSON.stringify(step)}: ${error.message}`;
        throw error;
      }
    }
    return this.#compareAll().then(
      () => null,
      (error) => `at the end: ${(error as Error).message}`,
    );
  }

  #pathOf([space, ...rest]: Path): string {
    return [this.#ground.names[space], ...rest].join('/');
  }

  async #take(step: Step): Promise<void> {
    const { model } = this.#ground;
    if (step.op === 'role' || step.op === 'quota') {
      await change(this.#people, this.#ground, step);
      model.apply(step);
      return;
    }
    const answer = await sendStep(this.#clients[step.who], (path) => this.#pathOf(path), step, await this.#aimOf(step));
    if (!answer) return;
    await answer.arrayBuffer();
    const verdict = model.apply(step, { token: tokenOf(answer), status: answer.status });
    const allowed = verdict?.statuses ?? [];
    expect(allowed.includes(answer.status), `answer ${answer.status}, the model allows ${allowed.join(', ')}`);
  }

  async #aimOf(step: Asked): Promise<Aim> {
    const { model } = this.#ground;
    const tokens = 'tokens' in step ? tokensOf(model, step) : [];
    const all = 'tokens' in step && step.tokens === 'all' ? model.spaces.flatMap(({ locks }) => locks) : [];
    const strange = all.filter(({ person }) => person !== step.who).map(({ token }) => token);
    if ('when' in step) {
      const node = model.find(step.who, step.at);
      return { ...noAim, tokens, strange, etag: (node && this.#etags.get(node)?.etag) ?? null };
    }
    if (step.op === 'unlock') return { ...noAim, unlocks: model.lockMeant(step)?.token ?? null };
    if (step.op === 'restore' || step.op === 'purge') {
      const node = model.trashMeant(step);
      return { ...noAim, trashed: node && `${node.name}.d${this.#fileIds.get(node.id)}` };
    }
    return step.op === 'version' ? { ...noAim, version: await this.#versionMeant(step) } : noAim;
  }

  async #versionMeant({ who, at, pick }: Step & { op: 'version' }): Promise<Aim['version']> {
    const node = this.#ground.model.find(who, at);
    if (!node?.content || node.versions.length === 0) return null;
    const file = this.#fileIds.get(node.id) as string;
    const name = (await versionsOf(this.#clients.dora, file))[pick % node.versions.length]?.name ?? '';
    return { file, name };
  }

  async #compareAll(): Promise<void> {
    await this.#compare(everywhere);
    await this.#compareContents();
  }

  /** Everything Dora, who manages both spaces, can see of some of them, against the model. */
  async #compare(places: readonly number[]): Promise<void> {
    const { model } = this.#ground;
    const spaces = places.map((number) => model.spaces[number] as Space);
    const before = model.spaces.map(({ root }) => this.#etags.get(root)?.etag).join();
    for (const { root, number } of spaces) await this.#compareFolder(root, this.#pathOf([number]));
    const after = model.spaces.map(({ root }) => this.#etags.get(root)?.etag).join();
    const home = await this.#clients.dora.etag('');
    expect(
      this.#home === null || (home === this.#home) === (before === after),
      'the root folder’s ETag does not follow the spaces’',
    );
    this.#home = home;
    await this.#compareTrash();
    for (const space of spaces) {
      const difference = await this.#followers[space.number]?.follow(space);
      expect(difference === null, `${this.#pathOf([space.number])}: ${difference}`);
    }
  }

  async #compareFolder(folder: Node, path: string): Promise<void> {
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
    expect(
      found['oc:size'] === String(currentBytes(node)),
      `${path} has ${found['oc:size']} bytes, should have ${currentBytes(node)}`,
    );
    expect((found['x:mark'] ?? null) === node.mark, `${path} bears the mark ${found['x:mark']}, should bear ${node.mark}`);
    this.#compareTime(node, found['d:getlastmodified'] ?? '', path);
    this.#compareEtag(node, (found['d:getetag'] ?? '').replaceAll('&quot;', '"'), path);
    const tokens = tokensIn(found['d:lockdiscovery']);
    const held = locksOver(node).map(({ token }) => token);
    expect(
      tokens.join() === held.sort().join(),
      `${path} is locked by ${tokens.join(', ') || 'nobody'}, should be by ${held.join(', ') || 'nobody'}`,
    );
  }

  #compareTime({ content }: Node, found: string, path: string): void {
    const wanted = content?.modified ?? null;
    expect(wanted === null || Date.parse(found) === wanted, `${path} was modified ${found}, should be ${new Date(wanted ?? 0)}`);
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
    const is = (await trashOf(this.#clients.dora)).map(({ name, id }) => `${name} ${id}`).sort();
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
        expect((await hashOf(await this.#clients.dora.get(path))) === node.content.sha1, `${path} reads as something else`);
        const file = this.#fileIds.get(node.id) as string;
        const versions = await versionsOf(this.#clients.dora, file);
        const is = await Promise.all(
          versions.map(async ({ name }) => hashOf(await readVersion(this.#clients.dora, { file, name }))),
        );
        const should = node.versions.map(({ sha1 }) => sha1);
        expect(is.join() === should.join(), `${path} has the versions ${is}, should have ${should}`);
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
