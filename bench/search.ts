import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { word } from './catalogue.ts';
import { openCitizens } from './citizens.ts';
import { type CommandFigures, machine } from './command.ts';
import { cpuOf, memoryOf, openLoader } from './instance.ts';
import type { LoadResult } from './load.ts';

/**
 * `node bench/search.ts [SERVICES] [AUTHORITIES]` or `--in FOLDER` (see `bench/citizens.ts`): how long the citizens' search takes over HTTP (`GET /api/finder/search`) among 10,000
 * services, 5,000 authorities and all municipalities of the register, asked one after the other and eight at a time, of an instance of
 * two processes, by a process of its own. Beside it the cheapest answer of the same processes (`/healthz`). The catalogue comes in as an
 * operator brings it in, from a file of XML, which is measured too. Asked for: p95 of 20 ms. Written to `bench/results/search.json`.
 */

const here = dirname(fileURLToPath(import.meta.url));
const municipalities = 631;
const requests = 3_000;
const must = 20;

const wishes = [
  'Hund anmelden',
  'hnud anmeldn',
  'Carport bauen',
  'wohngeld',
  'Personalausweis abgelaufen',
  'ich bin umgezogen',
  'was muss ich tun wenn ich ein Gewerbe anmelden will',
  word(5_001),
];
const places = ['Ellrich', 'Erfurt', 'Lehesten', '99755', 'Großlohra', 'Nordhausn', ''];
const pick = (list: readonly string[], seed: number) => list[seed % list.length] as string;

/** Every third question is one that nobody has asked before, and one of ten finds nothing. */
function address(index: number): string {
  const own = index % 30 === 0 ? `Zebraschwimmkurs${index}` : word(index * 17);
  const q = index % 3 === 0 ? own : pick(wishes, index);
  return `/api/finder/search?${new URLSearchParams({ q, place: pick(places, index) })}`;
}

const rounded = (value: number) => Math.round(value * 10) / 10;
const figures = ({ p50, p95, p99, perSecond }: LoadResult) => ({
  p50: rounded(p50),
  p95: rounded(p95),
  p99: rounded(p99),
  perSecond: Math.round(perSecond),
});

const whole = ({ seconds, cpu, mebibytes }: CommandFigures) => ({ seconds: rounded(seconds), cpu: rounded(cpu), mebibytes });

const { filled, running, again: bringAgain, close } = await openCitizens(process.argv.slice(2));
const loader = openLoader();
try {
  const { services, authorities, entries } = filled;
  const first = whole(filled.import);
  const again = bringAgain && whole(await bringAgain());
  console.log(
    `${entries} entries taken over in ${first.seconds} s with ${first.mebibytes} MiB, once more in ${again?.seconds ?? '–'} s`,
  );
  const job = { port: running.port, authorization: 'none', count: requests, method: 'GET', path: '', expected: [200] };
  const ask = (connections: number, pathOf: (index: number) => string) =>
    loader.run({ ...job, connections, paths: Array.from({ length: requests }, (_, index) => pathOf(index)) });
  const bare = figures(await ask(1, () => '/healthz'));
  const cold = figures(await ask(1, address));
  const one = figures(await ask(1, address));
  const before = cpuOf(running);
  const eight = figures(await ask(8, address));
  const after = cpuOf(running);
  const each = (spent: number) => rounded((spent / requests) * 1_000);
  const cpu = { node: each(after.node - before.node), postgres: each(after.postgres - before.postgres) };
  const rows = { bare, first: cold, oneAfterTheOther: one, eightAtATime: eight };
  console.table(rows);
  console.log(`asked for: p95 of ${must} ms; processor per search: ${cpu.node} ms node, ${cpu.postgres} ms postgres`);
  const report = {
    at: new Date().toISOString(),
    machine: machine(),
    catalogue: { services, authorities, municipalities, entries },
    import: { first, again },
    requests,
    must,
    ...rows,
    cpu,
    memory: memoryOf(running),
  };
  mkdirSync(join(here, 'results'), { recursive: true });
  writeFileSync(join(here, 'results', 'search.json'), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  loader.close();
  await close();
}
