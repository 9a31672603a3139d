import { useLoaderData } from 'react-router';
import { State, type Tone } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import type { Explanation } from '../competence.ts';
import { editorTexts } from './editor-texts.ts';
import { levelNames } from './field-texts.ts';
import { PlaceQuestion } from './place-question.tsx';
import { put } from './portal-texts.ts';
import { workTexts } from './work-texts.ts';

export const loader = load(async (house, { request }) => {
  const { finder } = house.rooms;
  const { searchParams } = new URL(request.url);
  const [service, place] = [searchParams.get('leistung')?.slice(0, 300) ?? '', searchParams.get('ort')?.slice(0, 100) ?? ''];
  const asked = service.trim() !== '';
  const found = asked ? await finder.explainCompetence(house.ctx, { service, place }) : null;
  return { service, place, found };
});

/** Which rule decides who is responsible, and which do not. */
export default function EditorProbe() {
  const { service, place, found } = useLoaderData<typeof loader>();
  const labels = useWords(workTexts);
  return (
    <Page title={useWords(editorTexts).probe} lead={labels.probeLead} width="wide">
      <Form isSearch isInline label={labels.probeAsk}>
        <TextField name="leistung" label={labels.probeService} hint={labels.probeServiceHint} value={service} maxLength={300} />
        <TextField name="ort" label={labels.probePlace} hint={labels.probePlaceHint} value={place} maxLength={100} />
        <Button kind="primary" icon="search">
          {labels.probeAsk}
        </Button>
      </Form>
      {found && <Found found={found} />}
    </Page>
  );
}

function Found({ found }: { readonly found: Explanation }) {
  const labels = useWords(workTexts);
  const levels = levelNames[useView().locale];
  const { service, place, responsible, rules } = found;
  const address = (ort: string) => `/redaktion/zustaendig?${new URLSearchParams({ leistung: service.key, ort })}`;
  const level = responsible?.level ? levels[responsible.level] : '';
  return (
    <>
      <PlaceQuestion place={place} toPlace={address} />
      {responsible && (
        <Section title={`${service.title}: ${labels.probeAnswer}`}>
          <p>
            {responsible.authority ? (
              <>
                <TextLink to={`/stelle/${responsible.authority.key}`}>{responsible.authority.name}</TextLink>
                {responsible.unit && `, ${responsible.unit.name}`}
              </>
            ) : (
              put(labels.probeNobody, { level })
            )}
          </p>
          {rules.length === 0 && <p>{put(labels.probeNoRule, { level })}</p>}
        </Section>
      )}
      {rules.length > 0 && <Rules rules={rules} />}
    </>
  );
}

type Rule = Explanation['rules'][number];
const tones: Readonly<Record<Rule['verdict'], Tone>> = {
  matched: 'success',
  excepted: 'warning',
  wider: 'neutral',
  general: 'neutral',
};

function Rules({ rules }: { readonly rules: Explanation['rules'] }) {
  const labels = useWords(workTexts);
  const levels = levelNames[useView().locale];
  const columns: readonly Column<Rule>[] = [
    {
      key: 'rule',
      label: labels.ruleFor,
      kind: 'name',
      cell: ({ service, area, except }) => (
        <>
          {area}, {service === null ? labels.allServices : labels.thisService}
          {except.length > 0 && <span className="below">{put(labels.except, { areas: except.join(', ') })}</span>}
        </>
      ),
    },
    {
      key: 'to',
      label: labels.leadsTo,
      cell: ({ authority, level, unit }) => [authority ?? (level ? levels[level] : ''), unit].filter(Boolean).join(', '),
    },
    { key: 'source', label: labels.source, cell: ({ source }) => source || '–' },
    { key: 'verdict', label: labels.verdict, cell: ({ verdict }) => <State tone={tones[verdict]}>{labels[verdict]}</State> },
  ];
  return (
    <Section title={labels.probeRules}>
      <Table caption={labels.probeRules} rows={rules} keyOf={(rule) => rules.indexOf(rule)} columns={columns} />
    </Section>
  );
}
