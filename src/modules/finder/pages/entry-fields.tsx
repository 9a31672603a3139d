import { Checkbox, FieldGroup } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useWords } from '#ui/view';
import { text } from '#web/context';
import type { EntryKind, Unit } from '../rules-content.ts';
import { editorTexts } from './editor-texts.ts';
import { Choice, type Field, Line, said, Text, useLabels, type Values } from './field-parts.tsx';
import { assuranceTexts, fieldTexts, levelNames } from './field-texts.ts';
import { LifeEventFields } from './life-event-fields.tsx';
import { put } from './portal-texts.ts';

const lists = [
  ...['documents', 'fees', 'deadlines', 'steps', 'legal', 'keywords', 'accessibility', 'languages', 'represents', 'except'],
  ...['documentsEn', 'feesEn', 'deadlinesEn', 'stepsEn', 'keywordsEn', 'services'],
];
const lineFields: Readonly<Record<EntryKind, readonly string[]>> = {
  service: [
    ...['title', 'summary', 'details', 'plain', 'titleEn', 'summaryEn', 'duration', 'form', 'assurance', 'assuranceSource'],
    ...['level', 'leika', 'detailsEn', 'durationEn', 'assuranceSourceEn'],
  ],
  supplement: ['service', 'area', 'note', 'noteEn'],
  authority: ['name', 'street', 'postcode', 'town', 'phone', 'mail', 'web', 'hours'],
  competence: ['service', 'area', 'authority', 'level', 'unit', 'source'],
  lifeEvent: ['title', 'text', 'plain', 'titleEn', 'textEn', 'icon', 'order'],
};

/** A name for each box: of several boxes of one name a refused form would give only one back. */
const eventStart = 'lifeEvent.';
const emptyUnits = 2;
const mostUnits = 60 + emptyUnits;

/** The content a form of {@link EntryFields} was filled in with; the room checks it. */
export function contentIn(form: FormData, kind: EntryKind): Record<string, unknown> {
  const single = lineFields[kind].map((name) => [name, text(form, name)] as const);
  const several = lists.filter((name) => form.has(name)).map((name) => [name, text(form, name).split(/\r?\n/)] as const);
  const chosen = [...form.keys()].filter((name) => name.startsWith(eventStart)).map((name) => name.slice(eventStart.length));
  const events = kind === 'service' ? { lifeEvents: chosen } : {};
  return { ...Object.fromEntries([...single, ...several]), ...events, ...(kind === 'authority' && { units: unitsIn(form) }) };
}

/** Units whose name is empty are gone. */
function unitsIn(form: FormData): Values[] {
  const part = (index: number, name: string) => text(form, `unit.${index}.${name}`);
  const all = Array.from({ length: mostUnits }, (_, index) => ({
    key: part(index, 'key'),
    name: part(index, 'name'),
    phone: part(index, 'phone'),
    mail: part(index, 'mail'),
    room: part(index, 'room'),
  }));
  return all.filter(({ name }) => name !== '');
}

/** A situation in life a service can be assigned to. */
type Situation = { readonly key: string; readonly title: string };

type FieldsProps = {
  readonly kind: EntryKind;
  readonly values: Values /** What it is about stands and does not change. */;
  readonly isNew: boolean;
  /** Those there are, for services. */
  readonly situations: readonly Situation[];
};

/** The fields of one kind of entry. */
export function EntryFields({ kind, values, isNew, situations }: FieldsProps) {
  if (kind === 'service') return <ServiceFields values={values} situations={situations} />;
  if (kind === 'lifeEvent') return <LifeEventFields values={values} />;
  if (kind === 'supplement') return <SupplementFields values={values} isNew={isNew} />;
  if (kind === 'authority') return <AuthorityFields values={values} />;
  return <CompetenceFields values={values} isNew={isNew} />;
}

type ServiceProps = { readonly values: Values; readonly situations: readonly Situation[] };

function ServiceFields({ values, situations }: ServiceProps) {
  const labels = useWords(editorTexts);
  return (
    <>
      <Section title={labels.german}>
        <div className="form">
          <Line name="title" values={values} isRequired />
          <Text name="summary" values={values} rows={2} />
          <Text name="details" values={values} rows={8} />
          <Text name="plain" values={values} rows={6} />
          {['documents', 'fees', 'deadlines', 'steps'].map((name) => (
            <Text key={name} name={name} values={values} />
          ))}
          <Line name="duration" values={values} />
          <Text name="legal" values={values} />
        </div>
      </Section>
      <Section title={labels.english} lead={labels.englishLead}>
        <div className="form">
          <Line name="titleEn" values={values} isRequired />
          <Text name="summaryEn" values={values} rows={2} />
          <Text name="detailsEn" values={values} rows={8} />
          {['documentsEn', 'feesEn', 'deadlinesEn', 'stepsEn'].map((name) => (
            <Text key={name} name={name} values={values} />
          ))}
          <Line name="durationEn" values={values} />
          <Line name="assuranceSourceEn" values={values} />
          <Text name="keywordsEn" values={values} />
        </div>
      </Section>
      <Filing values={values} situations={situations} />
    </>
  );
}

