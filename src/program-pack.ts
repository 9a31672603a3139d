import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { syncPath } from './platform/files-local.ts';
import { programFolder } from './program-key.mjs';

/** Packs the program; a process of its own, see {@link ensureProgram} of program.ts. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const keptPrograms = 3;

/** Loaded where they are: they bring machine code or files that they look for beside themselves, or are seldom needed and large. */
const leftOut: ReadonlySet<string> = new Set([
  '@aws-sdk/client-s3',
  '@napi-rs/canvas',
  'fontkit',
  'pdfjs-dist',
  'pdfkit',
  'rolldown',
]);

function isLeftOut(spelled: string): boolean {
  const [scope = '', name = ''] = spelled.split('/');
  return leftOut.has(scope.startsWith('@') ? `${scope}/${name}` : scope);
}

/** A source keeps its address, wherever its text lies now: migrations, fonts and threads are found beside it. */
const ownAddress: Plugin = {
  name: 'own-address',
  transform: {
    filter: { id: /\.m?[jt]s$/, code: /import\.meta\.url/ },
    handler: (code, id) => ({ code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)), map: null }),
  },
};

async function pack(folder: string): Promise<void> {
  const fresh = `${folder}.${randomBytes(4).toString('hex')}`;
  const program = await rolldown({
    input: { main: join(root, 'src/main.ts'), admin: join(root, 'src/admin.ts') },
    cwd: root,
    platform: 'node',
    external: isLeftOut,
    plugins: [ownAddress],
    logLevel: 'silent', // optional parts of packages that nobody installed
  });
  try {
    await program.write({ dir: fresh, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js' });
    // Sources that changed meanwhile are another program.
    if (programFolder() === folder && !existsSync(folder)) await keep(fresh, folder);
  } finally {
    await program.close();
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Its files survive a power cut before its name does: a program of empty files would start as nothing at all. */
async function keep(fresh: string, folder: string): Promise<void> {
  for (const name of await readdir(fresh)) await syncPath(join(fresh, name));
  await syncPath(fresh);
  await rename(fresh, folder);
  await syncPath(dirname(folder));
}

/** A running instance of an earlier version starts its workers from its own program for some time yet. */
async function removeOld(): Promise<void> {
  const builds = join(root, 'build');
  const paths = (await readdir(builds)).filter((name) => name.startsWith('program-')).map((name) => join(builds, name));
  const dated = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(keptPrograms);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}

await pack(programFolder());
await removeOld();
