import { readFile } from 'node:fs/promises';
import * as forms from '#modules/forms';
import { type Call, type Command, needed, type Outcome, table } from './command.ts';

async function publishBuiltIn({ house }: Call): Promise<Outcome> {
  const published = await forms.publishBuiltIn(house);
  const text = published.length > 0 ? `New or changed: ${published.join(', ')}.` : 'All forms are up to date.';
  return { text, json: { published } };
}

const reasons = {
  rule: 'a rule nobody but a person understands',
  order: 'a rule about something asked later, or twice',
  pattern: 'a pattern; the text is taken as it is',
  codeList: 'a code list that is not part of the schema; any text is taken',
  repeat: 'something that repeats; it is asked once, or as lines of one text',
} as const;

async function importSchema(call: Call): Promise<Outcome> {
  const service = needed(call, 'service');
  const xml = await readFile(call.args[0] ?? '', 'utf8');
  const dryRun = call.options['dry-run'] === true;
  const report = await forms.importFim(call.house, xml, { service, dryRun });
  const { form, version, pages, fields, rules, left } = report;
  const head = `${form}: ${pages} pages, ${fields} fields, ${rules} rules; ${version === null ? 'nothing was stored' : `published as version ${version}`}.`;
  const rows = left.map(({ where, what, why }) => [where.slice(0, 50), reasons[why], what.slice(0, 80)]);
  const text = rows.length > 0 ? `${head}\nTo look at:\n${table([['where', 'what', 'text'], ...rows])}` : head;
  return { text, json: report };
}

/** Commands about forms. */
export const formsCommands: readonly Command[] = [
  {
    name: 'forms publish',
    takes: [],
    meaning: 'publishes the forms that come with the product, each in a new version where it has changed',
    run: publishBuiltIn,
  },
  {
    name: 'forms import',
    takes: ['FILE'],
    usage: '--service KEY [--dry-run]',
    meaning: 'makes a form of a FIM schema (XDatenfelder 3.0) for a service of the finder, and lists what a form cannot say',
    options: { service: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    run: importSchema,
  },
];
