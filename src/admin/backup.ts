import { resolve } from 'node:path';
import { provider, tenantNumbers } from '#modules/tenants';
import { migrationSources, openStore } from '../house.ts';
import { audit } from '../platform/audit.ts';
import { backUp } from '../platform/backup.ts';
import { readBackupNote } from '../platform/continuous.ts';
import { spansOf } from '../platform/continuous-format.ts';
import { readMasterKeys } from '../platform/keys.ts';
import { type Call, type Command, type Outcome, textOf, UsageError } from './command.ts';

/** Unfinished uploads are begun anew by their clients; attempts are counted anew; what is noted for a backup is of another bucket. */
export const passing = ['files.upload', 'files.upload_part', 'platform.throttle', 'platform.noted_object', 'previews.picture'];

const mostKept = 10_000;

/** A continuous backup that is further behind is late. */
const lateSeconds = 15 * 60;

function keptDumps(call: Call): number | null {
  const text = textOf(call, 'keep');
  if (text === null) return null;
  const keep = Number(text);
  if (!Number.isInteger(keep) || keep < 1 || keep > mostKept)
    throw new UsageError(`--keep takes a whole number from 1 to ${mostKept}.`);
  return keep;
}

/** Whoever takes a copy of everything is noted, before the copy: it is in the copy as well. */
async function note({ platform, house }: Call, hasKey: boolean): Promise<void> {
  if (!(await tenantNumbers(platform)).includes(provider)) return;
  await platform.db.write(provider, (tx) =>
    audit(tx, house, [{ action: 'platform.backup', thing: 'instance', details: { hasKey } }]),
  );
}

async function backup(call: Call): Promise<Outcome> {
  const directory = resolve(call.args[0] ?? '');
  const hasKey = call.options['with-key'] === true;
  const { current, earlier } = await readMasterKeys(call.config);
  const keyLines = hasKey ? [current, ...earlier].map((key) => `${Buffer.from(key).toString('base64')}\n`).join('') : null;
  const options = { keep: keptDumps(call), keyLines };
  await note(call, hasKey);
  const source = { owner: call.visit.owner, store: await openStore(call.config), sources: migrationSources, passing };
  const done = await backUp(source, directory, options);
  const key = hasKey
    ? 'The instance key lies beside it: whoever has this directory can read everything.'
    : 'The instance key is not part of it: keep it elsewhere, without it nothing can be restored.';
  const gone = done.removedDumps > 0 ? ` ${done.removedDumps} older ones were removed.` : '';
  const text = `Backup ${done.name} in ${directory} is complete: ${done.blobs} stored objects (${done.bytes} bytes, ${done.copied} of them new).${gone}\n${key}`;
  return { text, json: { ok: true, directory, ...done, hasKey } };
}

/** What the continuous backup holds, and whether it is up to date. */
async function status({ platform, config, visit }: Call): Promise<Outcome> {
  const note = await readBackupNote(platform.db.instance);
  const directory = config.backup?.directory ?? note?.directory ?? null;
  if (directory === null)
    return { text: 'There is no continuous backup; RENNSTEIG_BACKUP=DIRECTORY begins one.', json: { ok: false }, isBad: true };
  const spans = (await spansOf(directory)).map(({ line, from, until }) => ({ from, until, hasRows: line.hasRows }));
  const lines = spans.map(({ from, until, hasRows }) => `From ${from} to ${until}${hasRows ? '' : ' (stored files only)'}`);
  const behind = spans[0] ? Math.round((Date.now() - Date.parse(spans[0].until)) / 1000) : null;
  const isLate = visit.isRunning && (behind === null || behind > lateSeconds);
  const problem = note?.problem ?? null;
  const text = [
    `Continuous backup in ${directory}. Any second can be restored:`,
    ...(lines.length > 0 ? lines : ['None yet: the first round is not complete.']),
    ...(behind === null ? [] : [`The last one is ${behind} seconds ago.`]),
    ...(problem === null ? [] : [`The last round failed: ${problem}`]),
    ...(config.backup ? [] : ['RENNSTEIG_BACKUP is not set here: whether it still goes on cannot be seen.']),
  ].join('\n');
  const isBad = isLate || problem !== null;
  return { text, json: { ok: !isBad, directory, spans, behindSeconds: behind, problem }, isBad };
}

/** Backups. */
export const backupCommands: readonly Command[] = [
  {
    name: 'backup',
    takes: ['DIRECTORY'],
    usage: '[--keep NUMBER] [--with-key]',
    meaning:
      'writes everything into a directory, at one moment and while people work; what is there from an earlier backup is not copied again',
    options: { keep: { type: 'string' }, 'with-key': { type: 'boolean' } },
    run: backup,
  },
  {
    name: 'backup-status',
    takes: [],
    meaning: 'which instants the continuous backup (RENNSTEIG_BACKUP) can bring back; exit code 1 if it is late or failing',
    run: status,
  },
];
