import { useLoaderData } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Button, Buttons, LinkButton, TextLink } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Bytes, dayInFigures, dayInWords, Moment } from '#ui/format';
import { Icon } from '#ui/icon';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { OfficeAct } from '../rules.ts';
import { actTexts, fileTexts, intakeTexts, outcomeTexts, proofTexts, stateTexts, stepTexts } from './intake-texts.ts';
import { Due, stateTones } from './tray.tsx';
import './intake.css';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const { intake } = house.rooms;
  const {
    elsewhere: found,
    item,
    due,
    acts,
    officeName,
    submission,
    files,
    happenings,
    requests,
    counter,
    payment,
    proof,
  } = await intake.getItem(house.ctx, Number(params.id));
  const { summary, result, mail, receiptBlob } = submission;
  const why = found?.code ? house.say(found.code, found.params) : '';
  const detail = found?.params.detail ? ` (${found.params.detail})` : '';
  const elsewhere = found && { receiver: found.receiver, isAway: found.isAway, why: `${why}${detail}` };
  const shown = files.map(({ id, name, size, state }) => ({ id, name, size, state }));
  return {
    elsewhere,
    item,
    due,
    acts,
    officeName,
    happenings,
    requests,
    files: shown,
    counter,
    payment: payment && { state: payment.state, cents: payment.cents, refundedCents: payment.refundedCents },
    proof: proof && { inWords: proof.inWords, at: proof.at, law: proof.law },
    summary,
    result,
    mail,
    hasPdf: receiptBlob !== null,
  };
});

/** Acts without a page of their own: nothing has to be entered. */
const atOnce = ['take', 'giveBack', 'close'] as const;

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { intake } = house.rooms;
  const id = Number(params.id);
  const what = atOnce.find((known) => known === text(form, '_form'));
  if (!what) throw house.missing();
  if (what === 'take') await intake.take(house.ctx, id, Number(text(form, 'from')) || null);
  else await intake[what](house.ctx, id);
  return go(house, `/eingang/${id}`, { text: actTexts[house.ctx.locale][what].done });
});

/** One submission: what was answered, what happened, what can be done. */
export default function ItemPage() {
  const { item, summary } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const { locale } = useView();
  const facts = useItemFacts();
  return (
    <Page title={item.title[locale]} lead={item.reference} width="wide" above={[{ to: '/eingang', label: labels.title }]}>
      <Facts facts={facts} />
      <Elsewhere />
      <Acts />
      <Section title={labels.answers}>
        {summary[locale]
          .filter(({ rows }) => rows.length > 0)
          .map(({ page, item: entry, title, rows }) => (
            <div key={`${page} ${entry}`} className="flow">
              <h3>{title}</h3>
              <Facts facts={rows.map(({ label, value }): Fact => [label, value])} />
            </div>
          ))}
      </Section>
      <Files />
      <Requests />
      <p>
        <TextLink to={`/eingang/${item.submission}/stellungnahmen`}>{labels.statements}</TextLink>
      </p>
      <Downloads />
      <History />
    </Page>
  );
}

function useItemFacts(): Fact[] {
  const { item, due, officeName, mail, result, counter, payment, proof } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const states = useWords(stateTexts);
  const outcomes = useWords(outcomeTexts);
  const proofs = useWords(proofTexts);
  const { locale } = useView();
  const { state, applicant, handlerName, receivedAt, dueOn, firstDueOn, pausedOn, awaitedUntil, outcome } = item;
  const facts: readonly (Fact | false)[] = [
    [
      labels.state,
      <State key="state" tone={stateTones[state]}>
        {states[state]}
      </State>,
    ],
    outcome !== null && [labels.outcome, outcomes[outcome]],
    result !== '' && [
      labels.result,
      <span key="result" className="written">
        {result}
      </span>,
    ],
    [labels.who, applicant],
    counter !== null && [labels.counter, `${counter.clerkName}, ${counter.served} (${proofs[counter.identity]})`],
    proof !== null && [
      labels.proof,
      <span key="proof">
        {proof.inWords[locale]} (<Moment at={proof.at} />
        ). {proof.law[locale]}
      </span>,
    ],
    mail !== null && [labels.contact, mail],
    [labels.handler, handlerName || labels.nobody],
    [labels.office, officeName || labels.noOffice],
    payment !== null && [labels.fee, <FeeFact key="fee" payment={payment} />],
    [labels.received, <Moment key="received" at={receivedAt} />],
    [labels.due, <Due key="due" due={due} dueOn={dueOn} />],
    awaitedUntil !== null && [labels.awaited, dayInWords(locale, awaitedUntil)],
    ...(dueOn === firstDueOn && pausedOn === null ? [] : [pauseFact(labels, locale, { ...item, isPaused: due === 'paused' })]),
  ];
  return facts.filter((fact) => fact !== false);
}

type Locale = keyof typeof intakeTexts;

type Paused = { readonly pausedOn: string | null; readonly firstDueOn: string; readonly isPaused: boolean };

/** Why the deadline is another one than at the beginning. */
function pauseFact(labels: (typeof intakeTexts)[Locale], locale: Locale, { pausedOn, firstDueOn, isPaused }: Paused): Fact {
  const [first, since] = [firstDueOn, pausedOn].map((day) => day && dayInWords(locale, day));
  const words = since && isPaused ? labels.pausedSince.replace('{day}', since) : labels.moved.replace('{day}', first ?? '');
  return [labels.pause, words];
}

type Fee = { readonly state: string; readonly cents: number | null; readonly refundedCents: number };

