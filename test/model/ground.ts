import * as files from '#modules/files';
import { Failure } from '#platform/errors';
import type { People } from '../people.ts';
import { Model } from './files.ts';
import type { Step } from './step.ts';

/** The spaces a program works in, as the model has them and as the server does. */
export type Ground = { readonly model: Model; readonly names: readonly string[]; readonly ids: readonly number[] };

/** Quotas of the two spaces: none, and a small one that two large files fill to the last byte. */
export const quotas = [null, 40_000] as const;

/** Makes the spaces of a fresh model. */
export async function openGround(people: People, name: string): Promise<Ground> {
  const model = new Model(quotas);
  const names = quotas.map((_, index) => `${name}-${index}`);
  const made = model.spaces.map(({ quota, roles }, index) =>
    files.createSpace(
      people.dora,
      { name: names[index] as string, ...(quota === null ? {} : { quota }) },
      [...roles].map(([who, role]) => ({ principal: people.id[who], role })),
    ),
  );
  return { model, names, ids: (await Promise.all(made)).map(({ id }) => id) };
}

export async function closeGround(people: People, { ids }: Pick<Ground, 'ids'>): Promise<void> {
  for (const id of ids) await files.removeSpace(people.dora, id);
}

/** What an administrator does to a space; resolves with 404 when somebody who leaves was no member. */
export async function change(
  people: People,
  { ids }: Pick<Ground, 'ids'>,
  step: Step & { op: 'role' | 'quota' },
): Promise<number> {
  const id = ids[step.space] as number;
  try {
    if (step.op === 'quota') await files.setQuota(people.dora, id, step.quota);
    else if (step.role === null) await files.removeMember(people.dora, id, people.id[step.who]);
    else await files.setMember(people.dora, id, { principal: people.id[step.who], role: step.role });
    return 200;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'notFound') return 404;
    throw error;
  }
}
