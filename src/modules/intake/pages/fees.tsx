import { useActionData, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, TextLink } from '#ui/button';
import { Form } from '#ui/form';
import { dayInFigures } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Column, NameCell, Table } from '#ui/table';
import { type Dictionary, useView, useWords } from '#ui/view';
import { act, load, signedIn } from '#web/context';
import type { AwaitedFee, FeeVerdict } from '../fees.ts';
import { FeeFields, feeLabels, feeLinesOf } from './fee-fields.tsx';
import { actTexts, intakeTexts } from './intake-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { items: await house.rooms.intake.listAwaitedFees(house.ctx) };
});

type Words = {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly noneHint: string;
  readonly verdict: (set: number, all: number) => string;
  readonly set: string;
  readonly refused: string;
  readonly unknown: string;
};

const words: Dictionary<Words> = {
  de: {
    title: 'Gebühren festsetzen',
    lead: 'Anträge, die Sie bearbeiten und deren Gebühr noch fehlt. Alle ausgewählten bekommen dieselbe Gebühr.',
    none: 'Keine Gebühr fehlt',
    noneHint: 'Hier stehen Anträge, die Sie übernommen haben und deren Gebühr noch festzusetzen ist.',
    verdict: (set, all) => `Gebühr ist festgesetzt: ${set} von ${all} Anträgen`,
    set: 'Festgesetzt',
    refused: 'Nicht festgesetzt',
    unknown: 'Ein Antrag, den Sie nicht sehen können',
  },
  en: {
    title: 'Set fees',
    lead: 'Applications you work on whose fee is missing. All that are chosen get the same fee.',
    none: 'No fee is missing',
    noneHint: 'Here you find applications that you have taken on and whose fee is still to be set.',
    verdict: (set, all) => `The fee is set: ${set} of ${all} applications`,
    set: 'Set',
    refused: 'Not set',
    unknown: 'An application that you cannot see',
  },
};

type Said = Pick<FeeVerdict, 'submission' | 'reference'> & { readonly sentence: string | null };

export const action = act(async (house, { form }) => {
  signedIn(house);
  const chosen = form.getAll('submission').map(Number);
  const verdicts = await house.rooms.intake.setFees(house.ctx, chosen, feeLinesOf(form));
  const said = verdicts.map(
    ({ submission, reference, refused }): Said => ({
      submission,
      reference,
      sentence: refused && house.say(refused.code, refused.params),
    }),
  );
  return { said };
});

/** The same fee for several applications, and what became of each. */
export default function FeesPage() {
  const { items } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const tray = useWords(intakeTexts);
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" above={[{ to: '/eingang', label: tray.title }]}>
      <Verdicts />
      {items.length === 0 ? (
        <Empty icon="archive" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Choosing />
      )}
    </Page>
  );
}

/** What became of them: the sum first, then what did not work, with the way there. It is spoken at once, wherever one was on the page. */
function Verdicts() {
  const labels = useWords(words);
  const done = useActionData<typeof action>();
  if (!done || !('said' in done)) return null;
  const { said } = done;
  const refused = said.filter(({ sentence }) => sentence !== null);
  const set = said.filter(({ sentence }) => sentence === null);
  return (
    <Alert tone={refused.length > 0 ? 'warning' : 'success'} title={labels.verdict(set.length, said.length)} takesFocus={done}>
      {refused.length > 0 && (
        <>
          <p>{labels.refused}:</p>
          <ul>
            {refused.map(({ submission, reference, sentence }) => (
              <li key={submission}>
                {reference === null ? labels.unknown : <TextLink to={`/eingang/${submission}`}>{reference}</TextLink>}: {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
      {set.length > 0 && (
        <p>
          {labels.set}: {set.map(({ reference }) => reference).join(', ')}
        </p>
      )}
    </Alert>
  );
}

function Choosing() {
  const { items } = useLoaderData<typeof loader>();
  const tray = useWords(intakeTexts);
  const labels = useWords(words);
  const { name, lead } = useWords(actTexts).fee;
  const { locale } = useView();
  const columns: readonly Column<AwaitedFee>[] = [
    {
      key: 'reference',
      label: tray.reference,
      kind: 'name',
      cell: ({ submission, reference, title }) => (
        <NameCell to={`/eingang/${submission}`} name={title[locale]} below={reference} />
      ),
    },
    { key: 'who', label: tray.who, cell: ({ applicant }) => applicant },
    { key: 'received', label: tray.received, cell: ({ receivedAt }) => dayInFigures(locale, receivedAt) },
  ];
  return (
    <Form name="fees" labels={{ items: tray.feeAmount, ...feeLabels(tray) }}>
      <Table
        caption={labels.title}
        rows={items}
        keyOf={({ submission }) => submission}
        columns={columns}
        choice={{ name: 'submission', label: ({ reference }) => reference }}
      />
      <FeeFields />
      <p>{lead}</p>
      <Buttons>
        <Button kind="primary">{name}</Button>
      </Buttons>
    </Form>
  );
}
