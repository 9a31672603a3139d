import { Moment } from '#ui/format';
import { Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import type { Letter as LetterData } from '../rules-letter.ts';
import type { PaymentEvent } from '../store/event.ts';
import { money } from './money.tsx';
import { failureTexts, stateTexts, stepTexts, treasuryTexts } from './treasury-texts.ts';

/** What happened to a payment, in the order in which it happened. */
export function History({ events }: { readonly events: readonly PaymentEvent[] }) {
  const labels = useWords(treasuryTexts);
  const steps = useWords(stepTexts);
  const states = useWords(stateTexts);
  return (
    <Table
      caption={labels.history}
      showsCaption
      rows={events}
      keyOf={({ id }) => id}
      columns={[
        { key: 'when', label: labels.when, kind: 'name', cell: ({ at }) => <Moment at={at} /> },
        { key: 'step', label: labels.step, cell: ({ step }) => steps[step] ?? step },
        { key: 'state', label: labels.state, cell: ({ state }) => states[state] },
        { key: 'who', label: labels.who, cell: ({ byName, step }) => byName || (labels.takers[step] ?? labels.house) },
        { key: 'details', label: labels.details, cell: ({ details }) => <Details details={details} /> },
      ]}
    />
  );
}

/** Amounts and reasons; what only machines read stays in the audit trail. */
function Details({ details }: Pick<PaymentEvent, 'details'>) {
  const { locale } = useView();
  const failures = useWords(failureTexts);
  const { cents, received, reason } = details;
  const amount = received ?? cents;
  const why = typeof reason === 'string' ? (failures[reason] ?? reason) : '';
  const said = [typeof amount === 'number' ? money(locale, amount) : '', why];
  return said.filter((part) => part !== '').join(' · ') || null;
}

/** The letter of an invoice as it reads. */
export function Letter({ letter }: { readonly letter: LetterData }) {
  const labels = useWords(treasuryTexts);
  return (
    <Section title={labels.letter}>
      <details>
        <summary>{letter.subject}</summary>
        <div className="letter flow" lang={letter.locale}>
          <p>{letter.to.join('\n')}</p>
          <p>{letter.lines.map(({ text, amount }) => `${text}: ${amount}`).join('\n')}</p>
          {letter.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </details>
    </Section>
  );
}
