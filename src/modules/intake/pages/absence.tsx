import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { dayInWords } from '#ui/format';
import { Page, Section } from '#ui/page';
import { type Dictionary, useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { intakeTexts } from './intake-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  const { intake } = house.rooms;
  const [absences, deputies] = await Promise.all([intake.listAbsences(house.ctx), intake.possibleDeputies(house.ctx)]);
  return { ...absences, deputies };
});

const words = {
  de: {
    title: 'Vertretung',
    lead: 'Wer Sie vertritt, sieht Ihre Anträge bei sich und kann sie bearbeiten.',
    deputy: 'Wer vertritt Sie?',
    from: 'Erster Tag',
    until: 'Letzter Tag',
    save: 'Speichern',
    clear: 'Vertretung beenden',
    saved: 'Ihre Vertretung ist gespeichert.',
    cleared: 'Ihre Vertretung ist beendet.',
    none: 'Niemand vertritt Sie.',
    now: 'Sie werden vertreten von',
    to: 'bis',
    others: 'Sie vertreten',
    othersNone: 'Sie vertreten niemanden.',
    nobody: 'In Ihren Stellen ist sonst niemand.',
  },
  en: {
    title: 'Deputies',
    lead: 'Whoever stands in for you sees your applications as their own and can work on them.',
    deputy: 'Who stands in?',
    from: 'First day',
    until: 'Last day',
    save: 'Save',
    clear: 'End it',
    saved: 'Your deputy is stored.',
    cleared: 'Nobody stands in for you any more.',
    none: 'Nobody stands in for you.',
    now: 'Your deputy is',
    to: 'to',
    others: 'You stand in for',
    othersNone: 'You stand in for nobody.',
    nobody: 'There is nobody else in your offices.',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

export const action = act(async (house, { form }) => {
  signedIn(house);
  const { intake } = house.rooms;
  const labels = words[house.ctx.locale];
  if (text(form, '_form') === 'clear') {
    await intake.clearDeputy(house.ctx);
    return go(house, '/eingang/vertretung', { text: labels.cleared });
  }
  const [from, until] = [text(form, 'from'), text(form, 'until')];
  await intake.setDeputy(house.ctx, { deputy: Number(text(form, 'deputy')), from, until });
  return go(house, '/eingang/vertretung', { text: labels.saved });
});

/** Who stands in for me, and for whom I do. */
export default function AbsencePage() {
  const { mine, others } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const tray = useWords(intakeTexts);
  const { locale } = useView();
  const span = ({ fromDay, untilDay }: { readonly fromDay: string; readonly untilDay: string }) =>
    `${dayInWords(locale, fromDay)} ${labels.to} ${dayInWords(locale, untilDay)}`;
  return (
    <Page title={labels.title} lead={labels.lead} above={[{ to: '/eingang', label: tray.title }]}>
      <p>{mine ? `${labels.now}: ${mine.deputyName}, ${span(mine)}.` : labels.none}</p>
      {mine && (
        <Form name="clear">
          <Buttons>
            <Button>{labels.clear}</Button>
          </Buttons>
        </Form>
      )}
      <Choose />
      <Section title={labels.others}>
        {others.length === 0 ? (
          <p>{labels.othersNone}</p>
        ) : (
          <ul>
            {others.map((one) => (
              <li key={one.account}>
                {one.name}, {span(one)}
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

function Choose() {
  const { mine, deputies } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  if (deputies.length === 0) return <p className="muted">{labels.nobody}</p>;
  return (
    <Form name="set" labels={labels}>
      <Select
        name="deputy"
        label={labels.deputy}
        value={mine ? String(mine.deputy) : ''}
        options={deputies.map(({ account, name }) => ({ value: String(account), label: name }))}
      />
      <TextField name="from" type="date" label={labels.from} value={mine?.fromDay ?? ''} width="medium" />
      <TextField name="until" type="date" label={labels.until} value={mine?.untilDay ?? ''} width="medium" />
      <Buttons>
        <Button kind="primary">{labels.save}</Button>
      </Buttons>
    </Form>
  );
}
