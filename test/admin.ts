import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programFolder } from '../src/program-key.mjs';

const packed = join(programFolder(), 'admin.js');

/** What `npm run admin` starts: packed by the runner; when a test file is run by hand, perhaps the sources. */
export const adminProgramme = existsSync(packed) ? packed : fileURLToPath(new URL('../src/admin.ts', import.meta.url));
