import { limits, type Node, nameKey, numberedName } from '#modules/files';
import type { SourceItem } from './source.ts';

/** What became of an object, as the report says it. */
export const verdicts = ['taken', 'updated', 'unchanged', 'conflict', 'failed', 'skipped', 'gone', 'removed'] as const;
export type Verdict = (typeof verdicts)[number];

/** What is known of an object from earlier runs. */
export type Known = {
  readonly name: string;
  readonly isFolder: boolean;
  readonly fingerprint: string;
  readonly sha256: string | null;
  readonly node: number | null;
  readonly targetName: string;
  readonly verdict: Verdict;
  readonly note: string | null;
};

/** How the note of a file begins whose versions are being written one after the other: what stands there is ours, but not yet all of it. */
export const begun = 'begun';

/** What is to be done with a file of the source. */
export type Step =
  | { readonly step: 'leave'; readonly verdict: 'unchanged' | 'conflict' | 'skipped'; readonly note: string | null }
  | { readonly step: 'take' }
  | { readonly step: 'update' }
  /** A run was broken off between the versions of this file. */
  | { readonly step: 'continue' }
  /** Something we did not bring stands there: take it as ours when it is the same, otherwise keep it. */
  | { readonly step: 'compare' };

export type Wishes = {
  /** Asked for by name: take it once more, even if it looks unchanged or was deleted here. */
  readonly again: boolean;
  /** What stands in the way becomes a version of the file that comes. */
  readonly overwrite: boolean;
};

const leave = (verdict: 'unchanged' | 'conflict' | 'skipped', note: string | null = null): Step => ({
  step: 'leave',
  verdict,
  note,
});

/** Decides what happens with a file, from what the source has, what we know, and what stands in its place here. */
export function decide(
  item: SourceItem,
  known: Known | null,
  present: Pick<Node, 'id' | 'isFolder' | 'sha256'> | null,
  { again, overwrite }: Wishes,
): Step {
  if (item.obstacle !== null) return leave('skipped', item.obstacle);
  if (present?.isFolder) return leave('conflict', 'folderHere');
  if (known?.note?.startsWith(begun) && present) return { step: 'continue' };
  const isBrought = known !== null && known.node !== null && known.sha256 !== null;
  const isSameThere = isBrought && known.fingerprint === item.fingerprint;
  // Deleted or moved here by those who work with it: only what is new at the source is worth a word.
  if (!present) return isBrought && !again ? leave(isSameThere ? 'unchanged' : 'conflict', 'goneHere') : { step: 'take' };
  const isOurs = isBrought && known.node === present.id;
  if (isOurs && !again && isSameThere) return leave('unchanged');
  if (isOurs && known.sha256 === present.sha256) return { step: 'update' };
  return overwrite ? { step: 'update' } : { step: 'compare' };
}

const forbidden = /[\u202a-\u202e\u2066-\u2069\p{Cc}<>:"/\\|?*]/gu;
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/** The name under which Windows, macOS and Linux can all hold it: the same one wherever possible. */
export function cleanName(given: string): string {
  const name = given
    .toWellFormed()
    .normalize('NFC')
    .replace(forbidden, '_')
    .replace(/[. ]+$/, '');
  if (name === '') return '_';
  return shorten(reserved.test(name) ? `_${name}` : name);
}

/** Cuts before the extension, between characters, until it fits. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= limits.nameBytes) return name;
  const [extension = ''] = /\.[^.]{1,16}$/u.exec(name) ?? [];
  const most = limits.nameBytes - Buffer.byteLength(extension);
  let stem = '';
  let bytes = 0;
  for (const character of name.slice(0, name.length - extension.length)) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    stem += character;
  }
  return `${stem.replace(/[. ]+$/, '') || '_'}${extension}`;
}

/**
 * Which name each entry of a folder gets here. What came before keeps its name; then come those that can keep theirs; whoever
 * is left gets a number. The same folder always gives the same names.
 * @param names names at the source, each once
 * @param before names given in earlier runs, by the name at the source
 */
export function targetNames(names: readonly string[], before: ReadonlyMap<string, string>): Map<string, string> {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const give = (name: string, target: string) => {
    given.set(name, target);
    taken.add(nameKey(target));
  };
  for (const name of names) {
    const target = before.get(name);
    if (target !== undefined) give(name, target);
  }
  // Names nobody has at the source any more are still taken here.
  for (const target of before.values()) taken.add(nameKey(target));
  const left = names.filter((name) => !given.has(name)).sort();
  for (const name of left) if (cleanName(name) === name && !taken.has(nameKey(name))) give(name, name);
  for (const name of left) {
    if (given.has(name)) continue;
    const clean = cleanName(name);
    let target = clean;
    for (let number = 2; taken.has(nameKey(target)); number += 1) target = numberedName(clean, number);
    give(name, target);
  }
  return given;
}

/** Whether a path was asked for, lies below one that was, or leads to one; everything when nothing was asked for. */
export function wanted(path: string, only: readonly string[]): 'yes' | 'through' | 'no' {
  if (only.length === 0) return 'through';
  if (only.some((asked) => path === asked || path.startsWith(`${asked}/`))) return 'yes';
  return only.some((asked) => path === '' || asked.startsWith(`${path}/`)) ? 'through' : 'no';
}
