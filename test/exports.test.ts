import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** What a file exports, somebody imports: functions and values. A type may be exported with the function it belongs to. */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What the page framework looks for by its name. */
const forTheFramework = [
  'default',
  'action',
  'handle',
  'handleError',
  'headers',
  'links',
  'loader',
  'meta',
  'shouldRevalidate',
  'ErrorBoundary',
  'Layout',
];
const isFramework = (path: string) => /^src\/(web|modules\/[^/]+\/pages)\/.*\.tsx$|^src\/(root|entry\.|routes)/.test(path);

const files = ['src', 'test', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);
const textOf = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

function target(path: string, spelled: string): string {
  if (spelled.startsWith('.')) return relative(root, resolve(root, dirname(path), spelled));
  const [, alias = '', rest] = /^#(platform|modules|ui|web)\/(.+)$/.exec(spelled) ?? [];
  const endings: Readonly<Record<string, string>> = { modules: '/index.ts', ui: '.tsx' };
  return `src/${alias}/${rest}${endings[alias] ?? '.ts'}`;
}

/** The names between braces, `type` ones too; of `a as b` the first or the last. */
function namesIn(list: string, which: 'first' | 'last'): string[] {
  const parts = list.split(',').map((part) => part.trim().replace(/^type /, ''));
  return parts.filter((part) => part !== '').map((part) => part.split(' as ').at(which === 'first' ? 0 : -1) as string);
}

/** Functions, values and classes a file exports; of a door also what it hands on, but no types and no events. */
function exportsOf(text: string): string[] {
  const own = [...text.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)].map(([, name = '']) => name);
  const handedOn = [...text.matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)].flatMap(([, list = '', from = '']) => {
    const values = list.split(',').filter((part) => !part.trim().startsWith('type '));
    return from.endsWith('/events.ts') ? [] : namesIn(values.join(','), 'last');
  });
  return [...own, ...handedOn];
}

type Use = { readonly of: string; readonly name: string };

/** Every name a file takes from another one: by itself, through a namespace, or from a file it loads later. */
function usesOf(path: string, text: string): Use[] {
  const uses: Use[] = [];
  const take = (spelled: string, names: readonly string[]) =>
    uses.push(...names.map((name) => ({ of: target(path, spelled), name })));
  for (const [, list = '', spelled = ''] of text.matchAll(/^(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from '([^']+)'/gm))
    take(spelled, namesIn(list, 'first'));
  for (const [, space = '', spelled = ''] of text.matchAll(/^import (?:type )?\* as (\w+) from '([^']+)'/gm))
    take(
      spelled,
      [...text.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, 'g'))].map(([, name = '']) => name),
    );
  for (const [, spelled = ''] of text.matchAll(/\bimport\('([^']+)'\)/g)) take(spelled, text.match(/\w+/g) ?? []);
  return uses;
}

/** Pages reach the doors through the house they are given: `house.files.listRows`. */
const pageWords = new Set(
  files
    .filter((path) => /^src\/(web|root|modules\/[^/]+\/pages)/.test(path))
    .flatMap((path) => [...(textOf.get(path) ?? '').matchAll(/\.(\w+)/g)].map(([, name = '']) => name)),
);

test('what is exported is imported somewhere', () => {
  const used = new Set(files.flatMap((path) => usesOf(path, textOf.get(path) ?? '').map(({ of, name }) => `${of} ${name}`)));
  const isKnown = (path: string, name: string) =>
    used.has(`${path} ${name}`) ||
    (isFramework(path) && forTheFramework.includes(name)) ||
    (/^src\/modules\/[^/]+\/index\.ts$/.test(path) && pageWords.has(name));
  const idle = files.flatMap((path) =>
    exportsOf(textOf.get(path) ?? '').flatMap((name) => (isKnown(path, name) ? [] : [`${path}: ${name}`])),
  );
  assert.deepEqual(idle, [], 'nobody imports these: keep them to their file, or delete them');
});

test('uses are found in all their forms', () => {
  const found = usesOf(
    'src/modules/dav/put.ts',
    `import { a as b, type C } from '#platform/db';\nimport * as files from '#modules/files';\nfiles.write();\nexport { d } from './e.ts';\n`,
  );
  assert.deepEqual(
    found.map(({ of, name }) => `${of} ${name}`),
    ['src/platform/db.ts a', 'src/platform/db.ts C', 'src/modules/dav/e.ts d', 'src/modules/files/index.ts write'],
  );
  assert.deepEqual(exportsOf(`export const a = 1;\nexport { type B, c } from './d.ts';\nexport { e } from './events.ts';\n`), [
    'a',
    'c',
  ]);
});
