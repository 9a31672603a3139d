import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = resolve(fileURLToPath(import.meta.url), '../../../shared/standards');

/** Why a test is left out at a newcomer's; the runner lists such tests and accepts no other reason. */
export const sharedIsAbsent = 'needs ../shared, which is absent';

/** A file of the standards collection beside the project; only tests may read it. */
export function sharedPath(...parts: readonly string[]): string {
  return resolve(folder, ...parts);
}

/** Options for a test that reads the standards collection. */
export const needsShared = existsSync(folder) ? {} : { skip: sharedIsAbsent };
