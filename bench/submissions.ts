import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { visitInstance } from '../src/instance.ts';
import { joinToken } from '../src/modules/accounts/index.ts';
import * as forms from '../src/modules/forms/index.ts';
import { randomToken, sha256 } from '../src/platform/crypto.ts';
import { connect } from '../src/platform/db.ts';
import { settleForms } from '../test/forms.ts';
import { startInstance } from '../test/instance.ts';
import { settle } from '../test/people.ts';
import { answerDogGone } from './dog-gone.ts';
import { cpuOf, openLoader } from './instance.ts';

/**
 * A rush at the end of a deadline: thousands of finished drafts are sent at once, through HTTP, page bundle and database, with everything
 * that follows (office, numbers, receipt) at work beside it, and every seventh is sent twice. Run: `node bench/submissions.ts [COUNT]`; the
 * figures go to the screen and to `bench/results/submissions.json`. The first seconds of a cold instance count.
 */

const [count = 15_000] = process.argv.slice(2).map(Number);
const twiceEvery = 7;
const connections = 32;
/** What the issue asks for, on two cores. */
const mustPerSecond = 500;

type Prepared = { readonly tokens: readonly string[]; readonly edition: number; readonly tenant: number };

/** One draft is answered as people do it; the others are copies of it with a link of their own. */
async function prepare(data: string): Promise<Prepared> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  return visitInstance(config, async ({ app, owner }) => {
    const house = await openHouse({ config, app, owner, worksOnJobs: false });
    const people = await settle({ house });
    await settleForms(people);
    const { nobody, ellrich } = people;
    const token = await answerDogGone(people);
    const check = await forms.lookAtCheck(nobody, token);
    if (!('edition' in check)) throw new Error('the form is not complete');
    const tokens = Array.from({ length: count }, () => joinToken(ellrich, randomToken()));
    await copyDraft(owner, ellrich, tokens);
    await house.close();
    return { tokens, edition: check.edition, tenant: ellrich };
  });
}

async function copyDraft(owner: Parameters<typeof connect>[0], tenant: number, tokens: readonly string[]): Promise<void> {
  const sql = connect(owner, { max: 1 });
  const hashes = tokens.map((token) => sha256(token).toString('hex'));
  await sql`
    insert into forms.draft (tenant, token_hash, form, version, area, office, locale, answers, steps, edition, state, begun_at, changed_at)
    select tenant, decode(hash, 'hex'), form, version, area, office, locale, answers, steps, edition, state, begun_at - interval '1 hour',
      changed_at
    from forms.draft, unnest(${hashes}::text[]) as hash where tenant = ${tenant}`;
  await sql.end();
}

type Stored = { readonly submissions: number; readonly drafts: number; readonly waiting: number };

async function storedIn(data: string, tenant: number): Promise<Stored> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  return visitInstance(config, async ({ owner }) => {
    const sql = connect(owner, { max: 1 });
    const [row] = await sql<Stored[]>`
      select count(*)::int as submissions, count(distinct draft)::int as drafts,
        (select count(*)::int from graphile_worker.jobs) as waiting
      from forms.submission where tenant = ${tenant}`;
    await sql.end();
    return row ?? { submissions: 0, drafts: 0, waiting: 0 };
  });
}

type Figures = Readonly<Record<string, number>>;

function write(figures: Figures): void {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  const found = { date: new Date().toISOString(), ...figures };
  writeFileSync(join(folder, 'submissions.json'), `${JSON.stringify(found, null, 2)}\n`);
}

async function measure(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
  try {
    const { tokens, edition, tenant } = await prepare(data);
    const instance = await startInstance(data, { workers: 2 });
    const loader = openLoader();
    let figures: Figures = {};
    try {
      await instance.allServe();
      const paths = tokens.flatMap((token, index) => {
        const path = `/antrag/hundesteuer/${token}/pruefen`;
        return index % twiceEvery === 0 ? [path, path] : [path];
      });
      const origin = `http://127.0.0.1:${instance.port}`;
      const headers = `Origin: ${origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
      const body = new URLSearchParams({ edition: String(edition), cents: '', declared: 'yes', website: '' }).toString();
      const job = {
        port: instance.port,
        authorization: 'none',
        connections,
        method: 'POST',
        path: '',
        headers,
        body,
        expected: [302],
      };
      const before = cpuOf({ pid: instance.pid, data });
      const { seconds, p50, p95, p99 } = await loader.run({ ...job, paths, count: paths.length });
      const after = cpuOf({ pid: instance.pid, data });
      const each = (spent: number) => Math.round((spent / count) * 100_000) / 100;
      const [node, postgres] = [each(after.node - before.node), each(after.postgres - before.postgres)];
      const perSecond = Math.round(count / seconds);
      figures = {
        count,
        requests: paths.length,
        connections,
        seconds,
        perSecond,
        asked: mustPerSecond,
        p50,
        p95,
        p99,
        node,
        postgres,
      };
      console.log(`${count} submissions, ${paths.length} requests, ${connections} connections, ${seconds.toFixed(1)} s`);
      console.log(`stored: ${perSecond}/s (asked: ${mustPerSecond}/s), answered: ${Math.round(paths.length / seconds)}/s`);
      console.log(`p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
      console.log(`processor per submission: node ${node} ms, postgres ${postgres} ms`);
    } finally {
      loader.close();
      await instance.stop();
    }
    const { submissions, drafts, waiting } = await storedIn(data, tenant);
    if (submissions !== count || drafts !== count) throw new Error(`${submissions} submissions of ${drafts} drafts are stored`);
    console.log(`each is stored exactly once; ${waiting} jobs that follow from them are left to do`);
    write({ ...figures, waiting });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

await measure();
