import { Failure } from '#platform/errors';
import { type TakenRule, takenRules } from './place.ts';
import { checkName, limits } from './rules.ts';

/** What an upload of the browser says about the file to be, in the metadata of tus. */
export type Wish = {
  readonly name: string;
  /** Id of the folder that was open. */
  readonly folder: number;
  /** Folders below it, for a whole tree that was dropped; missing ones are made. */
  readonly path: readonly string[];
  /** When the file was last modified, milliseconds since 1970. */
  readonly modified: number | null;
  readonly taken: TakenRule;
};

/** Times before 1970 and far in the future are mistakes of a file system. */
const latestTime = 8.64e15;

const invalid = (detail: string) => new Failure('invalid', 'platform.invalid', { detail });

function readNumber(text: string | null | undefined, most: number): number | null {
  if (text === null || text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

/** Reads the metadata. Throws `invalid` for a name no system could hold, a folder that is no number, an unknown rule. */
export function readWish(metadata: Readonly<Record<string, string | null | undefined>>): Wish {
  const folder = readNumber(metadata.folder, Number.MAX_SAFE_INTEGER);
  if (folder === null) throw invalid('folder');
  const taken = takenRules.find((rule) => rule === (metadata.taken ?? 'refuse'));
  if (!taken) throw invalid('taken');
  const path = (metadata.path ?? '').split('/').filter((segment) => segment !== '');
  if (path.length > limits.depth) throw new Failure('conflict', 'files.tooDeep', { limit: limits.depth });
  return {
    name: checkName(metadata.filename ?? ''),
    folder,
    path: path.map(checkName),
    modified: readNumber(metadata.modified, latestTime),
    taken,
  };
}
