import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClientKind, clientKinds, openSyncClient, type SyncClient } from '../test/sync.ts';
import { openEcho } from './echo.ts';
import { type BenchInstance, cpuOf, openBenchInstance } from './instance.ts';

/**
 * What people wait for: the real clients against an instance of its own, client and server on the same machine. Run it with
 * `node bench/desktop.ts [FILES]`; the figures go to the screen and to `bench/results/desktop.json`.
 */

const files = Number(process.argv[2] ?? 2_000);
const folders = 20;
const bytes = 5 * 1_024;

/**
 * Seconds a client took, seconds of processor time the instance used meanwhile, and seconds the same client takes for the same
 * against a server that answers from memory: what it needs for itself.
 */
type Figure = { readonly seconds: number; readonly server: number; readonly database: number; readonly limit: number };
type Work = 'first upload' | 'first download' | 'nothing changed';
type Measured = Readonly<Record<Work, Omit<Figure, 'limit'>>>;
type Figures = Readonly<Record<Work, Figure>>;

const round = (value: number) => Math.round(value * 100) / 100;

async function measure(instance: BenchInstance, client: SyncClient): Promise<Omit<Figure, 'limit'>> {
  const [before, began] = [cpuOf(instance), performance.now()];
  await client.mustSync();
  const seconds = round((performance.now() - began) / 1000);
  const after = cpuOf(instance);
  return { seconds, server: round(after.node - before.node), database: round(after.postgres - before.postgres) };
}

function fill(client: SyncClient): void {
  for (let number = 0; number < files; number += 1)
    client.write(`Ordner ${number % folders}/Datei ${number}.bin`, randomBytes(bytes));
}

/** What two computers of one person do, one after the other, with the server at a port. */
async function play(kind: ClientKind, port: number, instance: BenchInstance, place: string): Promise<Measured> {
  const access = { port, credentials: instance.anna };
  const office = openSyncClient(kind, { ...access, place: join(place, 'office') });
  const home = openSyncClient(kind, { ...access, place: join(place, 'home') });
  fill(office);
  const upload = await measure(instance, office);
  const download = await measure(instance, home);
  // After a first upload a client reads every folder once more; what people wait for day by day is the run after that.
  await office.mustSync();
  return { 'first upload': upload, 'first download': download, 'nothing changed': await measure(instance, office) };
}

async function withInstance<Result>(work: (instance: BenchInstance) => Promise<Result>): Promise<Result> {
  const instance = await openBenchInstance();
  try {
    return await work(instance);
  } finally {
    await instance.close();
  }
}

async function measureClient(kind: ClientKind, place: string): Promise<Figures> {
  const found = await withInstance((instance) => play(kind, instance.port, instance, join(place, kind)));
  const alone = await withInstance(async (instance) => {
    const echo = await openEcho(instance.port);
    await play(kind, echo.port, instance, join(place, `${kind}-heard`));
    echo.repeat();
    const again = await play(kind, echo.port, instance, join(place, `${kind}-echo`));
    await echo.close();
    return again;
  });
  const whole = (work: Work): Figure => ({ ...found[work], limit: alone[work].seconds });
  return {
    'first upload': whole('first upload'),
    'first download': whole('first download'),
    'nothing changed': whole('nothing changed'),
  };
}

function print(kind: ClientKind, figures: Figures): void {
  const rows = Object.entries(figures).map(([what, { seconds, server, database, limit }]) =>
    [what.padEnd(16), ...[seconds, server, database, limit].map((value) => value.toFixed(2).padStart(9))].join(' '),
  );
  console.log([`${kind}cmd`.padEnd(16), '  seconds', '   server', ' database', '    limit'].join(' '));
  console.log(`${rows.join('\n')}\n`);
}

const place = mkdtempSync(join(tmpdir(), 'rennsteig-bench-desktop-'));
try {
  const results: Partial<Record<ClientKind, Figures>> = {};
  for (const kind of clientKinds) {
    const figures = await measureClient(kind, place);
    results[kind] = figures;
    print(kind, figures);
  }
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  const found = { date: new Date().toISOString().slice(0, 10), files, bytes, folders, results };
  writeFileSync(join(folder, 'desktop.json'), `${JSON.stringify(found, null, 2)}\n`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
