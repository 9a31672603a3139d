import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { formatCount } from '#ui/format';
import { Page } from '#ui/page';
import { type Dictionary, useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { intakeTexts } from './intake-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { deadlines: await house.rooms.intake.listDeadlines(house.ctx) };
});

const words = {
  de: {
    title: 'Fristen',
    days: 'Arbeitstage',
    save: 'Speichern',
    saved: 'Die Frist ist gespeichert.',
    lead: 'Wie viele Arbeitstage ein Antrag dauern darf. Das gilt für Anträge, die ab jetzt eingehen. Ohne Angabe gilt, was im Formular steht.',
    empty: 'Leer: wie im Formular, ',
    calendarDay: 'Kalendertag',
    calendarDays: 'Kalendertage',
  },
  en: {
    title: 'Deadlines',
    days: 'Working days',
    save: 'Save',
    saved: 'The deadline is stored.',
    lead: 'How many working days an application may take. It holds for what arrives from now on. Left empty, it is what the form says.',
    empty: 'Empty: as in the form, ',
    calendarDay: 'day of the calendar',
    calendarDays: 'days of the calendar',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

export const action = act(async (house, { form }) => {
  signedIn(house);
  await house.rooms.intake.setDeadline(house.ctx, { form: text(form, 'service'), text: text(form, 'days') });
  return go(house, '/eingang/fristen', { text: words[house.ctx.locale].saved });
});

/** How long each service may take, in working days. */
export default function DeadlinesPage() {
  const { deadlines } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const tray = useWords(intakeTexts);
  const { locale } = useView();
  return (
    <Page title={labels.title} lead={labels.lead} above={[{ to: '/eingang', label: tray.title }]}>
      {deadlines.map(({ form, title, workingDays, days }) => (
        <Form key={form} name={form} isInline labels={labels}>
          <Hidden name="service" value={form} />
          <TextField
            name="days"
            type="number"
            label={`${title}: ${labels.days}`}
            value={workingDays === null ? '' : String(workingDays)}
            hint={days === null ? undefined : labels.empty + formatCount(locale, days, [labels.calendarDay, labels.calendarDays])}
            width="short"
            isOptional
          />
          <Button about={title}>{labels.save}</Button>
        </Form>
      ))}
    </Page>
  );
}
