import * as files from '#modules/files';
import type { Random } from '../chaos/random.ts';
import { type DavClient, davClient } from '../dav.ts';
import { type People, settle } from '../people.ts';
import type { Stand } from '../stand.ts';
import { Model } from './files.ts';
import { makeProgram } from './programs.ts';
import { bytesOf, type Step } from './step.ts';
import { type Node, type Path, type Person, people as persons, usedBytes } from './tree.ts';

/**
 * Several clients at once: in every round steps of different people are sent together, and what comes of it, answers and tree, has to
 * be what some order of these steps gives. Where several orders give the same, all of them stay possible.
 */

/** Steps whose request does not depend on what is there, so that no order has to be known to send them. */
export type Free = Extract<Step, { op: 'put' | 'mkcol' | 'delete' | 'move' | 'copy' }>;
export type Round = readonly Free[];

const isFree = (step: Step): step is Free => ['put', 'mkcol', 'delete', 'move', 'copy'].includes(step.op);

/** A program of so many rounds of two or three steps. */
export function makeRounds(random: Random, count: number): Round[] {
  const steps = makeProgram(random, count * 8)
    .filter(isFree)
    .map((step) => ({
      ...step,
      tokens: false,
      ...(step.op === 'put' && step.when !== 'absent' ? { when: 'always' as const } : {}),
    }));
  return Array.from({ length: count }, (_, round) => steps.splice(0, round === 0 ? 1 : 2 + random.below(2))).filter(
    (round) => round.length > 0,
  );
}

