import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';

/** The floors of the house (../shared/design/house.md): a room may import rooms of lower floors, through their door. */
const floorOf: Readonly<Record<string, number>> = {
  tenants: 1,
  accounts: 2,
  scanning: 2,
  signing: 2,
  notifications: 3,
  previews: 3,
  search: 3,
  files: 4,
  finder: 4,
  payments: 4,
  mailbox: 4,
  dav: 5,
  forms: 5,
  indicators: 6,
  intake: 6,
  delivery: 7,
  migration: 6,
};

const limits = { fileLines: 400, functionLines: 80, medianFunctionLines: 12 };

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

function listFiles(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const sources = listFiles('src');
const tests = listFiles('test');
const isTest = (path: string) => /\.(test|contract)\.tsx?$/.test(path);

type Import = { readonly from: string; readonly to: string; readonly isTypeOnly: boolean; readonly spelled: string };

/** Every import of a file, resolved to a path below the project, or to a package name. */
function importsOf(path: string): Import[] {
  const text = readFileSync(join(root, path), 'utf8');
  const found: Import[] = [];
  for (const [, type, names = '', spelled = ''] of text.matchAll(/^(?:import|export)\s+(type\s+)?([^'"]*?)from\s+'([^']+)'/gm)) {
    const allNamesAreTypes =
      /^\{[^}]*\}\s*$/.test(names) &&
      names
        .replace(/[{}]/g, '')
        .split(',')
        .every((name) => /^\s*(type\s|$)/.test(name));
    found.push({ from: path, to: target(path, spelled), isTypeOnly: Boolean(type) || allNamesAreTypes, spelled });
  }
  for (const [, spelled = ''] of text.matchAll(/(?:^import|\bimport\()\s*'([^']+)'/gm)) {
    found.push({ from: path, to: target(path, spelled), isTypeOnly: false, spelled });
  }
  return found;
}

function target(path: string, spelled: string): string {
  if (spelled.startsWith('.')) return relative(root, resolve(root, dirname(path), spelled));
  const [, alias, rest] = /^#(platform|modules|ui|web)\/(.+)$/.exec(spelled) ?? [];
  if (!alias) return spelled;
  const suffix = { platform: `${rest}.ts`, modules: `${rest}/index.ts`, ui: `${rest}.tsx`, web: `${rest}.ts` }[alias];
  return `src/${alias}/${suffix}`;
}

const roomOf = (path: string) => /^src\/modules\/([^/]+)\//.exec(path)?.[1];
const insideRoom = (path: string) => path.replace(/^src\/modules\/[^/]+\//, '');
const isInHouse = (path: string) => path.startsWith('src/');

/** Null when the import is fine; otherwise what to do instead. */
function judge({ from, to, isTypeOnly, spelled }: Import): string | null {
  const room = roomOf(from);
  if (isTest(from)) return null;
  if (/^src\/modules\/[^/]+\/module\.ts$/.test(to) && from !== 'src/house.ts')
    return 'only house.ts reads module.ts; import the room’s door instead';
  if (from.startsWith('src/platform/')) return judgePlatform(to, isTypeOnly);
  if (from.startsWith('src/ui/'))
    // How days are said and names are ordered stands once, below all: for letters, lists of the database and pages alike.
    return isInHouse(to) && !to.startsWith('src/ui/') && !/^src\/platform\/(day-words|order)\.ts$/.test(to)
      ? 'ui knows no platform and no room; pass data in as props'
      : null;
  if (to.startsWith('src/demo/') && !from.startsWith('src/demo/') && !mayStartDemo.includes(from))
    return 'the demonstration is started by instance.ts; tests share its cast only';
  if (from.startsWith('src/demo/')) return judgeDemo(to);
  if (room) return judgeRoom(room, { from, to, isTypeOnly, spelled });
  if (from === 'src/main.ts') {
    const allowed = ['src/config.ts', 'src/ground.ts', 'src/house.ts', 'src/instance.ts'];
    return isInHouse(to) && !allowed.includes(to)
      ? 'main.ts opens the house and nothing else; put it into ground.ts, house.ts or instance.ts'
      : null;
  }
  return null;
}

const mayStartDemo = ['src/instance.ts', 'src/main.ts'];

/** The demonstration lives above all rooms and does what people do: through the doors. */
function judgeDemo(to: string): string | null {
  const isDoor = /^src\/modules\/[^/]+\/index\.ts$/.test(to);
  const isFine = !isInHouse(to) || isDoor || to.startsWith('src/demo/') || to.startsWith('src/platform/');
  return isFine ? null : 'the demonstration uses the rooms’ doors and the platform';
}

function judgePlatform(to: string, isTypeOnly: boolean): string | null {
  if (!isInHouse(to) || to.startsWith('src/platform/')) return null;
  if (to === 'src/config.ts' && isTypeOnly) return null;
  return 'the platform knows no room, no page and no settings reader; let the caller pass it in';
}

function judgeRoom(room: string, { from, to, isTypeOnly }: Import): string | null {
  const inside = insideRoom(from);
  if (inside.startsWith('pages/')) return judgePage(room, to, isTypeOnly);
  if (to.startsWith('src/ui/')) return 'only pages use ui';
  if (to.startsWith('src/web/')) return 'only pages use the web context';
  const other = roomOf(to);
  if (other && other !== room) return judgeNeighbour(room, other, to);
  return judgeInside(inside, to, isTypeOnly);
}

function judgeNeighbour(room: string, other: string, to: string): string | null {
  if (!to.endsWith(`/${other}/index.ts`)) return `use the door: import from '#modules/${other}'`;
  const [mine, theirs] = [floorOf[room], floorOf[other]];
  if (mine === undefined || theirs === undefined) return 'give the room a floor in test/architecture.test.ts';
  if (theirs < mine) return null;
  return theirs === mine
    ? 'neighbours do not know each other; whoever needs both lives above'
    : 'news goes up: emit an event, let the higher room handle it';
}

function judgeInside(inside: string, to: string, isTypeOnly: boolean): string | null {
  if (/^rules[./-]/.test(inside) && isInHouse(to) && !isTypeOnly && !/(^|\/)rules[./-]/.test(to)) {
    return /platform\/(errors|words|day|day-words|holidays|text|xml)\.ts$/.test(to)
      ? null
      : 'rules decide without I/O: import types only, pass values in';
  }
  if (/^store[./]/.test(inside) && to.startsWith('src/platform/') && !isTypeOnly && !/platform\/(db|errors|page)\.ts$/.test(to)) {
    return 'a store imports the database and types, nothing else';
  }
  if (/^routes[./-]/.test(inside) && /(^|\/)store[./]/.test(insideRoom(to))) return 'routes call verbs; a verb calls the store';
  return null;
}

function judgePage(room: string, to: string, isTypeOnly: boolean): string | null {
  if (!isInHouse(to)) return to.startsWith('node:') ? 'pages do no I/O; call a verb through the house context' : null;
  if (to.startsWith('src/ui/') || to === 'src/web/context.ts' || to.startsWith(`src/modules/${room}/pages/`)) return null;
  return isTypeOnly
    ? null
    : 'pages import ui, their own room’s pages, types, and the house context; everything else comes through the context';
}

test('imports go down, and through the door', () => {
  const wrong = sources.flatMap((path) =>
    importsOf(path).flatMap((found) => {
      const advice = judge(found);
      return advice ? [`${path} imports ${found.spelled}: ${advice}`] : [];
    }),
  );
  assert.deepEqual(wrong, []);
});

test('the judge finds what is forbidden', () => {
  const look = (from: string, to: string, isTypeOnly = false) => judge({ from, to, isTypeOnly, spelled: to });
  assert.match(look('src/modules/files/write.ts', 'src/modules/dav/index.ts') ?? '', /news goes up/);
  assert.match(look('src/modules/files/write.ts', 'src/modules/finder/index.ts') ?? '', /neighbours/);
  assert.match(look('src/modules/files/write.ts', 'src/modules/accounts/store.ts') ?? '', /door/);
  assert.match(look('src/modules/files/rules.ts', 'src/platform/db.ts') ?? '', /without I\/O/);
  assert.match(look('src/modules/files/routes.ts', 'src/modules/files/store.ts') ?? '', /verbs/);
  assert.match(look('src/modules/files/pages/list.tsx', 'src/modules/files/list.ts') ?? '', /context/);
  assert.match(look('src/platform/http.ts', 'src/modules/files/index.ts') ?? '', /no room/);
  assert.match(look('src/ui/button.tsx', 'src/platform/http.ts') ?? '', /props/);
  assert.match(look('src/modules/files/write.ts', 'src/demo/cast.ts') ?? '', /instance\.ts/);
  assert.match(look('src/demo/people.ts', 'src/modules/accounts/store/account.ts') ?? '', /doors/);
  assert.equal(look('src/modules/dav/put.ts', 'src/modules/files/index.ts'), null);
  assert.equal(look('src/modules/files/rules.ts', 'src/modules/files/node.ts', true), null);
});

test('walks look from outside only', () => {
  const wrong = tests
    .filter((path) => path.startsWith('test/walks/'))
    .flatMap((path) => importsOf(path).filter(({ to }) => isInHouse(to)));
  assert.deepEqual(
    wrong.map(({ from, spelled }) => `${from} imports ${spelled}: a walk sees what people see`),
    [],
  );
});

test('only config.ts reads the environment, and one file for the tests', () => {
  const readers = [...sources, ...tests].filter((path) => /\bprocess\.env\b/.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(readers, ['src/config.ts', 'test/environment.ts'], 'read settings in config.ts; tests ask environment.ts');
});

test('SQL of a room stands in its store and names its own schema only', () => {
  const wrong: string[] = [];
  for (const path of sources.filter((file) => roomOf(file) && !isTest(file))) {
    const text = readFileSync(join(root, path), 'utf8');
    const isStore = /^store[./]/.test(insideRoom(path));
    if (!isStore && /\b(?:tx|sql)(?:<[^`]*>)?`/.test(text)) wrong.push(`${path}: move the SQL into store.ts`);
    const schemas = [...text.matchAll(/\b(?:from|join|into|update|table)\s+([a-z_]+)\.[a-z_]+/g)].map((match) => match[1]);
    if (isStore)
      wrong.push(
        ...schemas
          .filter((schema) => schema !== roomOf(path))
          .map((schema) => `${path}: ${schema} belongs to another room; call its door`),
      );
  }
  assert.deepEqual(wrong, []);
});

test('what promises something rejects and does not throw', () => {
  // Thrown while `Promise.all([a(), b()])` is put together, it leaves the failure of `a()` to nobody.
  const wrong = sources
    .filter((path) => roomOf(path) && !isTest(path) && !insideRoom(path).startsWith('pages/'))
    .flatMap((path) => {
      const verbs = readFileSync(join(root, path), 'utf8').matchAll(
        /^export function (\w+)\([^{]*?\): Promise<.*?\{\n(.*?)^\}/gms,
      );
      return [...verbs].flatMap(([, name, body = '']) =>
        /\b(authorize\w*|ensure|personOf)\(|\bthrow /.test(body) ? [`${path}: ${name}`] : [],
      );
    });
  assert.deepEqual(wrong, []);
});

test('nothing is of any type, nor reads as if it were', () => {
  // Biome forbids the type; who searches for it must not stumble over a comment either.
  const wrong = [...sources, ...tests].filter((path) => /(:|\bas) any\b/.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('objects are written out: none is spread into another to save lines', () => {
  const wrong = [...sources, ...tests].filter((path) => /^\s*\.\.\.\{/m.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('there is no drawer for everything', () => {
  const drawers = [...sources, ...tests].filter((path) =>
    /(^|\/)(helpers?|utils?|services?|managers?|common|misc)(\/|\.tsx?$)/.test(path),
  );
  assert.deepEqual(
    drawers.map((path) => `${path}: name it after its noun`),
    [],
  );
});

type SyntaxNode = { type?: string; start?: number; end?: number; [key: string]: unknown };

/** Lengths in lines of all functions of a file, with the line where each begins. */
function functionLengths(path: string): { line: number; lines: number }[] {
  const text = readFileSync(join(root, path), 'utf8');
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const found: { line: number; lines: number }[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, start = 0, end = 0 } = node as SyntaxNode;
    if (type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression') {
      found.push({ line: lineAt(start), lines: lineAt(end) - lineAt(start) + 1 });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(path, text).program);
  return found;
}

test('files and functions stay small', () => {
  const wrong: string[] = [];
  const lengths: number[] = [];
  for (const path of sources) {
    const lines = statSync(join(root, path)).size === 0 ? 0 : readFileSync(join(root, path), 'utf8').split('\n').length - 1;
    if (lines > limits.fileLines && !isTest(path)) wrong.push(`${path} has ${lines} lines: split it by noun`);
    for (const found of functionLengths(path)) {
      if (!isTest(path)) lengths.push(found.lines);
      if (found.lines > limits.functionLines && !isTest(path))
        wrong.push(`${path}:${found.line} is a function of ${found.lines} lines: name its parts`);
    }
  }
  assert.deepEqual(wrong, []);
  const median = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] as number;
  assert.ok(median <= limits.medianFunctionLines, `half of all functions have more than ${median} lines`);
});
