import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { openHouse } from '../src/house.ts';
import { visitInstance } from '../src/instance.ts';
import * as accounts from '../src/modules/accounts/index.ts';
import * as files from '../src/modules/files/index.ts';
import * as tenants from '../src/modules/tenants/index.ts';
import { type Context, systemContext } from '../src/platform/context.ts';
import type { Tx } from '../src/platform/db.ts';
import { prepareInstance, startInstance } from '../test/instance.ts';
import { type BasicCredentials, password } from '../test/people.ts';
import { cpuOf, memoryOf, openLoader } from './instance.ts';
import type { LoadJob } from './load.ts';
import { propfindBody } from './rows.ts';

/**
 * `node bench/scale.ts [NODES] [TENANTS]`: what requests cost in an instance that holds little, and in the same one when it holds a
 * million files and folders of 600 authorities with ten people each. Asked for: less than 20 % more. Processor time is
 * compared: it does not change with what else the machine does.
 */

const nodes = Number(process.argv[2] ?? 1_000_000);
const tenantCount = Number(process.argv[3] ?? 600);
const peopleEach = 10;
const filesOfFolder = 100;
const rounds = 3;

type Request = Omit<LoadJob, 'port' | 'authorization'>;
type Figures = Record<string, { milliseconds: number; processor: number }>;

const requestsAt = (home: string): Readonly<Record<string, Request>> => {
  const propfind = { method: 'PROPFIND', body: propfindBody, expected: [207] } as const;
  const file = { path: `${home}Akte/f{n}.bin`, modulus: filesOfFolder } as const;
  return {
    'PROPFIND 0': { ...propfind, connections: 8, count: 4_000, path: home, headers: 'Depth: 0\r\n' },
    'PROPFIND 1 × 100': { ...propfind, connections: 8, count: 400, path: `${home}Akte`, headers: 'Depth: 1\r\n' },
    'GET 10 KiB': { ...file, connections: 8, count: 3_000, method: 'GET', expected: [200] },
    'PUT 10 KiB': { ...file, connections: 8, count: 1_000, method: 'PUT', bodyBytes: 10_240, expected: [201, 204] },
  };
};

async function measure(data: string, anna: BasicCredentials): Promise<Figures> {
  const instance = await startInstance(data, { workers: 2 });
  await instance.allServe();
  const loader = openLoader();
  const home = `/remote.php/dav/files/${encodeURIComponent(anna.user)}/`;
  const load = (request: Request) => loader.run({ ...request, port: instance.port, authorization: anna.authorization });
  const used = () => {
    const { node, postgres } = cpuOf({ pid: instance.pid, data });
    return node + postgres;
  };
  try {
    await load({ connections: 1, count: 1, method: 'MKCOL', path: `${home}Akte`, expected: [201, 405] });
    const requests = requestsAt(home);
    const put = requests['PUT 10 KiB'] as Request;
    await load({ ...put, count: filesOfFolder });
    const figures: Figures = {};
    for (const [name, request] of Object.entries(requests)) {
      const results = [];
      for (let round = 0; round <= rounds; round += 1) {
        const before = used();
        const { p50 } = await load(request);
        results.push({ milliseconds: p50, processor: ((used() - before) * 1_000) / request.count });
      }
      const [, ...warm] = results;
      figures[name] = {
        milliseconds: Math.min(...warm.map(({ milliseconds }) => milliseconds)),
        processor: Math.min(...warm.map(({ processor }) => processor)),
      };
    }
    console.log(`memory ${memoryOf({ pid: instance.pid, data })} MB`);
    return figures;
  } finally {
    loader.close();
    await instance.stop();
  }
}

/** A folder of a hundred files after the other, as rows: what is in them is not read here. */
async function fillSpace(tx: Tx, tenant: number, { space, root, folders }: { space: number; root: number; folders: number }) {
  await tx`
    with folder as (
      insert into files.node (tenant, space, parent, name, name_key, is_folder, size, etag, changed, modified, created)
      select ${tenant}, ${space}, ${root}, 'Ordner ' || number, 'ordner ' || number, true, ${filesOfFolder * 5_000}, 1, 1,
        1767225600000, 1767225600000
      from generate_series(1, ${folders}) number
      returning id, name
    )
    insert into files.node
      (tenant, space, parent, name, name_key, is_folder, size, etag, changed, modified, created, blob, sha256, sha1)
    select ${tenant}, ${space}, folder.id, 'Schreiben ' || number || '.odt', 'schreiben ' || number || '.odt', false, 5000, 1, 1,
      1767225600000, 1767225600000, md5(folder.id || '-' || number), sha256(folder.name::bytea), substr(sha256(folder.name::bytea), 1, 20)
    from folder, generate_series(1, ${filesOfFolder}) number`;
}

/** An authority with its people and one space. */
async function settleTenant(house: Context, number: number): Promise<void> {
  const tenant = await tenants.create(house, { slug: `gemeinde-${number}`, name: `Gemeinde ${number}`, kind: 'municipality' });
  let first: number | null = null;
  for (let person = 0; person < peopleEach; person += 1) {
    const address = `person${person}@gemeinde${number}.example`;
    const administrator = person === 0 && { roles: ['tenantAdministrator'], password };
    const { account } = await accounts.addAccount(house, { tenant, address, name: `Person ${person}`, ...administrator });
    first ??= account;
  }
  const actor = await accounts.actorOf(house.platform, tenant, first as number);
  if (!actor) throw new Error(`nobody in tenant ${tenant}`);
  await addSpace({ ...house, actor }, Math.round(nodes / tenantCount / (filesOfFolder + 1)));
}

async function addSpace(ctx: Context, folders: number): Promise<void> {
  const { id, root } = await files.createSpace(ctx, { name: 'Altakten' });
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, (tx) => fillSpace(tx, tenant, { space: id, root, folders }));
}

async function fill(data: string): Promise<void> {
  const config = readConfig(['--data', data, '--log', 'error', '--port', '0'], {});
  await visitInstance(config, async ({ app, owner }) => {
    const opened = await openHouse({ config, app, owner, worksOnJobs: false });
    const house = systemContext(opened.platform, tenants.provider, 'bench');
    for (let number = 1; number <= tenantCount; number += 1) await settleTenant(house, number);
    await opened.close();
  });
}

const data = mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
try {
  const { anna } = await prepareInstance(data, ['anna']);
  console.error('With little in it …');
  const small = await measure(data, anna);
  console.error(`Filling: ${tenantCount} authorities, ${nodes} files and folders …`);
  await fill(data);
  const large = await measure(data, anna);
  console.log('request            ms small  ms large   cpu ms small  cpu ms large   more');
  for (const [name, { milliseconds, processor }] of Object.entries(small)) {
    const then = large[name] as Figures[string];
    const figures = [milliseconds, then.milliseconds, processor, then.processor].map((value) => value.toFixed(2).padStart(11));
    console.log(`${name.padEnd(17)}${figures.join('')}  ${((then.processor / processor - 1) * 100).toFixed(0).padStart(4)} %`);
  }
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  const report = { date: new Date().toISOString(), nodes, tenants: tenantCount, people: tenantCount * peopleEach, small, large };
  writeFileSync(join(folder, 'scale.json'), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.exit();