function orders<T>(all: readonly T[]): T[][] {
  return all.length < 2 ? [[...all]] : all.flatMap((one, at) => orders(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}

const quotas = [null, 60_000] as const;

/** More than so many different pasts nobody needs to keep: then the program ends early. */
const mostPasts = 60;

type Past = readonly Free[];
type Answered = { readonly step: Free; readonly status: number };

function modelOf(past: Past): Model {
  const model = new Model(quotas);
  for (const step of past) model.apply(step);
  return model;
}

/** What the model holds, as text: everything a reader sees. */
function stateOf({ spaces }: Model): string {
  const lines = (node: Node, path: string): string[] => [
    `${path} ${node.content?.sha1 ?? '/'}`,
    ...[...node.children.values()].flatMap((child) => lines(child, `${path}/${child.name}`)),
  ];
  const trash = spaces.flatMap((space) => [...space.trash.keys()].map(({ name }) => name)).sort();
  return [
    ...spaces.flatMap((space) => [`${space.number} ${usedBytes(space)}`, ...lines(space.root, String(space.number))]).sort(),
    ...trash,
  ].join('\n');
}

/** The pasts that are possible after a round: those before it, each with every order that gives these answers and this state. */
function pastsAfter(before: readonly Past[], answered: readonly Answered[], state: string): Past[] {
  return before.flatMap((past) =>
    orders(answered).flatMap((order) => {
      const model = modelOf(past);
      const isSo = order.every(({ step, status }) => model.apply(step)?.statuses.includes(status));
      return isSo && stateOf(model) === state ? [[...past, ...order.map(({ step }) => step)]] : [];
    }),
  );
}

type Clients = Readonly<Record<Person, DavClient>>;

/** Runs rounds against a house over HTTP. */
export type OverlapDesk = {
  readonly tenant: number;
  /** Null when every round gave what some order gives; otherwise what did not. */
  run(program: readonly Round[]): Promise<string | null>;
};

export async function openOverlapDesk(stand: Stand, port: number): Promise<OverlapDesk> {
  const people = await settle(stand);
  const pairs = await Promise.all(persons.map(async (who) => [who, davClient(port, await people.appPassword(who))] as const));
  const clients = Object.fromEntries(pairs) as Clients;
  let count = 0;
  const run = async (program: readonly Round[]) => {
    count += 1;
    const spaces = await openSpaces(people, count);
    try {
      return await runRounds(clients, spaces.names, program);
    } finally {
      for (const id of spaces.ids) await files.removeSpace(people.dora, id);
    }
  };
  return { tenant: people.ellrich, run };
}

async function openSpaces(people: People, number: number) {
  const names = quotas.map((_, index) => `Gleichzeitig ${number}-${index}`);
  const made = new Model(quotas).spaces.map(({ quota, roles }, index) =>
    files.createSpace(
      people.dora,
      { name: names[index] as string, ...(quota === null ? {} : { quota }) },
      [...roles].map(([who, role]) => ({ principal: people.id[who], role })),
    ),
  );
  return { names, ids: (await Promise.all(made)).map(({ id }) => id) };
}

async function runRounds(clients: Clients, names: readonly string[], program: readonly Round[]): Promise<string | null> {
  const pathOf = ([space, ...rest]: Path) => [names[space], ...rest].join('/');
  let pasts: Past[] = [[]];
  for (const [index, round] of program.entries()) {
    const answered = await Promise.all(round.map(async (step) => ({ step, status: await send(clients, pathOf, step) })));
    const state = await look(clients.dora, names);
    const after = pastsAfter(pasts, answered, state);
    const said = () => answered.map(({ step, status }) => `  ${status} ${JSON.stringify(step)}`).join('\n');
    if (after.length === 0) return `round ${index + 1}: no order gives these answers and this tree\n${said()}\n${state}`;
    const known = new Map(after.map((past) => [hiddenOf(modelOf(past)), past]));
    pasts = [...known.values()];
    if (pasts.length > mostPasts) return null;
  }
  return null;
}

/** What steps to come may depend on, beyond what is seen: versions count against the quota once they are replaced. */
function hiddenOf(model: Model): string {
  const versions = (node: Node): string[] => [
    node.versions.map(({ sha1 }) => sha1).join(),
    ...[...node.children.values()].flatMap(versions),
  ];
  return `${stateOf(model)}\n${model.spaces.flatMap(({ root, trash }) => [root, ...trash.keys()].flatMap(versions)).join(' ')}`;
}

async function send(clients: Clients, pathOf: (path: Path) => string, step: Free): Promise<number> {
  const client = clients[step.who];
  const answer = await request(client, pathOf, step);
  await answer.arrayBuffer();
  return answer.status;
}

function request(client: DavClient, pathOf: (path: Path) => string, step: Free): Promise<Response> {
  switch (step.op) {
    case 'put':
      return client.put(pathOf(step.at), bytesOf(step), step.when === 'absent' ? { 'if-none-match': '*' } : {});
    case 'mkcol':
    case 'delete':
      return client.request(step.op === 'mkcol' ? 'MKCOL' : 'DELETE', pathOf(step.at));
    case 'move':
    case 'copy': {
      const destination = client.home + pathOf(step.to).split('/').map(encodeURIComponent).join('/');
      const headers = { destination, overwrite: step.overwrites ? 'T' : 'F' };
      return client.request(step.op.toUpperCase(), pathOf(step.at), { headers });
    }
  }
}

/** What is there, in the words of {@link stateOf}. */
async function look(dora: DavClient, names: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const folder = async (path: string, shown: string): Promise<void> => {
    const [self, ...entries] = await dora.propfind(path, ['oc:checksums', 'd:getcontentlength', 'd:quota-used-bytes'], '1');
    if (!shown.includes('/')) lines.push(`${shown} ${self?.found['d:quota-used-bytes']}`);
    lines.push(`${shown} /`);
    for (const { href, found } of entries) {
      const name = decodeURIComponent(href.replace(/\/$/, '').split('/').at(-1) as string);
      if (found['d:getcontentlength'] === undefined) await folder(`${path}/${name}`, `${shown}/${name}`);
      else lines.push(`${shown}/${name} ${/SHA1:(\w+)/.exec(found['oc:checksums'] ?? '')?.[1]}`);
    }
  };
  for (const [space, name] of names.entries()) await folder(name, String(space));
  const trash = `${dora.home.replace('/files/', '/trashbin/')}trash`;
  const deleted = (await dora.propfind(trash, ['nc:trashbin-filename'], '1')).slice(1);
  return [...lines.sort(), ...deleted.map(({ found }) => found['nc:trashbin-filename']).sort()].join('\n');
}
