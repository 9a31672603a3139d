import { useActionData, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons } from '#ui/button';
import { Form } from '#ui/form';
import { dayInFigures } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Column, NameCell, Table } from '#ui/table';
import { type Dictionary, useView, useWords } from '#ui/view';
import { act, load, signedIn } from '#web/context';
import type { AwaitedFee } from '../fees.ts';
import { FeeFields, feeLabels, feeLinesOf } from './fee-fields.tsx';
import { actTexts, intakeTexts } from './intake-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { items: await house.rooms.intake.listAwaitedFees(house.ctx) };
});

const words = {
  de: {
    title: 'Gebühren festsetzen',
    lead: 'Anträge, die Sie bearbeiten und deren Gebühr noch fehlt. Alle ausgewählten bekommen dieselbe Gebühr.',
    none: 'Keine Gebühr fehlt',
    noneHint: 'Hier stehen Anträge, die Sie übernommen haben und deren Gebühr noch festzusetzen ist.',
    set: 'Gebühr ist festgesetzt',
    refused: 'Gebühr ist nicht festgesetzt',
  },
  en: {
    title: 'Set fees',
    lead: 'Applications you work on whose fee is missing. All that are chosen get the same fee.',
    none: 'No fee is missing',
    noneHint: 'Here you find applications that you have taken on and whose fee is still to be set.',
    set: 'The fee is set',
    refused: 'The fee is not set',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

type Said = { readonly reference: string; readonly sentence: string | null };

export const action = act(async (house, { form }) => {
  signedIn(house);
  const { intake } = house.rooms;
  const chosen = form.getAll('submission').map(Number);
  // Named as the list named them: what is refused may be nobody's to see any more.
  const references = new Map((await intake.listAwaitedFees(house.ctx)).map((item) => [item.submission, item.reference]));
  const verdicts = await intake.setFees(house.ctx, chosen, feeLinesOf(form));
  const said = verdicts.map(
    ({ submission, refused }): Said => ({
      reference: references.get(submission) ?? String(submission),
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

function Verdicts() {
  const labels = useWords(words);
  const done = useActionData<typeof action>();
  const said = done && 'said' in done ? done.said : [];
  const [set, refused] = [said.filter(({ sentence }) => sentence === null), said.filter(({ sentence }) => sentence !== null)];
  return (
    <>
      {set.length > 0 && (
        <Alert tone="success" title={labels.set}>
          <p>{set.map(({ reference }) => reference).join(', ')}</p>
        </Alert>
      )}
      {refused.length > 0 && (
        <Alert tone="warning" title={labels.refused}>
          <ul>
            {refused.map(({ reference, sentence }) => (
              <li key={reference}>
                {reference}: {sentence}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
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
