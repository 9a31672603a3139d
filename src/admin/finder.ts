import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as finder from '#modules/finder';
import { getBySlug } from '#modules/tenants';
import { systemContext } from '#platform/context';
import { say } from '#platform/words';
import { type Call, type Command, type Outcome, table, textOf } from './command.ts';

async function importCatalogue({ house }: Call): Promise<Outcome> {
  const report = await finder.importCatalogue(house);
  const text = `The register has ${report.areas} areas; ${report.entries} entries and ${report.synonyms} everyday words were new.`;
  return { text, json: report };
}

async function importRegister({ house, args, options }: Call): Promise<Outcome> {
  const csv = await readFile(args[0] ?? '', 'utf8');
  const dryRun = options['dry-run'] === true;
  const { verdicts, missing, counts } = await finder.importRegister(house, { csv, dryRun });
  const rows = verdicts
    .filter(({ verdict }) => verdict !== 'unchanged')
    .map(({ line, key, name, verdict, why }) => [String(line), key, name, verdict, why ?? '']);
  const summary = `${dryRun ? 'Would be: ' : ''}${Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ')}; ${missing.length} municipalities are not in the list and stay as they are.`;
  const text = rows.length > 0 ? `${table([['line', 'key', 'name', 'verdict', 'why'], ...rows])}\n${summary}` : summary;
  return { text, json: { verdicts, missing, counts }, isBad: counts.refused > 0 };
}

/** Verdicts named on the screen, refused ones first; `--json` has them all. */
const mostNamed = 50;

/** How often a terminal is told how far it is, in entries. */
const tellEvery = 500;

type Verdict = Omit<finder.ImportVerdict, 'reason'> & { readonly why: string };

async function importEntries(call: Call): Promise<Outcome> {
  const { platform, args, options } = call;
  const [dryRun, publishes] = [options['dry-run'] === true, options.publish === true];
  const slug = textOf(call, 'tenant');
  const tenant = slug === null ? finder.stateTenant : (await getBySlug(call.house, slug)).tenant;
  const verdicts: Verdict[] = [];
  const isWatched = process.stderr.isTTY && options.json !== true;
  const told = ({ reason, ...verdict }: finder.ImportVerdict, total: number) => {
    verdicts.push({ ...verdict, why: reason ? say(platform.words, 'en', reason.code, reason.params) : '' });
    if (isWatched && verdicts.length % tellEvery === 0) process.stderr.write(`${verdicts.length} of ${total}\n`);
  };
  const open = () => createReadStream(args[0] ?? '', 'utf8');
  const input = { open, dryRun, publishes, told };
  const counts = await finder.importFile(systemContext(platform, tenant, 'admin'), input);
  const rank = ({ verdict }: Verdict) => ['refused', 'changed', 'created'].indexOf(verdict);
  const named = verdicts.filter((verdict) => rank(verdict) >= 0).sort((a, b) => rank(a) - rank(b));
  const rows = named.slice(0, mostNamed).map(({ verdict, kind, key, why }) => [verdict, kind, key, why]);
  const sums = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  const lines = rows.length > 0 ? [table([['verdict', 'kind', 'key', 'why'], ...rows])] : [];
  if (named.length > mostNamed) lines.push(`… and ${named.length - mostNamed} more; --json has them all.`);
  lines.push(`${dryRun ? 'Would be: ' : ''}${sums.join(', ')}.`);
  if (!dryRun && !publishes) lines.push('They are drafts: somebody of the editorial office has to approve them.');
  return { text: lines.join('\n'), json: { dryRun, publishes, counts, verdicts }, isBad: counts.refused > 0 };
}

async function rebuild({ house }: Call): Promise<Outcome> {
  const count = await finder.rebuild(house, finder.stateTenant);
  return { text: `${count} published entries of the state were written once more.`, json: { count } };
}

/** Commands about the finder. */
export const finderCommands: readonly Command[] = [
  {
    name: 'finder import-catalogue',
    takes: [],
    meaning: 'fills the finder with areas, service texts and authorities; adds what is missing, renews what nobody has touched',
    run: importCatalogue,
  },
  {
    name: 'finder import-register',
    takes: ['FILE'],
    usage: '[--dry-run]',
    meaning: 'takes over a list of areas (CSV with keys, names, mergers) with a verdict for every row',
    options: { 'dry-run': { type: 'boolean' } },
    run: importRegister,
  },
  {
    name: 'finder import-entries',
    takes: ['FILE'],
    usage: '[--tenant SLUG] [--publish] [--dry-run]',
    meaning: 'takes over texts, authorities and rules (XML like XZuFi, JSON) as drafts, or published; run again it goes on',
    options: { tenant: { type: 'string' }, publish: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
    run: importEntries,
  },
  {
    name: 'finder rebuild',
    takes: [],
    meaning: 'writes everything the state has published into the search once more',
    run: rebuild,
  },
];
