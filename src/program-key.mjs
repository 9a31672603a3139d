// Plain JavaScript, because start.mjs asks here too, on whatever Node the host has.
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is loaded by the server: no pages, which are built apart, and no tests. */
const isSource = (name) => /\.(ts|mjs|json)$/.test(name) && !name.endsWith('.test.ts');

function sourcesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(path) : isSource(entry.name) ? [path] : [];
  });
}

/**
 * Where the program of exactly these sources is kept. Their names, sizes and times of change say which they are: reading a
 * thousand of them would cost more than it saves. The time is that of the inode, which nobody can put back.
 */
export function programFolder() {
  const hash = createHash('sha256').update(root);
  for (const path of [...sourcesBelow(join(root, 'src')), join(root, 'package.json'), join(root, 'package-lock.json')].sort()) {
    const { size, ctimeMs } = statSync(path);
    hash.update(`\0${relative(root, path)} ${size} ${ctimeMs}`);
  }
  return join(root, 'build', `program-${hash.digest('hex').slice(0, 16)}`);
}
