import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Select, TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { LocalView } from '../local.ts';
import { put } from './form-texts.ts';
import { localTexts } from './local-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtLocal(house.ctx, params.form ?? '');
});

const after = (form: FormData, start: string): [string, string][] =>
  [...form].flatMap(([name, value]) =>
    name.startsWith(start) && typeof value === 'string' ? [[name.slice(start.length), value]] : [],
  );

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const english = Object.fromEntries(after(form, 'en.'));
  const texts = after(form, 'de.').map(([place, de]) => [place, { de, en: english[place] ?? '' }] as const);
  const office = Number(text(form, 'office'));
  await house.rooms.forms.saveLocal(house.ctx, params.form ?? '', {
    edition: Number(text(form, 'edition')) || 0,
    isOffered: text(form, 'takes') === 'yes',
    office: office > 0 ? office : null,
    values: Object.fromEntries(after(form, 'value.')),
    texts: Object.fromEntries(texts),
    asked: after(form, 'asked.').map(([key]) => key),
  });
  const { definition } = await house.rooms.forms.lookAtLocal(house.ctx, params.form ?? '');
  const { locale } = house.ctx;
  return go(house, '/formulare', { text: put(localTexts[locale].saved, { title: definition.title[locale] }) });
});

type Props = { readonly view: LocalView };

/** What a municipality decides for itself in one form. */
export default function LocalPage() {
  const view = useLoaderData<typeof loader>();
  const labels = useWords(localTexts);
  const { locale } = useView();
  const { definition, overlay, offices, area } = view;
  const choices = [
    { value: '', label: labels.administrators },
    ...offices.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <Page title={definition.title[locale]} above={[{ to: '/formulare', label: labels.title }]}>
      {area && overlay.isOffered && (
        <p>
          <TextLink to={`/antrag/${definition.key}?ort=${area}`}>{labels.look}</TextLink>
        </p>
      )}
      <Form labels={Object.fromEntries(definition.parameters.map(({ key, label }) => [key, label[locale]]))}>
        <Hidden name="edition" value={view.edition} />
        <Checkbox name="takes" label={labels.takes} isChecked={overlay.isOffered} />
        <Select
          name="office"
          label={labels.office}
          hint={labels.officeHint}
          value={String(overlay.office ?? '')}
          options={choices}
          isOptional
        />
        <Values view={view} />
        <Questions view={view} />
        <Texts view={view} />
        <Button kind="primary">{labels.save}</Button>
      </Form>
    </Page>
  );
}

type Parameter = LocalView['definition']['parameters'][number];

function shown(
  { kind }: Parameter,
  value: string | number | boolean,
  labels: { yes: string; no: string },
  locale: string,
): string {
  if (kind === 'yesNo') return value ? labels.yes : labels.no;
  if (kind === 'money')
    return (Number(value) / 100).toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return String(value);
}

function Values({ view: { definition, overlay } }: Props) {
  const labels = useWords(localTexts);
  const { locale } = useView();
  if (definition.parameters.length === 0) return null;
  return (
    <Section title={labels.values}>
      <div className="form">
        {definition.parameters.map((parameter) => {
          const { key, kind, label, value } = parameter;
          const own = overlay.values[key];
          const hint = put(labels.standard, {
            value: `${shown(parameter, value, labels, locale)}${kind === 'money' ? ' €' : ''}`,
          });
          if (kind === 'yesNo') {
            const options = ['', 'yes', 'no'].map((one) => ({
              value: one,
              label: one === '' ? hint : labels[one as 'yes' | 'no'],
            }));
            const chosen = own === undefined ? '' : own ? 'yes' : 'no';
            return <Select key={key} name={`value.${key}`} label={label[locale]} options={options} value={chosen} isOptional />;
          }
          const typed = own === undefined ? '' : shown(parameter, own, labels, locale);
          return (
            <TextField key={key} name={`value.${key}`} label={label[locale]} hint={hint} value={typed} width="short" isOptional />
          );
        })}
      </div>
    </Section>
  );
}

function Questions({ view: { definition, overlay } }: Props) {
  const labels = useWords(localTexts);
  const { locale } = useView();
  const optional = definition.pages.flatMap(({ fields }) => fields.filter(({ isOptional }) => isOptional));
  if (optional.length === 0) return null;
  return (
    <Section title={labels.questions} lead={labels.questionsLead}>
      {optional.map(({ key, label }) => (
        <Checkbox key={key} name={`asked.${key}`} label={label[locale]} isChecked={!overlay.off.includes(key)} />
      ))}
    </Section>
  );
}

function Texts({ view: { definition, overlay } }: Props) {
  const labels = useWords(localTexts);
  const { locale } = useView();
  const places = [
    { place: 'intro', title: labels.intro },
    ...definition.pages.map(({ key, title }) => ({ place: `page.${key}`, title: title[locale] })),
  ];
  return (
    <Section title={labels.texts} lead={labels.textsLead}>
      {places.map(({ place, title }) => (
        <details key={place} open={overlay.texts[place] !== undefined}>
          <summary>{title}</summary>
          <div className="form">
            <TextArea
              name={`de.${place}`}
              label={`${title} (${labels.german})`}
              value={overlay.texts[place]?.de ?? ''}
              isOptional
            />
            <TextArea
              name={`en.${place}`}
              label={`${title} (${labels.english})`}
              value={overlay.texts[place]?.en ?? ''}
              isOptional
            />
          </div>
        </details>
      ))}
    </Section>
  );
}
