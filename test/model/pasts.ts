import { Model } from './files.ts';
import { quotas } from './ground.ts';
import type { Aim, InTrash } from './requests.ts';
import type { Facts, Step } from './step.ts';
import { currentBytes, locksOver, type Node, namesOf, type Path, type Person, usedBytes, within } from './tree.ts';

/**
 * What may have happened, where several clients did something at once: orders of their steps which give the answers that came and
 * the state that was found. A past is one such order of everything so far; as long as several are possible, all of them are kept.
 */

/** A step as it was sent, and what came of it. */
export type Answered = {
  readonly step: Step;
  readonly aim: Aim;
  readonly status: number;
  /** Of the lock that was given. */
  readonly token: string;
};

/** A file or folder as it was found. */
export type Found = { readonly id: string; readonly etag: string };

/** Everything a reader sees between two rounds. */
export type View = {
  /** In the words of {@link stateOf}. */
  readonly state: string;
  readonly nodes: ReadonlyMap<string, Found>;
  readonly trash: readonly InTrash[];
};

type Known = Found & { readonly stamp: number | null; readonly moves: number };

type Taken = { readonly step: Step; readonly facts: Facts };

export type Past = {
  readonly steps: readonly Taken[];
  /** What the server calls the model's nodes, and their ETags when they were last looked at. */
  readonly known: ReadonlyMap<number, Known>;
};

export const beginning: Past = { steps: [], known: new Map() };

/** The model after this past. */
export function modelOf({ steps }: Past): Model {
  const model = new Model(quotas);
  for (const { step, facts } of steps) model.apply(step, facts);
  return model;
}

const pathOf = (node: Node) => [node.space.number, ...namesOf(node)].join('/');

/** What the model holds, as text: everything a reader sees. */
function stateOf({ spaces }: Model): string {
  const line = (node: Node) =>
    `${pathOf(node)} ${currentBytes(node)} ${node.content?.sha1 ?? '/'} ${node.mark ?? ''} ${locksOver(node)
      .map(({ token }) => token)
      .join(' ')}`;
  const trash = spaces.flatMap((space) => [...space.trash.keys()].map(({ name }) => name)).sort();
  const lines = spaces.flatMap((space) => [`${space.number} ${usedBytes(space)}`, ...within(space.root).map(line)]);
  return [...lines.sort(), ...trash].join('\n');
}

/** What steps to come may depend on, beyond what is seen. */
function hiddenOf(past: Past, { spaces }: Model): string {
  const line = (node: Node) => `${past.known.get(node.id)?.id} ${node.versions.map(({ sha1 }) => sha1).join()}`;
  return spaces
    .flatMap(({ root, trash, quota, roles }) => [
      ...[root, ...trash.keys()].flatMap(within).map(line),
      `${quota} ${[...roles].join(' ')}`,
    ])
    .join('\n');
}

