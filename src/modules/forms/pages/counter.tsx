import { useLoaderData } from 'react-router';
import { LinkButton, TextLink } from '#ui/button';
import { dayInFigures } from '#ui/format';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { CounterLine } from '../counter.ts';
import { counterTexts } from './counter-texts.ts';
import './forms.css';

export const loader = load(async (house) => {
  signedIn(house);
  return house.rooms.forms.lookAtCounter(house.ctx);
});

/** Where clerks fill in applications for people who come to the office. */
export default function CounterPage() {
  const { forms } = useLoaderData<typeof loader>();
  const labels = useWords(counterTexts);
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" above={[{ to: '/eingang', label: labels.tray }]}>
      <Section title={labels.choose}>
        {forms.length === 0 ? (
          <p>{labels.none}</p>
        ) : (
          <ul className="bullets">
            {forms.map(({ key, title }) => (
              <li key={key}>
                <TextLink to={`/eingang/am-schalter/${key}`}>{title}</TextLink>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Lately />
    </Page>
  );
}

function Lately() {
  const { lines } = useLoaderData<typeof loader>();
  const labels = useWords(counterTexts);
  const { locale } = useView();
  return (
    <Section title={labels.lately}>
      {lines.length === 0 ? (
        <p>{labels.noLines}</p>
      ) : (
        <Table
          caption={labels.lately}
          rows={lines}
          keyOf={({ key }) => key}
          columns={[
            { key: 'who', label: labels.who, kind: 'name', cell: ({ served }) => served },
            {
              key: 'what',
              label: labels.what,
              cell: ({ title, reference }) => (
                <>
                  {title[locale]}
                  {reference && <span className="below">{reference}</span>}
                </>
              ),
            },
            { key: 'when', label: labels.when, cell: ({ begunAt }) => dayInFigures(locale, begunAt) },
            { key: 'state', label: labels.state, cell: ({ state }) => labels[state] },
            { key: 'act', label: labels.act, cell: (line) => <Act line={line} /> },
          ]}
        />
      )}
    </Section>
  );
}

function Act({ line: { state, form, key, served } }: { readonly line: CounterLine }) {
  const labels = useWords(counterTexts);
  if (state === 'open')
    return (
      <LinkButton isSmall to={`/antrag/${form}/${key}`} about={served}>
        {labels.goOn}
      </LinkButton>
    );
  return (
    <>
      <LinkButton isSmall kind="tertiary" to={`/antrag/status/${key}`} about={served}>
        {labels.look}
      </LinkButton>
      <LinkButton isSmall to={`/eingang/am-schalter/beleg/${key}`} about={served}>
        {labels.paper}
      </LinkButton>
    </>
  );
}
