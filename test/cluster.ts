import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationSources } from '../src/house.ts';
import { type Connection, connect } from '../src/platform/db.ts';
import { type appRole, openEmbedded, ownerRole } from '../src/platform/embedded.ts';
import { openLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { readVariable } from './environment.ts';

/** The database server of the tests, with one migrated template that every test file copies. */
export type Cluster = { readonly superuser: Connection; readonly template: string };

/** How the runner tells test files where its server is. */
export const clusterVariable = 'RENNSTEIG_TEST_CLUSTER';

/** Databases as one role of the test server. */
export function asRole(cluster: Cluster, role: typeof appRole | typeof ownerRole, database: string): Connection {
  return { ...cluster.superuser, username: role, database };
}

/** What these databases hold need not survive a power cut; the tests that cut it start servers of their own. */
async function forgetDisk(superuser: Connection): Promise<void> {
  const sql = connect(superuser, { max: 1 });
  try {
    await sql`alter system set fsync = off`;
    await sql`select pg_reload_conf()`;
  } finally {
    await sql.end();
  }
}

/** Starts a server in a temporary directory and prepares the template. */
export async function startCluster(): Promise<Cluster & { stop(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'rennsteig-test-pg-'));
  const embedded = await openEmbedded(join(home, 'postgres'), openLog('silent'));
  const cluster = { superuser: embedded.superuser, template: 'rennsteig_template' };
  await forgetDisk(cluster.superuser);
  await createDatabase(cluster, cluster.template, 'template1');
  await migrate(asRole(cluster, ownerRole, cluster.template), migrationSources);
  return {
    ...cluster,
    stop: async () => {
      await embedded.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The runner's server, or one of our own when a test file is run by hand. */
export async function joinCluster(): Promise<Cluster & { stop(): Promise<void> }> {
  const given = readVariable(clusterVariable);
  return given ? { ...(JSON.parse(given) as Cluster), stop: async () => {} } : startCluster();
}

async function createDatabase(cluster: Cluster, name: string, template: string): Promise<void> {
  const sql = connect(cluster.superuser, { max: 1 });
  try {
    // By its files: writing each of its pages to the log first takes 200 ms instead of 35, for each of two hundred copies.
    await sql`create database ${sql(name)} template ${sql(template)} owner ${sql(ownerRole)} strategy file_copy`;
  } finally {
    await sql.end();
  }
}

/** A fresh copy of the migrated template; `drop` removes it. */
export async function copyTemplate(cluster: Cluster): Promise<{ name: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await createDatabase(cluster, name, cluster.template);
  const drop = async () => {
    const sql = connect(cluster.superuser, { max: 1 });
    try {
      await sql`drop database ${sql(name)} with (force)`;
    } finally {
      await sql.end();
    }
  };
  return { name, drop };
}