function orders<T>(all: readonly T[]): T[][] {
  return all.length < 2 ? [[...all]] : all.flatMap((one, at) => orders(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}

/**
 * The same order, where somebody had found a thing before the folder above it was moved: it is known by its number, so what they do
 * reaches it where it has gone. None, where nothing was moved above anything.
 */
function followed(order: readonly Taken[]): Taken[][] {
  const moves: { at: Path; to: Path }[] = [];
  const moved = order.map(({ step, facts }): Taken => {
    const goes = (path: Path) =>
      moves.reduce<Path>((now, { at, to }) => (isBelow(now, at) ? [...to, ...(now.slice(at.length) as string[])] : now), path);
    const at = 'at' in step ? { at: goes(step.at) } : {};
    const to = 'to' in step ? { to: goes(step.to) } : {};
    if (step.op === 'move' && (facts.status ?? 0) < 300) moves.push(step);
    return { step: { ...step, ...at, ...to }, facts };
  });
  return JSON.stringify(moved) === JSON.stringify(order) ? [] : [moved];
}

/** The pasts that are possible after a round: those before it, each with every order that gives these answers and this view. */
export function pastsAfter(before: readonly Past[], answered: readonly Answered[], view: View): Past[] {
  const after = before.flatMap((past) => {
    const model = modelOf(past);
    const taken = answered.map((each) => ({ step: each.step, facts: factsOf(model, past, each, answered) }));
    return orders(taken).flatMap((order) =>
      [order, ...followed(order)].flatMap((possible) => pastWith(past, possible, view) ?? []),
    );
  });
  return [...new Map(after.map((past) => [hiddenOf(past, modelOf(past)), past])).values()];
}

/** Null: this order gives something else. */
function pastWith(past: Past, order: readonly Taken[], view: View): Past | null {
  const model = modelOf(past);
  const isSo = order.every(({ step, facts }) => isAllowed(step, facts, order, model.apply(step, facts)?.statuses ?? []));
  if (!isSo || stateOf(model) !== view.state) return null;
  const known = recognise(model, past.known, view);
  return known && { steps: [...past.steps, ...order], known };
}

const isInPieces = (step: Step) => step.op === 'put' && step.chunks > 0;

/** Whoever is losing a role just now may be told that there is nothing, or that it is not theirs. */
const hidden = [403, 404, 409];

function isAllowed(step: Step, { status = 0 }: Facts, round: readonly Taken[], statuses: readonly number[]): boolean {
  if (step.op === 'quota' || statuses.includes(status)) return true;
  // Who found a thing and then lost it to somebody who moves it is asked to try again: `files.movedMeanwhile`.
  if (status === 409 && statuses.includes(404) && round.some((other) => other.step.op === 'move')) return true;
  // Whose folder goes while the pieces come hears that the upload is gone, and begins anew: then with 409.
  if (isInPieces(step) && status === 404 && statuses.includes(409) && round.length > 1) return true;
  const isChanging = round.some((other) => other.step.op === 'role' && 'who' in step && other.step.who === step.who);
  return isChanging && hidden.includes(status) && statuses.some((each) => hidden.includes(each));
}

/** Null: something has another id than it had, or an ETag that does not follow its changes. */
function recognise(model: Model, before: Past['known'], { nodes, trash }: View): Past['known'] | null {
  const known = new Map(before);
  for (const node of model.spaces.flatMap(({ root }) => within(root))) {
    const found = nodes.get(pathOf(node));
    const last = known.get(node.id);
    if (!found || (last && !isSame(node, last, found))) return null;
    known.set(node.id, { ...found, stamp: node.stamp, moves: node.moves });
  }
  return recogniseTrash(model, known, trash) ? known : null;
}

function isSame(node: Node, last: Known, found: Found): boolean {
  if (last.id !== found.id) return false;
  if (node.stamp === null || last.stamp === null || node.moves !== last.moves) return true;
  return (last.etag === found.etag) === (last.stamp === node.stamp);
}

/** What was made and deleted within one round was never seen in its place: then its name has to tell. */
function recogniseTrash(model: Model, known: Map<number, Known>, trash: readonly InTrash[]): boolean {
  const trashed = model.trashed();
  const left = new Map(trash.map((each) => [each.id, each.name]));
  for (const { id, name } of trashed.filter((node) => known.has(node.id))) {
    const called = (known.get(id) as Known).id;
    if (left.get(called) !== name) return false;
    left.delete(called);
  }
  for (const node of trashed.filter(({ id }) => !known.has(id))) {
    const fitting = [...left].filter(([, name]) => name === node.name);
    if (fitting.length === 0) return false;
    if (fitting.length === 1) known.set(node.id, { id: fitting[0]?.[0] as string, etag: '', stamp: null, moves: node.moves });
  }
  return true;
}

/** What a step was aimed at, in the words of this past's model. */
function factsOf(model: Model, past: Past, { step, aim, status, token }: Answered, round: readonly Answered[]): Facts {
  const seen = 'when' in step ? { seen: aim.etag === null ? null : model.seenAt('dora', step.at) } : {};
  const facts: Facts = { status, token, submitted: aim.tokens, ...seen };
  switch (step.op) {
    case 'put': {
      const onTheWay = round
        .filter((other) => other.step !== step)
        .reduce((sum, other) => sum + bytesBy(step.who, other.step), 0);
      return { ...facts, onTheWay, lostFolder: mayLoseFolder(step, status, round) };
    }
    case 'mkcol':
      return { ...facts, lostFolder: mayLoseFolder(step, status, round) };
    case 'delete':
      return { ...facts, isFollowed: status < 300 && round.some((other) => other.step !== step && changesBelow(other, step.at)) };
    case 'unlock':
      return { ...facts, unlocks: aim.unlocks };
    case 'restore':
    case 'purge':
      return { ...facts, trashed: nodeCalled(past, aim.trashed?.split('.d').at(-1)) };
    case 'version': {
      const node = model.byId(nodeCalled(past, aim.version?.file));
      const content = node?.versions[step.pick % Math.max(1, node.versions.length)]?.id ?? -1;
      const movedMeanwhile = status === 409 && round.some((other) => other.step.op === 'move');
      return { ...facts, movedMeanwhile, version: { node: node?.id ?? -1, content } };
    }
    default:
      return facts;
  }
}

const isBelow = (path: Path, at: Path) => path.length > at.length && at.every((name, index) => path[index] === name);

/** Whether it was done to something below this path: what was found there is found again wherever the folder has gone. */
const changesBelow = ({ step, status }: Answered, at: Path) =>
  status < 300 && (('at' in step && isBelow(step.at, at)) || ('to' in step && isBelow(step.to, at)));

/** Whoever deletes, and whoever replaces, takes a folder away from those who have just found it. */
const mayLoseFolder = (step: Step, status: number, round: readonly Answered[]) =>
  (status === 409 || (status === 404 && isInPieces(step))) &&
  round.some((other) => other.step !== step && ['delete', 'move', 'copy'].includes(other.step.op));

const bytesBy = (who: Person, step: Step) => (step.op === 'put' && step.who === who && step.chunks > 0 ? step.size : 0);

/** The model's node with an id of the server; -1: none. */
export function nodeCalled({ known }: Past, id: string | undefined): number {
  return [...known].find(([, each]) => each.id === id)?.[0] ?? -1;
}
