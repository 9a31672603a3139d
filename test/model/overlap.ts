import type { Random } from '../chaos/random.ts';
import { type DavClient, davClient } from '../dav.ts';
import { type People, settle } from '../people.ts';
import type { Stand } from '../stand.ts';
import { change, closeGround, type Ground, openGround } from './ground.ts';
import { type Answered, beginning, type Found, modelOf, nodeCalled, type Past, pastsAfter, type View } from './pasts.ts';
import { makeProgram } from './programs.ts';
import { type Aim, noAim, sendStep, tokenOf, tokensIn, trashOf, versionsOf } from './requests.ts';
import type { Step } from './step.ts';
import { type Path, type Person, people as persons } from './tree.ts';

/**
 * Several clients at once: in every round steps of different people are sent together, and what comes of it (answers, tree, ids,
 * ETags, locks, trash, versions, bytes) has to be what some order of these steps gives. Where several orders give the same, all of
 * them stay possible.
 */

export type Round = readonly Step[];

/** A program of so many rounds of two or three steps, half of them about the same place, and some the very same by somebody else. */
export function makeRounds(random: Random, count: number): Round[] {
  const steps = makeProgram(random, count * 3);
  return Array.from({ length: count }, (_, round) => {
    const [first, ...others] = steps.splice(0, round === 0 ? 1 : 2 + random.below(2));
    if (!first) return [];
    return [first, ...others.map((step) => likeFirst(random, step, first))];
  }).filter((round) => round.length > 0);
}

function likeFirst(random: Random, step: Step, first: Step): Step {
  const luck = random.below(8);
  // Not a role: Dora has to keep hers.
  if (luck === 0 && 'who' in step && 'who' in first && first.op !== 'role') return { ...first, who: step.who };
  return luck > 3 ? atSamePlace(step, first) : step;
}

const atSamePlace = (step: Step, other: Step): Step => ('at' in step && 'at' in other ? { ...step, at: other.at } : step);

/** More than so many different pasts nobody needs to keep: then the program ends early. */
const mostPasts = 40;

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
    const ground = await openGround(people, `Gleichzeitig ${count}`);
    try {
      return await runRounds({ people, clients, ground, tokens: [] }, program);
    } finally {
      await closeGround(people, ground);
    }
  };
  return { tenant: people.ellrich, run };
}

type Scene = {
  readonly people: People;
  readonly clients: Clients;
  readonly ground: Ground;
  /** Locks that were given, with whom they were given to. */
  readonly tokens: Held[];
};

type Held = { readonly who: Person; readonly token: string };

async function runRounds(scene: Scene, program: readonly Round[]): Promise<string | null> {
  let view = await look(scene);
  let pasts: readonly Past[] = pastsAfter([beginning], [], view);
  for (const [index, round] of program.entries()) {
    const aims: Aim[] = [];
    for (const step of round) {
      const { aim, possible } = await aimAt(scene, step, pasts, view);
      if (possible.length === 0) return `round ${index + 1}: other versions than there should be, at ${JSON.stringify(step)}`;
      pasts = possible;
      aims.push(aim);
    }
    const sent = await Promise.all(round.map((step, at) => take(scene, step, aims[at] as Aim)));
    const answered = sent.filter((each) => each !== null);
    scene.tokens.push(...answered.flatMap(({ step, token }) => (token && 'who' in step ? [{ who: step.who, token }] : [])));
    view = await look(scene);
    pasts = pastsAfter(pasts, answered, view);
    const said = () => answered.map(({ step, status }) => `  ${status} ${JSON.stringify(step)}`).join('\n');
    if (pasts.length === 0)
      return `round ${index + 1}: no order gives these answers and this tree with its ids and ETags\n${said()}\n${view.state}`;
    if (pasts.length > mostPasts) break;
  }
  return compareVersions(scene, pasts, view);
}

/** At the end, every version of every file: what was overwritten is still to be had. */
async function compareVersions({ clients }: Scene, pasts: readonly Past[], { nodes }: View): Promise<string | null> {
  let possible = pasts;
  for (const [path, { id }] of nodes) {
    const node = modelOf(possible[0] as Past).byId(nodeCalled(possible[0] as Past, id));
    if (!node?.content) continue;
    const is = (await versionsOf(clients.dora, id)).map(({ size }) => size).join();
    possible = possible.filter((past) => sizesIn(past, id) === is);
    if (possible.length === 0) return `at the end: ${path} has versions of ${is || 'no'} bytes, which no order gives`;
  }
  return null;
}

/** Sizes of the versions a file has in a past, newest first; null where it is none. */
function sizesIn(past: Past, file: string): string | null {
  const node = modelOf(past).byId(nodeCalled(past, file));
  return node?.content ? node.versions.map(({ size }) => size).join() : null;
}

