import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { dayInWords, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { counterTexts, identityTexts } from './counter-texts.ts';
import { officeName, shownBy, useEuros } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const { token = '' } = params;
  return { paper: await house.rooms.forms.paperOf(house.ctx, token), ...(await shownBy(house, token)) };
});

/** The paper somebody takes home: what was sent, by whom, and how to look at it. Made to be printed. */
export default function CounterPaper() {
  const { paper } = useLoaderData<typeof loader>();
  const labels = useWords(counterTexts);
  const { locale } = useView();
  const above = [{ to: '/eingang/am-schalter', label: labels.title }];
  return (
    <Page title={labels.paperTitle} lead={labels.paperLead} above={above} actions={<Print />}>
      <Facts facts={usePaperFacts()} />
      {paper.state === 'unpaid' && <p>{labels.unpaid}</p>}
      <p>{labels.link}</p>
      <p className="resume-link">{paper.link}</p>
      <Section title={labels.answers}>
        {paper.summary[locale]
          .filter(({ rows }) => rows.length > 0)
          .map(({ page, item, title, rows }) => (
            <div key={`${page} ${item}`} className="review">
              <h3>{title}</h3>
              <Facts facts={rows.map(({ label, value }): Fact => [label, value])} />
            </div>
          ))}
      </Section>
      <p className="signature">{labels.signature}</p>
    </Page>
  );
}

function Print() {
  const { print } = useWords(counterTexts);
  return (
    <Button type="button" onClick={() => window.print()}>
      {print}
    </Button>
  );
}

function usePaperFacts(): Fact[] {
  const { paper } = useLoaderData<typeof loader>();
  const labels = useWords(counterTexts);
  const identities = useWords(identityTexts);
  const { locale } = useView();
  const euros = useEuros();
  const { title, reference, sentAt, office, served, fee, expectedOn } = paper;
  const money = fee.kind === 'sum' ? euros(fee.cents) : labels.feeLater;
  return [
    [labels.what, title[locale]],
    [labels.reference, reference],
    [labels.sentAt, <Moment key="sent" at={sentAt} />],
    [labels.office, officeName(office)],
    [labels.who, served.served],
    [labels.shown, identities[served.identity]],
    [labels.servedBy, served.clerkName],
    ...(fee.kind === 'none' ? [] : [[labels.fee, money] as const]),
    ...(expectedOn ? [[labels.expected, dayInWords(locale, expectedOn)] as const] : []),
  ];
}
