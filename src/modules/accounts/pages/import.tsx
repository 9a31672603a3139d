import { useActionData } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { FileField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, fileIn, go, type PageHouse, text } from '#web/context';
import type { Verdict } from '../rules-import.ts';
import { type PeopleTexts, peopleTexts } from './people-texts.ts';
import { put } from './sign-in-texts.ts';

/** Largest table of this page in bytes: it travels back with the second form. The command line takes larger ones. */
const mostBytes = 400_000;

type Said = Omit<Verdict, 'reasons'> & { readonly why: readonly string[] };

type Checked = {
  /** The file as it was sent, in base64: what was checked is what is applied. */
  readonly csv: string;
  readonly verdicts: readonly Said[];
  readonly counts: Readonly<Record<Verdict['verdict'], number>>;
  readonly ignored: readonly string[];
  readonly newGroups: readonly string[];
};

/** First a dry run of the file, then the same table again, for real. */
export const action = act(async (house, { request, form }): Promise<Checked | Response> => {
  const { accounts } = house.rooms;
  if (request.headers.get('Content-Type')?.startsWith('multipart/')) {
    const csv = await readFile(house);
    const { verdicts, counts, ignored, newGroups } = await accounts.importPeople(house.ctx, { csv, dryRun: true });
    return {
      csv: csv.toString('base64url'),
      counts,
      ignored,
      newGroups,
      verdicts: verdicts.map((verdict) => explain(house, verdict)),
    };
  }
  const csv = Buffer.from(text(form, 'csv'), 'base64url');
  const { counts } = await accounts.importPeople(house.ctx, { csv, dryRun: false });
  return go(house, '/verwaltung/personen', { text: put(peopleTexts[house.ctx.locale].applied, counts) });
});

async function readFile(house: PageHouse): Promise<Buffer> {
  const labels = peopleTexts[house.ctx.locale];
  const csv = await fileIn(house, mostBytes);
  if (csv === null) throw house.refuse(labels.noFile, 'file');
  if (csv.length > mostBytes) throw house.refuse(labels.tooLarge, 'file');
  return csv;
}

/** Everything that is wrong with a row in sentences that name its columns as the page does. */
function explain(house: PageHouse, { reasons, ...verdict }: Verdict): Said {
  const { name, groups } = peopleTexts[house.ctx.locale];
  const columns: Readonly<Record<string, string>> = { name, groups };
  const why = reasons.map(({ code, params }) => {
    const { field } = params;
    return house.say(code, { ...params, ...(typeof field === 'string' && { field: columns[field] ?? field }) });
  });
  return { ...verdict, why };
}

export default function Import() {
  const labels = useWords(peopleTexts);
  const answer = useActionData() as Checked | undefined;
  const checked = answer && 'verdicts' in answer ? answer : null;
  return (
    <Page
      title={labels.importPeople}
      lead={labels.importLead}
      width={checked ? 'wide' : 'text'}
      above={[{ to: '/verwaltung/personen', label: labels.people }]}
    >
      {checked ? <Verdicts {...checked} /> : <ChooseFile />}
    </Page>
  );
}

function ChooseFile() {
  const labels = useWords(peopleTexts);
  return (
    <Form isUpload labels={labels}>
      <FileField name="file" label={labels.file} hint={labels.fileHint} accept=".csv,text/csv,text/plain" />
      <Button kind="primary">{labels.check}</Button>
    </Form>
  );
}

const tones: Readonly<Record<Verdict['verdict'], Tone>> = {
  created: 'success',
  updated: 'info',
  unchanged: 'neutral',
  refused: 'danger',
};

function Verdicts({ csv, verdicts, counts, ignored, newGroups }: Checked) {
  const labels = useWords(peopleTexts);
  const said = { created: labels.willCreate, updated: labels.willUpdate, unchanged: labels.unchanged, refused: labels.refused };
  const isWorthIt = counts.created + counts.updated > 0;
  return (
    <Section title={labels.verdicts}>
      <Alert tone={counts.refused > 0 ? 'warning' : 'info'}>
        <p>{sayCounts(labels, counts)}</p>
        {newGroups.length > 0 && <p>{put(labels.newGroups, { groups: newGroups.join(', ') })}</p>}
        {ignored.length > 0 && <p>{put(labels.ignored, { columns: ignored.join(', ') })}</p>}
      </Alert>
      <Form name="apply">
        <Hidden name="csv" value={csv} />
        <Buttons>
          {isWorthIt ? <Button kind="primary">{labels.apply}</Button> : <span>{labels.applyNothing}</span>}
          <LinkButton kind="tertiary" to="/verwaltung/personen/einlesen">
            {labels.again}
          </LinkButton>
        </Buttons>
      </Form>
      <Table
        caption={labels.verdicts}
        rows={verdicts}
        keyOf={({ line }) => line}
        columns={[
          { key: 'address', label: labels.address, kind: 'name', cell: ({ address }) => address || '–' },
          { key: 'name', label: labels.name, cell: ({ name }) => name ?? '–' },
          { key: 'groups', label: labels.groups, cell: ({ groups }) => groups?.join(', ') || '–' },
          { key: 'unit', label: labels.unit, cell: ({ unit }) => unit ?? '–' },
          { key: 'line', label: labels.line, kind: 'number', cell: ({ line }) => line },
          { key: 'verdict', label: labels.verdict, cell: ({ verdict }) => <State tone={tones[verdict]}>{said[verdict]}</State> },
          { key: 'why', label: labels.why, cell: (said) => <Why said={said} /> },
        ]}
      />
    </Section>
  );
}

function sayCounts(labels: PeopleTexts, counts: Checked['counts']): string {
  const invites = [labels.sumNone, labels.sumOne][counts.created] ?? labels.sumMany;
  const stays = counts.unchanged === 1 ? labels.staysOne : labels.staysMany;
  return put(labels.sum, { ...counts, created: put(invites, counts), stays: put(stays, counts) });
}

function Why({ said }: { readonly said: Said }) {
  const labels = useWords(peopleTexts);
  if (said.why.length < 2) return said.why[0] ?? sayChanges(labels, said);
  return (
    <ul>
      {said.why.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function sayChanges(labels: PeopleTexts, { changes, leaves }: Said): string {
  const names: Readonly<Record<string, string>> = {
    name: labels.name,
    groups: labels.groups,
    unit: labels.unit,
    locale: labels.locale,
  };
  const left = leaves.length > 0 ? put(labels.leaves, { groups: leaves.join(', ') }) : '';
  return [changes.map((change) => names[change] ?? change).join(', '), left].filter(Boolean).join('. ');
}