function Filing({ values, situations }: ServiceProps) {
  const labels = useWords(editorTexts);
  const fields = useWords(fieldTexts);
  const chosen = Array.isArray(values.lifeEvents) ? values.lifeEvents.map(String) : [];
  // One that is not published (any more) stays chosen until somebody takes it out.
  const unknown = chosen.filter((key) => !situations.some((known) => known.key === key)).map((key) => ({ key, title: key }));
  return (
    <Section title={labels.filing}>
      <div className="form">
        <Text name="keywords" values={values} />
        <FieldGroup name="lifeEvents" legend={fields.lifeEvents}>
          {[...situations, ...unknown].map(({ key, title }) => (
            <Checkbox key={key} name={`${eventStart}${key}`} label={title} isChecked={chosen.includes(key)} />
          ))}
        </FieldGroup>
        <Choice name="level" values={values} names={useWords(levelNames)} />
        <Line name="form" values={values} />
        <Choice name="assurance" values={values} names={useWords(assuranceTexts)} />
        <Line name="assuranceSource" values={values} />
        <Line name="leika" values={values} />
      </div>
    </Section>
  );
}

/** What an entry is about is its key: typed once, and then it stands. */
function About({ name, values, isNew }: Field & { readonly isNew: boolean }) {
  const { label } = useLabels(name);
  if (isNew) return <Line name={name} values={values} isRequired />;
  return <TextField name={name} label={label} value={said(values[name])} isReadOnly />;
}

function SupplementFields({ values, isNew }: { readonly values: Values; readonly isNew: boolean }) {
  const labels = useWords(editorTexts);
  return (
    <>
      <div className="form">
        <About name="service" values={values} isNew={isNew} />
        <About name="area" values={values} isNew={isNew} />
        {['note', 'documents', 'fees', 'deadlines'].map((name) => (
          <Text key={name} name={name} values={values} />
        ))}
      </div>
      <Section title={labels.english} lead={labels.englishLead}>
        <div className="form">
          {['noteEn', 'documentsEn', 'feesEn', 'deadlinesEn'].map((name) => (
            <Text key={name} name={name} values={values} />
          ))}
        </div>
      </Section>
    </>
  );
}

function AuthorityFields({ values }: { readonly values: Values }) {
  const fields = useWords(fieldTexts);
  const units = (Array.isArray(values.units) ? values.units : []) as readonly Unit[];
  const places = Array.from({ length: units.length + emptyUnits }, (_, index) => ({ index, unit: units[index] }));
  return (
    <>
      <div className="form">
        <Line name="name" values={values} isRequired />
        <Text name="represents" values={values} rows={3} />
        {['street', 'postcode', 'town', 'phone', 'mail', 'web'].map((name) => (
          <Line key={name} name={name} values={values} />
        ))}
        <Text name="hours" values={values} rows={8} />
        <Text name="accessibility" values={values} />
        <Text name="languages" values={values} />
      </div>
      <Section title={fields.units} lead={fields.unitsHint}>
        {places.map(({ index, unit }) => (
          <UnitFields key={index} index={index} unit={unit} />
        ))}
      </Section>
    </>
  );
}

function UnitFields({ index, unit }: { readonly index: number; readonly unit: Unit | undefined }) {
  const fields = useWords(fieldTexts);
  const part = (name: keyof Unit, label: string) => (
    <TextField name={`unit.${index}.${name}`} label={label} value={unit?.[name] ?? ''} isOptional maxLength={300} />
  );
  return (
    <fieldset className="unit-group form">
      <legend>{unit?.name || put(fields.unitNumber, { number: index + 1 })}</legend>
      {part('name', fields.unitName)}
      {part('key', fields.unitKey)}
      {part('phone', fields.phone)}
      {part('mail', fields.mail)}
      {part('room', fields.room)}
    </fieldset>
  );
}

function CompetenceFields({ values, isNew }: { readonly values: Values; readonly isNew: boolean }) {
  const fields = useWords(fieldTexts);
  const levels = Object.entries(useWords(levelNames)).map(([value, label]) => ({ value, label }));
  return (
    <div className="form">
      {isNew ? (
        <TextField name="service" label={fields.service} hint={fields.serviceRuleHint} value={said(values.service)} />
      ) : (
        <Hidden name="service" value={said(values.service)} />
      )}
      <About name="area" values={values} isNew={isNew} />
      <Line name="authority" values={values} />
      <Select
        name="level"
        label={fields.levelRule}
        value={said(values.level)}
        options={[{ value: '', label: fields.noLevel }, ...levels]}
      />
      <Line name="unit" values={values} />
      <Text name="except" values={values} />
      <Line name="source" values={values} />
    </div>
  );
}
