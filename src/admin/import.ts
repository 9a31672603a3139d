import { createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import * as migration from '#modules/migration';
import { getBySlug } from '#modules/tenants';
import { say } from '#platform/words';
import { type Call, type Command, needed, type Outcome, table, textOf, textsOf, UsageError } from './command.ts';
import { openProgress } from './progress.ts';

const isSet = ({ options }: Call, name: string) => options[name] === true;

const targetOf = (call: Call) => ({
  person: needed(call, 'to'),
  space: textOf(call, 'space'),
  makesSpace: isSet(call, 'make-space'),
  folder: textOf(call, 'into'),
});

/** Longest file with user name and password. */
const longestSecret = 4_096;

/** Longest file with the users of a whole town. */
const longestMapping = 1_000_000;

async function secretFile(path: string, longest: number): Promise<string> {
  const { mode, size } = await stat(path);
  if ((mode & 0o077) !== 0) throw new UsageError(`Others may read ${path}: chmod 600 ${path}, then again.`);
  if (size > longest) throw new UsageError(`${path} has more than ${longest} bytes.`);
  return readFile(path, 'utf8');
}

/** User name and password, one line each, from a file nobody else can read: arguments and addresses can be read by everybody. */
async function credentialsOf(call: Call): Promise<migration.Credentials> {
  const path = needed(call, 'credentials');
  const [user, password] = (await secretFile(path, longestSecret)).split(/\r?\n/);
  if (!user || !password)
    throw new UsageError(`${path} must have the user name in its first line and the password in its second.`);
  return { user, password };
}

async function open(call: Call): Promise<migration.Source> {
  const [place = ''] = call.args;
  if (!/^https?:/i.test(place)) return migration.openDirectory(place);
  return migration.openWebdav({ url: place, credentials: await credentialsOf(call) });
}

async function withSource<T>(call: Call, work: (source: migration.Source) => Promise<T>): Promise<T> {
  const source = await open(call);
  try {
    return await work(source);
  } finally {
    source.close();
  }
}

/** Objects named on the screen; all of them stand in the report. */
const mostNamed = 20;

const isWorthNaming = ({ verdict, name, targetName }: migration.ObjectRow) =>
  ['conflict', 'failed', 'skipped', 'gone', 'removed'].includes(verdict) || name.normalize('NFC') !== targetName;

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function describe({ files, folders, bytes, renamed, verdicts }: migration.Counts, dryRun: boolean): string {
  const parts = Object.entries(verdicts)
    .filter(([, { objects }]) => objects > 0)
    .map(([verdict, { objects }]) => `${objects} ${verdict}`);
  const found = `${files} files (${megabytes(bytes)}) and ${folders} folders`;
  return `${dryRun ? 'Would be: ' : ''}${found}: ${parts.join(', ') || 'nothing'}; ${renamed} under another name.`;
}

const rowTexts = ({ verdict, path, targetName, note }: migration.ObjectRow) => [verdict, path, targetName, note ?? ''];

async function importIt(call: Call): Promise<Outcome> {
  const dryRun = isSet(call, 'dry-run');
  const options = {
    dryRun,
    only: textsOf(call, 'only'),
    overwrite: isSet(call, 'overwrite'),
    removes: isSet(call, 'remove'),
  };
  const named: migration.ObjectRow[] = [];
  let unnamed = 0;
  const told = (row: migration.ObjectRow) => {
    if (!isWorthNaming(row)) return;
    if (named.length < mostNamed) named.push(row);
    else unnamed += 1;
  };
  const progress = openProgress(process.stderr, !isSet(call, 'json'));
  const both = (row: migration.ObjectRow) => {
    progress.told(row);
    told(row);
  };
  const input = { target: targetOf(call), options, told: both };
  const result = await withSource(call, (source) =>
    migration.importFrom(call.house, { ...input, source: progress.watch(source) }).finally(progress.end),
  );
  const { counts } = result;
  const lines = named.length === 0 ? [] : [table([['verdict', 'path', 'name here', 'note'], ...named.map(rowTexts)])];
  if (unnamed > 0) lines.push(`… and ${unnamed} more; import-report has them all.`);
  lines.push(describe(counts, dryRun));
  if (!dryRun) lines.push(`Transfer ${result.transfer}, run ${result.run}. Next: import-check proves that everything is here.`);
  const isBad = counts.verdicts.failed.objects + counts.verdicts.conflict.objects > 0;
  return { text: lines.join('\n'), json: { ...result, named }, isBad };
}

async function check(call: Call): Promise<Outcome> {
  const signedBy = textOf(call, 'sign-off');
  const { makesSpace: _makesSpace, ...target } = targetOf(call);
  const input = { target, readsBack: isSet(call, 'read-back'), signedBy };
  const found = await withSource(call, (source) => migration.reconcile(call.house, { ...input, source }));
  const shown = found.examples.slice(0, mostNamed).map(({ what, path, note }) => [what, path, note]);
  const side = ({ files, folders, bytes, digest }: migration.Reconciliation['source']) => [
    ...[String(files), String(folders), String(bytes), digest],
  ];
  const numbers = [
    ['', 'files', 'folders', 'bytes', 'digest'],
    ['source', ...side(found.source)],
    ['here', ...side(found.target)],
  ];
  const verdict = found.isComplete
    ? `Complete: every file of the source is here with the same hash.${found.signedBy ? ` Signed off by ${found.signedBy}.` : ''}`
    : `Not complete: ${found.differences} differences.${signedBy === null ? '' : ' It was not signed off.'}`;
  const lines = [...(shown.length > 0 ? [table([['what', 'path', 'note'], ...shown])] : []), table(numbers)];
  lines.push(`${found.extra} objects are here that did not come from there.`, verdict);
  return { text: lines.join('\n'), json: found, isBad: !found.isComplete };
}

const columns = [
  ...([
    'path',
    'verdict',
    'note',
    'targetName',
    'node',
    'isFolder',
    'size',
    'modified',
    'sourceId',
    'sourceHash',
    'sha256',
    'run',
  ] as const),
];

/** A cell of a table; one that a spreadsheet would calculate gets an apostrophe in front. */
function cell(value: string | number | boolean | null): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const asJson = (row: migration.ObjectRow) => JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name]])));

