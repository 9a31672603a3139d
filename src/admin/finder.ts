import { readFile } from 'node:fs/promises';
import * as finder from '#modules/finder';
import { type Call, type Command, type Outcome, table } from './command.ts';

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

async function rebuild({ house }: Call): Promise<Outcome> {
  const count = await finder.rebuild(house, finder.stateTenant);
  return { text: `${count} published entries of the state were written once more.`, json: { count } };
}

/** Commands about the finder. */
export const finderCommands: readonly Command[] = [
  {
    name: 'finder import-catalogue',
    takes: [],
    meaning: 'fills the finder with areas, service texts and authorities; adds only what is missing',
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
    name: 'finder rebuild',
    takes: [],
    meaning: 'writes everything the state has published into the search once more',
    run: rebuild,
  },
];
