/** Levels of what others send; no application of ours has a third of them. */
const deepest = 32;

/**
 * Whether what was read from JSON can be kept and shown: the database knows no NUL and no half of a character, and what is nested without
 * end stops everything that goes through it later.
 */
export function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return depth < deepest && Object.entries(value).every(([name, one]) => isPlain(name) && isPlain(one, depth + 1));
}
