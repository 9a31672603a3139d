import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { weigh } from '../test/page-weight.ts';
import { openCitizens, type Tokens } from './citizens.ts';
import { machine } from './command.ts';
import { cpuOf, openLoader } from './instance.ts';

/**
 * `node bench/citizen-pages.ts [SERVICES] [AUTHORITIES]` or `--in FOLDER` (see `bench/citizens.ts`): the pages of the citizens' way, one after the other: how long the server takes for
 * each (asked by a process of its own, over HTTP, one at a time and eight at a time; `cpu` is the processor time, which a busy machine
 * does not lengthen), and what a browser that has never been here
 * fetches for it, compressed as it is sent. Asked for: p95 of 50 ms, 100 KB all in all, no script unless a page must move. Written to
 * `bench/results/citizen-pages.json`.
 */

const here = dirname(fileURLToPath(import.meta.url));
const requests = 200;
/** Until every connection to the database knows the statements of a page: processes live for weeks. */
const warming = 300;
const must = { milliseconds: 50, kilobytes: 100 };

const walk = ({ begun, complete, sent }: Tokens): readonly (readonly [what: string, path: string])[] => [
  ['start page', '/suche'],
  ['search, twenty answers', '/suche?q=Hund+anmelden&ort=Ellrich'],
  ['search, nothing found', '/suche?q=Quantengravitation&ort=Ellrich'],
  ['situation in life', '/lebenslage/animals'],
  ['service', '/leistung/hundesteuer?ort=16062005'],
  ['authority', '/stelle/16062005'],
  ['beginning of a form', '/antrag/hundesteuer?ort=16062005'],
  ['a question', `/antrag/hundesteuer/${complete}/person`],
  ['a question for a file', `/antrag/hundesteuer/${begun}/proof`],
  ['stop and go on later', `/antrag/hundesteuer/${complete}/speichern`],
  ['summary', `/antrag/hundesteuer/${complete}/pruefen`],
  ['status', `/antrag/status/${sent}`],
  ['sign-in to the mailbox', '/postfach/anmelden'],
  ['legal notice', '/impressum'],
  ['list of pages for search engines', '/sitemap.xml'],
];

const rounded = (value: number) => Math.round(value * 10) / 10;
const kilobytes = (bytes: number) => rounded(bytes / 1_000);

const { filled, running, close } = await openCitizens(process.argv.slice(2));
const loader = openLoader();
try {
  const { services, authorities, tokens } = filled;
  const origin = `http://127.0.0.1:${running.port}`;
  const job = { port: running.port, authorization: 'none', method: 'GET', expected: [200] };
  const rows = [];
  for (const [what, path] of walk(tokens)) {
    const ask = (connections: number, count = requests) => loader.run({ ...job, connections, count, path });
    await ask(8, warming);
    const before = cpuOf(running);
    const [one, eight] = [await ask(1), await ask(8)];
    const after = cpuOf(running);
    const cpu = rounded(((after.node + after.postgres - before.node - before.postgres) * 1_000) / (2 * requests));
    const { page, style, fonts, pictures, script, whole } = await weigh(origin + path);
    const times = { p50: rounded(one.p50), p95: rounded(one.p95), eightP95: rounded(eight.p95), cpu };
    const sizes = [page, style, fonts, pictures, script, whole].map(kilobytes);
    const [pageKb = 0, styleKb = 0, fontsKb = 0, picturesKb = 0, scriptKb = 0, wholeKb = 0] = sizes;
    rows.push({ what, ...times, pageKb, styleKb, fontsKb, picturesKb, scriptKb, wholeKb });
  }
  console.table(Object.fromEntries(rows.map(({ what, ...row }) => [what, row])));
  const late = rows.filter(({ eightP95, wholeKb }) => eightP95 > must.milliseconds || wholeKb > must.kilobytes);
  console.log(late.length === 0 ? 'all as asked for' : `NOT as asked for: ${late.map(({ what }) => what).join(', ')}`);
  const report = { at: new Date().toISOString(), machine: machine(), services, authorities, requests, must, rows };
  mkdirSync(join(here, 'results'), { recursive: true });
  writeFileSync(join(here, 'results', 'citizen-pages.json'), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  loader.close();
  await close();
}