/** What it costs, whether that is paid, and what of it was given back. */
function FeeFact({ payment: { state, cents, refundedCents } }: { readonly payment: Fee }) {
  const labels = useWords(intakeTexts);
  const { locale } = useView();
  if (cents === null) return labels.feeAwaited;
  const { format } = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  const words: Readonly<Record<string, string>> = {
    paid: labels.feePaid,
    refunded: labels.feeRefunded,
    withdrawn: labels.feeWithdrawn,
  };
  const back = state === 'paid' && refundedCents > 0 ? `, ${format(refundedCents / 100)} ${labels.feeRefunded}` : '';
  return `${format(cents / 100)}, ${words[state] ?? labels.feeOpen}${back}`;
}

/** Somebody else has it, or it came back from there. */
function Elsewhere() {
  const { elsewhere } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  if (elsewhere === null) return null;
  const { receiver, isAway, why } = elsewhere;
  return (
    <Alert tone={isAway ? 'info' : 'warning'} title={`${isAway ? labels.away : labels.returned}: ${receiver}`}>
      <p>{isAway ? labels.awayHint : why}</p>
    </Alert>
  );
}

const isAtOnce = (act: OfficeAct): act is (typeof atOnce)[number] => atOnce.some((known) => known === act);

const paths: Readonly<Partial<Record<OfficeAct, string>>> = {
  hand: 'uebergeben',
  ask: 'nachfragen',
  fee: 'gebuehr',
  answer: 'entscheiden',
};

function Acts() {
  const { item, acts } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const names = useWords(actTexts);
  if (acts.length === 0) return null;
  const main: OfficeAct | undefined = (['answer', 'close', 'take'] as const).find((one) => acts.includes(one));
  const kind = (one: OfficeAct) => (one === main ? 'primary' : 'secondary');
  return (
    <Section title={labels.todo}>
      <Buttons>
        {acts.map((one) =>
          isAtOnce(one) ? (
            <Form key={one} name={one}>
              {one === 'take' && <Hidden name="from" value={item.handler ?? ''} />}
              <Button kind={kind(one)}>{names[one].name}</Button>
            </Form>
          ) : (
            <LinkButton key={one} kind={kind(one)} to={`/eingang/${item.submission}/${paths[one]}`}>
              {names[one].name}
            </LinkButton>
          ),
        )}
      </Buttons>
    </Section>
  );
}

const fileTones: Readonly<Record<string, Tone>> = {
  waiting: 'info',
  clean: 'success',
  infected: 'danger',
  notScannable: 'warning',
};

function Files() {
  const { item, files } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const states = useWords(fileTexts);
  return (
    <Section title={labels.files} lead={files.some(({ state }) => state !== 'clean') ? labels.notClean : undefined}>
      {files.length === 0 ? (
        <p>{labels.noFiles}</p>
      ) : (
        <Table
          caption={labels.files}
          rows={files}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'name',
              label: labels.file,
              kind: 'name',
              cell: ({ id, name, state }) =>
                state === 'clean' ? (
                  <a href={`/eingang/${item.submission}/anlage/${id}`} download>
                    {name}
                  </a>
                ) : (
                  name
                ),
            },
            {
              key: 'check',
              label: labels.check,
              cell: ({ state }) => <State tone={fileTones[state] ?? 'info'}>{states[state]}</State>,
            },
            { key: 'size', label: labels.size, kind: 'number', cell: ({ size }) => <Bytes value={size} /> },
          ]}
        />
      )}
    </Section>
  );
}

function Requests() {
  const { requests } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const { locale } = useView();
  if (requests.length === 0) return null;
  return (
    <Table
      caption={labels.question}
      showsCaption
      rows={requests}
      keyOf={({ id }) => id}
      columns={[
        { key: 'text', label: labels.text, kind: 'name', cell: ({ text: said }) => <span className="written">{said}</span> },
        { key: 'asked', label: labels.asked, cell: ({ askedAt }) => dayInFigures(locale, askedAt) },
        { key: 'due', label: labels.awaited, cell: ({ dueOn }) => dayInFigures(locale, dueOn) },
        {
          key: 'answer',
          label: labels.answer,
          cell: ({ answer }) => <span className="written">{answer ?? labels.noAnswer}</span>,
        },
      ]}
    />
  );
}

function Downloads() {
  const { item, hasPdf } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const files = [
    ...(hasPdf ? [['pdf', labels.pdf] as const] : []),
    ['zip', labels.zip],
    ['xml', 'XML'],
    ['json', 'JSON'],
  ] as const;
  return (
    <Section title={labels.downloads} lead={hasPdf ? undefined : labels.pdfLater}>
      <Buttons>
        {files.map(([format, label]) => (
          <a key={format} className="kern-btn kern-btn--secondary" href={`/eingang/${item.submission}/antrag.${format}`} download>
            <Icon name="download" />
            <span className="kern-label">{label}</span>
          </a>
        ))}
      </Buttons>
    </Section>
  );
}

function History() {
  const { happenings } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const steps = useWords(stepTexts);
  return (
    <Table
      caption={labels.history}
      showsCaption
      rows={happenings.map((happening, index) => ({ ...happening, index }))}
      keyOf={({ index }) => index}
      columns={[
        { key: 'when', label: labels.when, kind: 'name', cell: ({ at }) => <Moment at={at} /> },
        {
          key: 'step',
          label: labels.step,
          cell: ({ step, text: said }) => (
            <>
              {steps[step] ?? step}
              {said !== '' && <span className="below written">{said}</span>}
            </>
          ),
        },
        { key: 'who', label: labels.by, cell: ({ who }) => steps[who] ?? who },
      ]}
    />
  );
}
