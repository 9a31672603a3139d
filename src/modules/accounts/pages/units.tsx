import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatCount } from '#ui/format';
import { Icon } from '#ui/icon';
import { Empty, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import type { OrgUnit } from '../store/unit.ts';
import { groupTexts } from './group-texts.ts';
import { unitPaths } from './person-fields.tsx';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house) => house.rooms.accounts.listUnits(house.ctx));

export const action = act(async (house, { form }) => {
  const name = text(form, 'name');
  const parent = text(form, 'parent');
  await house.rooms.accounts.createUnit(house.ctx, { name, parent: parent === '' ? null : Number(parent) });
  return go(house, '/verwaltung/einheiten', { text: put(groupTexts[house.ctx.locale].unitAdded, { name }) });
});

export default function Units() {
  const units = useLoaderData<typeof loader>();
  const labels = useWords(groupTexts);
  return (
    <Page title={labels.units} lead={labels.unitsLead}>
      {units.length === 0 ? (
        <Empty icon="tree" title={labels.noUnits}>
          <p>{labels.noUnitsHint}</p>
        </Empty>
      ) : (
        <div className="tree">
          <Branch units={units} parent={null} />
        </div>
      )}
      <Section title={labels.unitAdd}>
        <Form key={units.length} name="add" labels={labels}>
          <UnitFields units={units} />
          <Button icon="add">{labels.unitAdd}</Button>
        </Form>
      </Section>
    </Page>
  );
}

/** The units directly below one, each with those below it. */
function Branch({ units, parent }: { readonly units: readonly OrgUnit[]; readonly parent: number | null }) {
  const { locale } = useView();
  const below = units.filter((unit) => unit.parent === parent);
  if (below.length === 0) return null;
  const nouns = locale === 'de' ? (['Person', 'Personen'] as const) : (['person', 'people'] as const);
  return (
    <ul>
      {below.map(({ id, name, people }) => (
        <li key={id}>
          <span className="tree-row">
            <Icon name="tree" />
            <TextLink to={`/verwaltung/einheiten/${id}`}>{name}</TextLink>
            <span className="muted">{formatCount(locale, people, nouns)}</span>
          </span>
          <Branch units={units} parent={id} />
        </li>
      ))}
    </ul>
  );
}

type UnitFieldsProps = { readonly units: readonly OrgUnit[]; readonly unit?: OrgUnit };

/** Name and place of a unit. It cannot be put below itself. */
export function UnitFields({ units, unit }: UnitFieldsProps) {
  const labels = useWords(groupTexts);
  const choices = unitPaths(units).filter(({ id }) => id !== unit?.id);
  return (
    <div className="form-pair">
      <TextField name="name" label={labels.unitName} value={unit?.name ?? ''} maxLength={200} autoComplete="off" />
      <Select
        name="parent"
        label={labels.unitAbove}
        value={String(unit?.parent ?? '')}
        options={[{ value: '', label: labels.top }, ...choices.map(({ id, path }) => ({ value: String(id), label: path }))]}
      />
    </div>
  );
}