async function report(call: Call): Promise<Outcome> {
  const [number = '', path = ''] = call.args;
  if (!/^\d+$/.test(number)) throw new UsageError('import-report takes the number of a transfer; import-list shows them.');
  const isCsv = !path.endsWith('.jsonl');
  const { tenant } = await getBySlug(call.house, needed(call, 'tenant'));
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  if (isCsv) file.write(`${columns.join(',')}\n`);
  let objects = 0;
  for await (const page of migration.listObjects(call.house, { tenant, transfer: Number(number) })) {
    const lines = page.map((row) => (isCsv ? columns.map((name) => cell(row[name])).join(',') : asJson(row)));
    objects += lines.length;
    if (lines.length > 0 && !file.write(`${lines.join('\n')}\n`)) await new Promise((resolve) => file.once('drain', resolve));
  }
  file.end();
  await finished(file);
  return { text: `${objects} objects written to ${path}.`, json: { objects, path } };
}

async function list(call: Call): Promise<Outcome> {
  const { tenant } = await getBySlug(call.house, needed(call, 'tenant'));
  const transfers = await migration.listTransfers(call.house, tenant);
  const rows = transfers.flatMap(({ id, source, folder, runs }) =>
    runs.map((run) => {
      const end = run.finishedAt ? run.finishedAt.toISOString() : 'broken off or running';
      return [String(id), source, String(folder), String(run.id), run.kind, run.startedAt.toISOString(), end];
    }),
  );
  const head = ['transfer', 'source', 'folder', 'run', 'kind', 'began', 'ended'];
  return { text: rows.length === 0 ? 'Nothing was taken over yet.' : table([head, ...rows]), json: { transfers } };
}

async function people(call: Call): Promise<Outcome> {
  const { tenant } = await getBySlug(call.house, needed(call, 'tenant'));
  const [url = ''] = call.args;
  const input = { url, credentials: await credentialsOf(call), tenant, dryRun: isSet(call, 'dry-run') };
  const { verdicts, counts } = await migration.importNextcloudPeople(call.house, input);
  const told = verdicts.map((verdict) => {
    const why = verdict.reasons.map(({ code, params }) => say(call.house.platform.words, 'en', code, params));
    return { ...verdict, why };
  });
  const rows = told.map(({ address, verdict, why }) => [verdict, address, why.join(' ')]);
  const summary = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  const text = `${table([['verdict', 'address', 'why'], ...rows])}\n${input.dryRun ? 'Would be: ' : ''}${summary.join(', ')}.`;
  return { text, json: { verdicts: told, counts }, isBad: counts.refused > 0 };
}

