import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { visitInstance } from '../src/instance.ts';
import * as accounts from '../src/modules/accounts/index.ts';
import * as files from '../src/modules/files/index.ts';
import type { Context } from '../src/platform/context.ts';
import { sessionCookie } from '../src/platform/http.ts';
import { csrfToken } from '../src/platform/http-guard.ts';
import { type Desk, deskOf } from '../test/desk.ts';
import { startInstance } from '../test/instance.ts';
import { password, settle } from '../test/people.ts';
import { type Clerk, type DayFigures, type DayJob, sizeOf } from './day-load.ts';
import { memoryOf } from './instance.ts';

/**
 * A day's mix of 3,750 people: `node bench/day.ts [seconds]`. First at the rate of those people, then faster and faster until
 * the 95th percentile leaves 250 ms.
 */

const here = dirname(fileURLToPath(import.meta.url));
const people = 60;
const folders = 10;
const filesEach = 20;
const seconds = Number(process.argv[2] ?? 20);
const highestP95 = 250;
const growth = 1.15;

async function fillHome(desk: Desk): Promise<void> {
  for (const name of ['Eingang', 'Ablage']) await desk.folder(name);
  for (let number = 0; number < folders; number += 1) {
    const folder = `Ordner ${number}`;
    await desk.folder(folder);
    const write = (_: unknown, file: number) => desk.write(`${folder}/Datei-${file}.txt`, `Vermerk ${file}`.repeat(40));
    await Promise.all(Array.from({ length: filesEach }, write));
  }
  await desk.write('Ordner 0/Wanderer.txt', 'Umlaufmappe');
  for (let number = 0; number < 10; number += 1)
    await desk.write(`Ablage/Datei-${number}.bin`, Buffer.alloc(sizeOf(number), 'rennsteig'));
}

/** Somebody with files, a space, a session and an app password. */
async function seat(house: Context, tenant: number, number: number): Promise<Omit<Clerk, 'space'> & { readonly id: number }> {
  const address = `person${number}@ellrich.example`;
  const { account } = await accounts.addAccount(house, { tenant, name: `Person ${number}`, address, password });
  const actor = await accounts.actorOf(house.platform, tenant, account);
  if (!actor) throw new Error(`${address} has no access`);
  const ctx: Context = { ...house, actor };
  await fillHome(deskOf(ctx));
  const { secret } = await accounts.createAppPasswordFor(house, { tenant, account }, 'bench');
  const { token } = await accounts.signIn({ ...house, actor: { kind: 'nobody', tenant } }, { address, password });
  return {
    id: account,
    authorization: `Basic ${Buffer.from(`${address}:${secret}`).toString('base64')}`,
    cookie: `${sessionCookie(false)}=${token}`,
    csrf: csrfToken(house.platform.keys, token),
    home: `/remote.php/dav/files/${encodeURIComponent(address)}/`,
  };
}

async function prepare(data: string): Promise<Clerk[]> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  return visitInstance(config, async ({ app, owner }) => {
    const opened = await openHouse({ config, app, owner, worksOnJobs: false });
    const { house, dora, ellrich } = await settle({ house: opened });
    const seats = [];
    for (let number = 0; number < people; number += 1) seats.push(await seat(house, ellrich, number));
    const clerks: Clerk[] = [];
    for (const [number, { id, ...clerk }] of seats.entries()) {
      const name = `Bereich ${number}`;
      const { id: space } = await files.createSpace(dora, { name });
      await files.setMember(dora, space, { principal: id, role: 'manager' });
      clerks.push({ ...clerk, space: { id: space, name, guest: seats[(number + 1) % people]?.id as number } });
    }
    await opened.close();
    return clerks;
  });
}

function printRound(factor: number, figures: DayFigures): void {
  const { perSecond, p50, p95, p99, worst, errors } = figures;
  const text = [perSecond, p50, p95, p99, worst].map((value) => value.toFixed(1).padStart(9)).join('');
  console.log(`${String(Math.round(factor * 3_750)).padStart(7)}${text}  ${errors.length === 0 ? 'no errors' : errors[0]}`);
}

async function run(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
  console.error('Preparing people and files …');
  const clerks = await prepare(data);
  const instance = await startInstance(data, { workers: 2 });
  await instance.allServe();
  const generator = fork(join(here, 'day-load.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const play = async (factor: number, length = seconds): Promise<DayFigures> => {
    generator.send({ port: instance.port, clerks, seconds: length, factor, folders, filesEach } satisfies DayJob);
    const [{ figures, error }] = (await once(generator, 'message')) as [{ figures?: DayFigures; error?: string }];
    if (!figures) throw new Error(error);
    return figures;
  };
  try {
    await play(0.3, 5);
    console.log(' people    req/s      p50      p95      p99    worst ms');
    const rounds: { factor: number; figures: DayFigures }[] = [];
    for (let factor = 1; ; factor *= growth) {
      const figures = await play(factor);
      rounds.push({ factor, figures });
      printRound(factor, figures);
      if (figures.p95 > highestP95 || figures.errors.length > 0) break;
    }
    const memory = memoryOf({ pid: instance.pid, data });
    console.log(`memory ${memory} MB`);
    mkdirSync(join(here, 'results'), { recursive: true });
    const report = { date: new Date().toISOString(), seconds, memory, rounds };
    writeFileSync(join(here, 'results', 'day.json'), `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    generator.kill();
    await instance.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

await run();
process.exit();
