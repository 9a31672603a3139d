import { useLoaderData } from 'react-router';
import { State, type Tone } from '#ui/alert';
import { TextLink } from '#ui/button';
import { dayInFigures } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { ConsultationState } from '../rules-statement.ts';
import { statementStates, statementTexts } from './statement-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { asked: await house.rooms.intake.listConsultations(house.ctx) };
});

export const consultationTones: Readonly<Record<ConsultationState, Tone>> = {
  open: 'info',
  answered: 'success',
  withdrawn: 'neutral',
};

/** What other offices have asked of mine. */
export default function Consultations() {
  const { asked } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  const states = useWords(statementStates);
  const { locale } = useView();
  return (
    <Page title={labels.title} lead={labels.listLead} width="wide" above={[{ to: '/eingang', label: labels.tray }]}>
      {asked.length === 0 ? (
        <Empty icon="archive" title={labels.listNone}>
          <p>{labels.listNoneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={labels.title}
          rows={asked}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'title',
              label: labels.matter,
              kind: 'name',
              cell: ({ id, title, reference }) => (
                <>
                  <TextLink to={`/stellungnahmen/${id}`}>{title[locale]}</TextLink>
                  <span className="below">{reference}</span>
                </>
              ),
            },
            { key: 'from', label: labels.from, cell: ({ fromName }) => fromName },
            { key: 'due', label: labels.due, cell: ({ dueOn }) => dayInFigures(locale, dueOn) },
            {
              key: 'state',
              label: labels.state,
              cell: ({ state, isOverdue }) => (
                <State tone={isOverdue ? 'danger' : consultationTones[state]}>{states[isOverdue ? 'overdue' : state]}</State>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