/** What a client knows before it sends a step, and the pasts with which that agrees. */
async function aimAt(
  scene: Scene,
  step: Step,
  pasts: readonly Past[],
  view: View,
): Promise<{ aim: Aim; possible: readonly Past[] }> {
  const isOwn = ({ who }: Held) => 'who' in step && who === step.who;
  const own = scene.tokens.filter(isOwn).map(({ token }) => token);
  const others = scene.tokens.filter((held) => !isOwn(held)).map(({ token }) => token);
  const wanted = 'tokens' in step && step.tokens;
  const aim: Aim = { ...noAim, tokens: wanted ? own : [], strange: wanted === 'all' ? others : [] };
  if ('when' in step) {
    const etag = step.when === 'current' ? (view.nodes.get(step.at.join('/'))?.etag ?? null) : null;
    return { aim: { ...aim, etag }, possible: pasts };
  }
  if (step.op === 'unlock') {
    // Own locks are known; whoever has none tries one that covers the place.
    const token = modelOf(pasts[0] as Past).lockMeant(step)?.token ?? own.at(-1) ?? null;
    return { aim: { ...aim, unlocks: token }, possible: pasts };
  }
  if (step.op === 'restore' || step.op === 'purge') {
    const all = view.trash.filter(({ id }) => pasts.every((past) => nodeCalled(past, id) !== -1));
    const thing = all.sort((a, b) => Number(a.id) - Number(b.id))[step.pick % Math.max(1, all.length)];
    return { aim: { ...aim, trashed: thing ? `${thing.name}.d${thing.id}` : null }, possible: pasts };
  }
  return step.op === 'version' ? aimAtVersion(scene, step, pasts, view) : { aim, possible: pasts };
}

async function aimAtVersion(
  { clients }: Scene,
  { at, pick }: Step & { op: 'version' },
  pasts: readonly Past[],
  { nodes }: View,
): Promise<{ aim: Aim; possible: readonly Past[] }> {
  const file = nodes.get(at.join('/'))?.id;
  if (file === undefined || sizesIn(pasts[0] as Past, file) === null) return { aim: noAim, possible: pasts };
  const versions = await versionsOf(clients.dora, file);
  const possible = pasts.filter((past) => sizesIn(past, file) === versions.map(({ size }) => size).join());
  const name = versions[pick % Math.max(1, versions.length)]?.name;
  return { aim: { ...noAim, version: name === undefined ? null : { file, name } }, possible };
}

/** Null: there was nothing to ask for. */
async function take({ people, clients, ground }: Scene, step: Step, aim: Aim): Promise<Answered | null> {
  if (step.op === 'role' || step.op === 'quota') return { step, aim, status: await change(people, ground, step), token: '' };
  const pathOf = ([space, ...rest]: Path) => [ground.names[space], ...rest].join('/');
  const answer = await sendStep(clients[step.who], pathOf, step, aim);
  await answer?.arrayBuffer();
  return answer && { step, aim, status: answer.status, token: tokenOf(answer) };
}

/** What is there, as Dora sees it, who manages both spaces. */
async function look({ clients: { dora }, ground }: Scene): Promise<View> {
  const lines: string[] = [];
  const nodes = new Map<string, Found>();
  const note = (shown: string, found: Readonly<Record<string, string>>) => {
    const sha1 = /SHA1:(\w+)/.exec(found['oc:checksums'] ?? '')?.[1] ?? '/';
    lines.push(`${shown} ${found['oc:size']} ${sha1} ${found['x:mark'] ?? ''} ${tokensIn(found['d:lockdiscovery']).join(' ')}`);
    nodes.set(shown, { id: found['oc:fileid'] as string, etag: (found['d:getetag'] ?? '').replaceAll('&quot;', '"') });
  };
  const folder = async (path: string, shown: string): Promise<void> => {
    const [self, ...entries] = await dora.propfind(path, wanted, '1');
    if (!shown.includes('/')) {
      lines.push(`${shown} ${self?.found['d:quota-used-bytes']}`);
      note(shown, self?.found ?? {});
    }
    for (const { href, found } of entries) {
      const name = decodeURIComponent(href.replace(/\/$/, '').split('/').at(-1) as string);
      note(`${shown}/${name}`, found);
      if (found['d:getcontentlength'] === undefined) await folder(`${path}/${name}`, `${shown}/${name}`);
    }
  };
  for (const [space, name] of ground.names.entries()) await folder(name, String(space));
  const trash = await trashOf(dora);
  return { state: [...lines.sort(), ...trash.map(({ name }) => name).sort()].join('\n'), nodes, trash };
}

const wanted = [
  'oc:checksums',
  'oc:size',
  't:mark',
  'oc:fileid',
  'd:getetag',
  'd:getcontentlength',
  'd:lockdiscovery',
  'd:quota-used-bytes',
];
