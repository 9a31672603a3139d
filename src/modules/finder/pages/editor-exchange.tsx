import { useActionData, useLoaderData } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Buttons, LinkButton } from '#ui/button';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, load, signedIn } from '#web/context';
import type { ImportVerdict } from '../exchange.ts';
import { editorTexts, kindTexts } from './editor-texts.ts';
import { put } from './portal-texts.ts';
import { readUpload } from './upload.ts';
import { UploadForm } from './upload-form.tsx';
import { workTexts } from './work-texts.ts';

export const loader = load(async (house) => {
  const { isState, mayWrite } = await house.rooms.finder.openDesk(house.ctx);
  return { isState, mayWrite };
});

const order = ['refused', 'created', 'changed', 'unchanged'] as const;
const shown = 500;

export const action = act(async (house) => {
  signedIn(house);
  const { text, dryRun } = await readUpload(house);
  const verdicts = await house.rooms.finder.importEntries(house.ctx, { text, dryRun });
  const counts = Object.fromEntries(order.map((one) => [one, verdicts.filter(({ verdict }) => verdict === one).length]));
  const sorted = order.flatMap((one) => verdicts.filter(({ verdict }) => verdict === one)).slice(0, shown);
  const said = sorted.map(({ reason, ...one }) => ({ ...one, why: reason ? house.say(reason.code, reason.params) : '' }));
  return { dryRun, counts, verdicts: said, total: verdicts.length };
});

type Report = Exclude<Awaited<ReturnType<typeof action>>, { init: unknown }> & { readonly verdicts: readonly Said[] };
type Said = Omit<ImportVerdict, 'reason'> & { readonly why: string };

const tones: Readonly<Record<ImportVerdict['verdict'], Tone>> = {
  created: 'success',
  changed: 'info',
  unchanged: 'neutral',
  refused: 'danger',
};

/** Everything out as a file, and in from one. */
export default function EditorExchange() {
  const { isState, mayWrite } = useLoaderData<typeof loader>();
  const labels = useWords(workTexts);
  const answer = useActionData() as Report | undefined;
  const report = answer && 'verdicts' in answer ? answer : null;
  return (
    <Page title={useWords(editorTexts).exchange} lead={labels.exchangeLead} width="wide">
      {report && <Verdicts report={report} />}
      <Section title={labels.exportPart} lead={labels.exportLead}>
        <Buttons>
          <a className="kern-btn kern-btn--secondary" href="/redaktion/ausfuhr.xml" download>
            <span className="kern-label">{labels.exportXml}</span>
          </a>
          <a className="kern-btn kern-btn--secondary" href="/redaktion/ausfuhr.json" download>
            <span className="kern-label">{labels.exportJson}</span>
          </a>
        </Buttons>
      </Section>
      {mayWrite && (
        <Section title={labels.importPart} lead={labels.importLead}>
          <UploadForm hint={labels.exchangeFileHint} accept=".xml,.json,application/xml,application/json" />
        </Section>
      )}
      {isState && mayWrite && (
        <Section title={labels.registerTitle}>
          <LinkButton to="/redaktion/verzeichnis">{labels.registerTitle}</LinkButton>
        </Section>
      )}
    </Page>
  );
}

function Verdicts({ report: { dryRun, counts, verdicts, total } }: { readonly report: Report }) {
  const labels = useWords(workTexts);
  const kinds: Readonly<Record<string, string>> = useWords(kindTexts);
  const names = useWords(editorTexts);
  return (
    <Section title={labels.verdicts}>
      <Alert tone={(counts.refused ?? 0) > 0 ? 'warning' : 'success'} title={dryRun ? labels.wasDry : labels.wasReal}>
        <p>{put(labels.resultSum, counts)}</p>
        {total > verdicts.length && <p>{put(labels.onlyFirst, { count: verdicts.length })}</p>}
      </Alert>
      <Table
        caption={labels.verdicts}
        rows={verdicts}
        keyOf={({ kind, key }) => `${kind}.${key}`}
        columns={[
          { key: 'key', label: names.key, kind: 'name', cell: ({ key }) => key },
          { key: 'kind', label: names.kind, cell: ({ kind }) => kinds[kind] ?? kind },
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
