import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { visitInstance } from '../src/instance.ts';
import { settleForms } from '../test/forms.ts';
import { startInstance } from '../test/instance.ts';
import { settle } from '../test/people.ts';
import { openLoader } from './instance.ts';
import { fillIn, post, sendFields } from './way.ts';

/**
 * `node bench/portal.ts`: the citizens' pages, asked one after the other: milliseconds until the whole answer is there, and KB of the page with
 * every style, font and script it loads at once, packed as a browser gets them. Written to `bench/results/portal.json`.
 */

const rounds = 300;
const mostMilliseconds = 50;
const mostKilobytes = 100;
const readingSeconds = 3;

async function prepare(data: string): Promise<void> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  await visitInstance(config, async ({ app, owner }) => {
    const house = await openHouse({ config, app, owner, worksOnJobs: false });
    await settleForms(await settle({ house }));
    await house.close();
  });
}

/** Bytes as they cross the wire, unlike what `fetch` hands out. */
function packed(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      answer.on('end', () => resolve(bytes));
    });
    asked.on('error', reject).end();
  });
}

/** What the page and its styles name: fonts stand in the styles. */
async function loadedBy(origin: string, html: string): Promise<string[]> {
  const own = [...html.matchAll(/(?:href|src)="(\/(?:assets|farbe)\/[^"]+)"/g)].map(([, path]) => path as string);
  const styles = await Promise.all(
    own.filter((path) => path.endsWith('.css')).map(async (path) => (await fetch(origin + path)).text()),
  );
  const fonts = styles.flatMap((style) =>
    [...style.matchAll(/url\(["']?(\/assets\/[^"')]+\.woff2)/g)].map(([, path]) => path as string),
  );
  return [...new Set([...own, ...fonts])];
}

async function pagesOf(origin: string): Promise<Record<string, string>> {
  const open = await fillIn(origin);
  const sent = await fillIn(origin);
  await pause(readingSeconds * 1_000);
  const status = await post(origin, sent.path, sendFields(sent.edition));
  return {
    start: '/',
    search: '/suche?q=Hund+anmelden&ort=Ellrich',
    service: '/leistung/hundesteuer?ort=16062005',
    form: '/antrag/hundesteuer?ort=16062005',
    question: open.path.replace(/pruefen$/, 'address'),
    summary: open.path,
    status,
  };
}

async function measure(data: string): Promise<object[]> {
  await prepare(data);
  const instance = await startInstance(data, { workers: 2 });
  const loader = openLoader();
  try {
    await instance.allServe();
    const origin = `http://127.0.0.1:${instance.port}`;
    const rows = [];
    for (const [name, path] of Object.entries(await pagesOf(origin))) {
      const answer = await fetch(origin + path);
      const html = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      const target = new URL(answer.url).pathname + new URL(answer.url).search;
      const job = { port: instance.port, authorization: 'none', connections: 1, method: 'GET', path: target, expected: [200] };
      await loader.run({ ...job, count: 50 });
      const { p50, p95 } = await loader.run({ ...job, count: rounds });
      const bytes = await Promise.all([target, ...(await loadedBy(origin, html))].map((each) => packed(origin + each)));
      const kilobytes = Math.round(bytes.reduce((sum, each) => sum + each, 0) / 100) / 10;
      const page = Math.round((bytes[0] ?? 0) / 100) / 10;
      rows.push({ name, p50: Math.round(p50 * 10) / 10, p95: Math.round(p95 * 10) / 10, page, kilobytes });
    }
    return rows;
  } finally {
    loader.close();
    await instance.stop();
  }
}

const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
try {
  const rows = await measure(data);
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores`;
  const report = { date: new Date().toISOString(), machine, must: { p95: mostMilliseconds, kilobytes: mostKilobytes }, rows };
  const results = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'portal.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.table(rows);
} finally {
  rmSync(data, { recursive: true, force: true });
}
