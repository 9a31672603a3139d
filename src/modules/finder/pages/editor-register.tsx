import { useActionData } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, load, signedIn } from '#web/context';
import type { RegisterReport } from '../register.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './portal-texts.ts';
import { readUpload } from './upload.ts';
import { UploadForm } from './upload-form.tsx';
import { workTexts } from './work-texts.ts';

export const loader = load(async (house) => {
  const { isState, mayWrite } = await house.rooms.finder.openDesk(house.ctx);
  if (!isState || !mayWrite) throw house.missing();
  return null;
});

type Line = RegisterReport['verdicts'][number];
type Verdict = Line['verdict'];
const order: readonly Verdict[] = ['refused', 'ended', 'created', 'updated', 'unchanged'];
const shown = 500;

export const action = act(async (house) => {
  signedIn(house);
  const { text, dryRun } = await readUpload(house);
  const { verdicts, counts, missing } = await house.rooms.finder.importRegister(house.ctx, { csv: text, dryRun });
  const sorted = order.flatMap((one) => verdicts.filter(({ verdict }) => verdict === one)).slice(0, shown);
  const said = sorted.map(({ why, ...one }) => ({ ...one, why: why === null ? '' : house.say(why) }));
  return { dryRun, counts, missing: missing.length, verdicts: said, total: verdicts.length };
});

type Report = {
  readonly dryRun: boolean;
  readonly counts: RegisterReport['counts'];
  readonly missing: number;
  readonly verdicts: readonly (Omit<Line, 'why'> & { readonly why: string })[];
  readonly total: number;
};

const tones: Readonly<Record<Verdict, Tone>> = {
  created: 'success',
  updated: 'info',
  ended: 'warning',
  unchanged: 'neutral',
  refused: 'danger',
};

/** Newer lists of districts and municipalities, mergers included. */
export default function EditorRegister() {
  const labels = useWords(workTexts);
  const names = useWords(editorTexts);
  const answer = useActionData() as Report | undefined;
  const report = answer && 'verdicts' in answer ? answer : null;
  const above = [
    { to: '/redaktion', label: names.title },
    { to: '/redaktion/austausch', label: names.exchange },
  ];
  return (
    <Page title={labels.registerTitle} lead={labels.registerLead} width="wide" above={above}>
      {report && <Verdicts report={report} />}
      <Section title={labels.importPart}>
        <UploadForm hint={labels.registerFileHint} accept=".csv,text/csv,text/plain" />
      </Section>
    </Page>
  );
}

function Verdicts({ report: { dryRun, counts, missing, verdicts, total } }: { readonly report: Report }) {
  const labels = useWords(workTexts);
  return (
    <Section title={labels.verdicts}>
      <Alert tone={counts.refused > 0 ? 'warning' : 'success'} title={dryRun ? labels.wasDry : labels.wasReal}>
        <p>{put(labels.registerSum, counts)}</p>
        {missing > 0 && <p>{put(labels.missing, { count: missing })}</p>}
        {total > verdicts.length && <p>{put(labels.onlyFirst, { count: verdicts.length })}</p>}
      </Alert>
      <Table
        caption={labels.verdicts}
        rows={verdicts}
        keyOf={({ line }) => line}
        columns={[
          { key: 'area', label: labels.area, kind: 'name', cell: ({ key, name }) => `${key} ${name}` },
          { key: 'line', label: labels.line, kind: 'number', cell: ({ line }) => line },
          {
            key: 'verdict',
            label: labels.verdict,
            cell: ({ verdict }) => <State tone={tones[verdict]}>{labels[verdict]}</State>,
          },
          { key: 'why', label: labels.why, cell: ({ why }) => why || '–' },
        ]}
      />
    </Section>
  );
}