/** One line of a mapping: whose files there become whose here. */
type Mapped = { readonly credentials: migration.Credentials; readonly person: string };

/** Lines `user;app password;address`, in a file nobody else can read: nobody reads other people's files there without being them. */
async function mappingOf(call: Call): Promise<Mapped[]> {
  const lines = (await secretFile(needed(call, 'mapping'), longestMapping)).split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const [user = '', password = '', person = ''] = line.split(';').map((cell) => cell.trim());
    if (person === '') throw new UsageError(`Line ${index + 1} of the mapping is not “user;app password;address”.`);
    return { credentials: { user, password }, person };
  });
}

/** The files of several people, one after the other; who cannot be taken over does not stop the others. */
async function importUsers(call: Call): Promise<Outcome> {
  const options = {
    dryRun: isSet(call, 'dry-run'),
    only: [],
    overwrite: isSet(call, 'overwrite'),
    removes: isSet(call, 'remove'),
  };
  const mapped = await mappingOf(call);
  const isWanted = !isSet(call, 'json');
  const observe = (person: string) => {
    if (isWanted && process.stderr.isTTY) process.stderr.write(`${person}\n`);
    return openProgress(process.stderr, isWanted);
  };
  const results = await migration.importUsers(call.house, {
    url: call.args[0] ?? '',
    people: mapped,
    folder: textOf(call, 'into'),
    options,
    observe,
  });
  const rows = results.map(({ user, person, counts, failure }) => [
    ...[user, person, counts ? describe(counts, options.dryRun) : `failed: ${failure}`],
  ]);
  const isBad = results.some(({ counts }) => !counts || counts.verdicts.failed.objects + counts.verdicts.conflict.objects > 0);
  return { text: table([['user', 'person', 'what'], ...rows]), json: { results }, isBad };
}

const target = {
  credentials: { type: 'string' },
  to: { type: 'string' },
  space: { type: 'string' },
  into: { type: 'string' },
} as const;
const flag = { type: 'boolean' } as const;

/** Commands that take over what other servers hold. */
export const importCommands: readonly Command[] = [
  {
    name: 'import',
    takes: ['SOURCE'],
    usage:
      '[--credentials FILE] --to ADDRESS [--space NAME [--make-space]] [--into FOLDER] [--dry-run] [--only PATH]… [--overwrite] [--remove]',
    meaning:
      'takes over files, or what is new and changed since the last time; --only PATH once more, --remove what is gone there',
    options: {
      ...target,
      'make-space': flag,
      'dry-run': flag,
      overwrite: flag,
      remove: flag,
      only: { type: 'string', multiple: true },
    },
    run: importIt,
  },
  {
    name: 'import-users',
    takes: ['ADDRESS'],
    usage: '--mapping FILE [--into FOLDER] [--dry-run] [--overwrite] [--remove]',
    meaning: 'the same for several users of a Nextcloud; the file has lines “user;app password;our address”',
    options: { mapping: { type: 'string' }, into: { type: 'string' }, 'dry-run': flag, overwrite: flag, remove: flag },
    run: importUsers,
  },
  {
    name: 'import-people',
    takes: ['ADDRESS'],
    usage: '--credentials FILE --tenant SLUG [--dry-run]',
    meaning: 'takes the users of a Nextcloud and their groups into a tenant; nobody gets a mail',
    options: { credentials: { type: 'string' }, tenant: { type: 'string' }, 'dry-run': flag },
    run: people,
  },
  {
    name: 'import-check',
    takes: ['SOURCE'],
    usage: '[--credentials FILE] --to ADDRESS [--space NAME] [--into FOLDER] [--read-back] [--sign-off NAME]',
    meaning: 'compares every file of the source with what is here: counts, bytes, hashes',
    options: { ...target, 'read-back': flag, 'sign-off': { type: 'string' } },
    run: check,
  },
  {
    name: 'import-report',
    takes: ['TRANSFER', 'FILE'],
    usage: '--tenant SLUG',
    meaning: 'writes what became of every object to a new file: CSV, or lines of JSON when it is called .jsonl',
    options: { tenant: { type: 'string' } },
    run: report,
  },
  {
    name: 'import-list',
    takes: [],
    usage: '--tenant SLUG',
    meaning: 'shows what was taken over from where, with every run',
    options: { tenant: { type: 'string' } },
    run: list,
  },
];
