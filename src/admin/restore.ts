import { resolve } from 'node:path';
import { leaveGap } from '#modules/files';
import { type PaymentsThen, paymentsThen, skipReferences } from '#modules/payments';
import { provider, verifyAudits } from '#modules/tenants';
import type { Config } from '../config.ts';
import { embeddedHome } from '../ground.ts';
import { migrationSources, OperatorError, openPlatform, openStore } from '../house.ts';
import { type Visit, visitInstance } from '../instance.ts';
import { audit } from '../platform/audit.ts';
import { restoreBackup, settleKey, verifyBackup } from '../platform/backup.ts';
import { systemContext } from '../platform/context.ts';
import { restoreMirror } from '../platform/continuous-blobs.ts';
import { findInstant, spansOf } from '../platform/continuous-format.ts';
import { addKeys, restoreRows } from '../platform/continuous-restore.ts';
import { connect } from '../platform/db.ts';
import { checkFree } from '../platform/embedded-recovery.ts';
import { lockDirectory } from '../platform/lock.ts';
import { noteRestored } from '../platform/restored.ts';
import { passing } from './backup.ts';
import { type Call, type Command, type Outcome, textOf, UsageError } from './command.ts';
import { checkInstance, describeCheck } from './fsck.ts';

type RestoreCall = Pick<Call, 'config' | 'args' | 'options'>;

/** An instant with its time zone, as ISO 8601 in UTC. Throws {@link UsageError}. */
function instantOf(text: string): string {
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = isWhole ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError('--at takes an instant with its time zone, such as 2026-11-22T10:15:00+01:00 or 2026-11-22T09:15:00Z.');
  return new Date(time).toISOString();
}

/** Back to an instant of the continuous backup: the stored files first, then the rows. */
async function restoreInstant({ config, args }: RestoreCall, at: string): Promise<Outcome> {
  const directory = resolve(args[0] ?? '');
  const found = await findInstant(directory, at);
  if (config.databaseUrl)
    throw new OperatorError(
      'With DATABASE_URL the rows are brought back by the database server’s own means; then “restore DIRECTORY --blobs” brings the stored files. See docs/operating.md.',
    );
  const name = `of ${at}`;
  await settleKey(config, { directory, name, manifest: { key: found.line.key, hasKey: false } });
  const lock = await lockDirectory(config.data);
  let blobs: number;
  try {
    checkFree(embeddedHome(config));
    blobs = await restoreMirror(directory, await openStore(config));
    await restoreRows({ home: embeddedHome(config), directory, found, at, passing });
  } finally {
    await lock.release();
  }
  return visitInstance(config, (visit) => look(config, visit, { name, of: at, blobs }));
}

/** The stored files alone, for rows that the operator's database server has brought back. */
async function restoreFiles({ config, args }: RestoreCall): Promise<Outcome> {
  const directory = resolve(args[0] ?? '');
  const [newest] = await spansOf(directory);
  if (!newest) throw new OperatorError(`There is no continuous backup in ${directory} that could be restored.`);
  const name = 'of the stored files';
  await settleKey(config, { directory, name, manifest: { key: newest.line.key, hasKey: false } });
  return visitInstance(config, async (visit) => {
    if (visit.isRunning) throw new OperatorError('This instance is running. Please stop it first.');
    const blobs = await restoreMirror(directory, await openStore(config));
    const sql = connect(visit.owner, { max: 1 });
    await addKeys(sql, directory).finally(() => sql.end());
    return look(config, visit, { name, of: newest.until, blobs });
  });
}

async function restore(call: RestoreCall): Promise<Outcome> {
  const [at, name] = [textOf(call, 'at'), textOf(call, 'backup')];
  if ([at !== null, name !== null, call.options.blobs === true].filter(Boolean).length > 1)
    throw new UsageError('--at, --backup and --blobs exclude each other.');
  if (at !== null) return restoreInstant(call, instantOf(at));
  return call.options.blobs === true ? restoreFiles(call) : restoreDump(call);
}

async function restoreDump(call: RestoreCall): Promise<Outcome> {
  const verified = await verifyBackup(resolve(call.args[0] ?? ''), textOf(call, 'backup'), migrationSources);
  await settleKey(call.config, verified);
  return visitInstance(call.config, async (visit) => {
    if (visit.isRunning) throw new OperatorError('This instance is running. Please stop it, and restore into an empty one.');
    const target = { owner: visit.owner, store: await openStore(call.config), sources: migrationSources };
    const { blobs } = await restoreBackup(target, verified);
    return look(call.config, visit, { name: verified.name, of: verified.manifest.begun, blobs });
  });
}

/** What came back: the instant it is of (ISO 8601), and how many stored objects. */
type Restored = { readonly name: string; readonly of: string; readonly blobs: number };

/** Notes the restore where everybody can see that time went back, and checks what is there now. */
async function look(config: Config, visit: Visit, { name, of, blobs }: Restored): Promise<Outcome> {
  await leaveGap(visit.owner);
  await skipReferences(visit.owner);
  const platform = await openPlatform({ config, ...visit });
  try {
    await noteRestored(platform.db.instance);
    const house = systemContext(platform, provider, 'restore');
    const details = { backup: name, of };
    await platform.db.write(provider, (tx) => audit(tx, house, [{ action: 'platform.restore', thing: 'instance', details }]));
    const checked = await checkInstance(platform, false);
    const { entries, problems } = await verifyAudits(platform);
    const isBad = !checked.ok || problems.length > 0;
    const trail =
      problems.length === 0 ? `The audit trail is whole: ${entries} entries.` : 'The audit trail is damaged; see “audit verify”.';
    const payments = await paymentsThen(platform);
    const lines = [`Restored the backup ${name} with ${blobs} stored objects.`, describeCheck(checked, false), trail];
    return {
      text: [...lines, ...describePayments(payments, of)].join('\n'),
      json: { ok: !isBad, backup: name, of, restoredObjects: blobs, check: checked, audit: { entries, problems }, payments },
      isBad,
    };
  } finally {
    await platform.db.close();
  }
}

/** Money does not go back in time: what is known here of payments ends at the instant (ISO 8601). */
function describePayments({ underWay, services }: PaymentsThen, instant: string): string[] {
  if (services === 0) return [];
  return [
    `Payments: ${underWay} attempts were under way at payment services at ${instant}. When this instance takes over, run “payments ask”: it asks the services about them and books what was paid.`,
    `What began there after ${instant} is not known here, and the services have no list of it that could be asked for: compare Kasse → Abgleich of ${services} tenants with the services’ own tables from that instant on, and book what is missing.`,
  ];
}

/** Coming back from a backup. */
export const restoreCommands: readonly Command[] = [
  {
    name: 'restore',
    takes: ['DIRECTORY'],
    usage: '[--backup NAME | --at INSTANT | --blobs]',
    meaning:
      'brings the newest backup of a directory, the one named, or an instant of the continuous one into an empty instance, and checks it; --blobs: stored files only',
    options: { backup: { type: 'string' }, at: { type: 'string' }, blobs: { type: 'boolean' } },
    runAlone: restore,
  },
];
