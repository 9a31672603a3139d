import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { S3Config } from '../src/config.ts';
import { freePort } from './port.ts';
import { requireProgram } from './tools.ts';

/**
 * A real Ceph on this machine: one monitor, one OSD that keeps its objects in memory, one RADOS gateway. About 13 s and
 * 150 MB. No manager: nothing here asks for statistics.
 */
export type Ceph = {
  /** Settings for {@link S3Config}; the bucket is there. */
  readonly s3: S3Config;
  /** Stops the gateway and starts it again, for tests of a store that is away. */
  stopGateway(): Promise<void>;
  startGateway(): Promise<void>;
  stop(): Promise<void>;
};

const startSeconds = 120;
const bucket = 'rennsteig';
const run = promisify(execFile);

type Place = { readonly home: string; readonly fsid: string; readonly monitor: number; readonly gateway: number };

/** Authentication stays on: with `none` the daemons hang. Replication is off, and one OSD may hold all copies. */
function configuration({ home, fsid, monitor, gateway }: Place): string {
  const settings = {
    fsid,
    'mon host': `[v2:127.0.0.1:${monitor}/0]`,
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    'auth cluster required': 'cephx',
    'auth service required': 'cephx',
    'auth client required': 'cephx',
    keyring: `${home}/keyring`,
    'run dir': home,
    'crash dir': home,
    'admin socket': `${home}/$name.asok`,
    'log file': `${home}/$name.log`,
    'mon data': `${home}/mon`,
    'osd data': `${home}/osd`,
    'rgw data': `${home}/rgw`,
    'osd objectstore': 'memstore',
    'memstore device bytes': 2 * 2 ** 30,
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'mon allow pool size one': true,
    'osd crush chooseleaf type': 0,
    'osd pool default pg num': 1,
    'osd pool default pgp num': 1,
    'osd pool default pg autoscale mode': 'off',
    'mon max pg per osd': 1000,
    'rgw frontends': `beast endpoint=127.0.0.1:${gateway}`,
    'rgw thread pool size': 32,
  };
  return ['[global]', ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`), ''].join('\n');
}

/** One cluster's programs; all are told where its configuration is. */
class Machine {
  readonly #home: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #children = new Map<string, ChildProcess>();

  constructor(home: string) {
    this.#home = home;
    this.#env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', CEPH_CONF: join(home, 'ceph.conf'), LC_ALL: 'C' };
  }

  async do(program: string, ...args: string[]): Promise<string> {
    const { stdout } = await run(requireProgram(program), args, { cwd: this.#home, env: this.#env, maxBuffer: 2 ** 24 });
    return stdout;
  }

  /** In the foreground, so that it is our child; the kernel ends it should we be killed. */
  start(program: string, ...args: string[]): void {
    const all = ['--pdeathsig', 'KILL', '--', requireProgram(program), ...args, '-f'];
    const child = spawn(requireProgram('setpriv'), all, { cwd: this.#home, env: this.#env, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (text) => appendFileSync(join(this.#home, `${program}.err`), text));
    this.#children.set(program, child);
  }

  async stop(program: string): Promise<void> {
    const child = this.#children.get(program);
    this.#children.delete(program);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL'); // everything is in memory and thrown away: nothing to be orderly about
    await gone;
  }

  async stopAll(): Promise<void> {
    for (const program of [...this.#children.keys()].reverse()) await this.stop(program);
  }
}

const capabilities = {
  'mon.': ['mon', 'allow *'],
  'client.admin': ['mon', 'allow *', 'osd', 'allow *', 'mgr', 'allow *'],
  'osd.0': ['mon', 'allow profile osd', 'osd', 'allow *', 'mgr', 'allow profile osd'],
};

function makeKeyring(keyring: string): void {
  execFileSync(requireProgram('ceph-authtool'), ['-C', keyring], { stdio: 'ignore' });
  for (const [name, list] of Object.entries(capabilities)) {
    const caps = list.flatMap((part, index) => (index % 2 === 0 ? ['--cap', part, list[index + 1] as string] : []));
    execFileSync(requireProgram('ceph-authtool'), [keyring, '--gen-key', '-n', name, ...caps], { stdio: 'ignore' });
  }
}

async function startCluster(machine: Machine, place: Place): Promise<void> {
  const { home, fsid, monitor } = place;
  await writeFile(join(home, 'ceph.conf'), configuration(place));
  makeKeyring(join(home, 'keyring'));
  for (const name of ['mon', 'osd', 'rgw']) await mkdir(join(home, name));
  await machine.do('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitor}]`, 'monmap');
  await machine.do('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap', '--keyring', 'keyring');
  machine.start('ceph-mon', '-i', 'a');
  await machine.do('ceph-osd', '-i', '0', '--mkfs');
  await machine.do('ceph', 'osd', 'new', (await readFile(join(home, 'osd', 'fsid'), 'utf8')).trim(), '0');
  machine.start('ceph-osd', '-i', '0');
}

/** The gateway says nowhere that it is ready: it is asked until it answers. */
async function untilAnswered(url: string): Promise<void> {
  for (const deadline = Date.now() + startSeconds * 1000; Date.now() < deadline; await pause(100)) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer) return;
  }
  throw new Error(`the RADOS gateway did not answer within ${startSeconds} s`);
}

/** Starts a cluster with one user and one bucket in a temporary directory. */
export async function startCeph(): Promise<Ceph> {
  const home = await mkdtemp(join(tmpdir(), 'rennsteig-test-ceph-'));
  const place = { home, fsid: randomUUID(), monitor: await freePort(), gateway: await freePort() };
  const machine = new Machine(home);
  const stop = async () => {
    await machine.stopAll();
    await rm(home, { recursive: true, force: true });
  };
  const s3: S3Config = {
    endpoint: `http://127.0.0.1:${place.gateway}`,
    bucket,
    region: 'default',
    accessKeyId: randomBytes(10).toString('hex'),
    secretAccessKey: randomBytes(20).toString('hex'),
  };
  const startGateway = async () => {
    machine.start('radosgw', '-n', 'client.admin');
    await untilAnswered(s3.endpoint);
  };
  try {
    await startCluster(machine, place);
    const keys = ['--access-key', s3.accessKeyId, '--secret-key', s3.secretAccessKey];
    await machine.do('radosgw-admin', 'user', 'create', '--uid', 'rennsteig', '--display-name', 'Rennsteig', ...keys);
    await startGateway();
    await makeBucket(s3);
  } catch (error) {
    await stop();
    throw error;
  }
  return { s3, stop, startGateway, stopGateway: () => machine.stop('radosgw') };
}

async function makeBucket(s3: S3Config): Promise<void> {
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ ...s3, credentials: s3, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: s3.bucket }));
  client.destroy();
}
