import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, type PageHouse, text } from '#web/context';
import { groupTexts } from './group-texts.ts';
import { put } from './sign-in-texts.ts';
import { UnitFields } from './units.tsx';

async function find(house: PageHouse, given: string | undefined) {
  const units = await house.rooms.accounts.listUnits(house.ctx);
  const unit = units.find(({ id }) => id === Number(given));
  if (!unit) throw house.missing();
  return { units, unit };
}

export const loader = load(async (house, { params }) => find(house, params.id));

export const action = act(async (house, { params, form }) => {
  const { accounts } = house.rooms;
  const labels = groupTexts[house.ctx.locale];
  const { unit } = await find(house, params.id);
  if (text(form, '_form') === 'remove') {
    await accounts.removeUnit(house.ctx, { unit: unit.id });
    return go(house, '/verwaltung/einheiten', { text: put(labels.unitRemoved, unit) });
  }
  const [name, parent] = [text(form, 'name'), text(form, 'parent')];
  const above = parent === '' ? null : Number(parent);
  await house.checkAll({
    name: () => name !== unit.name && accounts.renameUnit(house.ctx, { unit: unit.id }, name),
    parent: () => above !== unit.parent && accounts.moveUnit(house.ctx, { unit: unit.id }, above),
  });
  return go(house, '/verwaltung/einheiten', { text: put(labels.unitSaved, { name }) });
});

export default function UnitPage() {
  const { units, unit } = useLoaderData<typeof loader>();
  const labels = useWords(groupTexts);
  return (
    <Page title={unit.name} above={[{ to: '/verwaltung/einheiten', label: labels.units }]}>
      <Form name="edit" labels={labels}>
        <UnitFields units={units} unit={unit} />
        <Buttons>
          <Button kind="primary">{labels.save}</Button>
          <LinkButton kind="tertiary" to={`/verwaltung/personen?einheit=${unit.id}`}>
            {labels.people}
          </LinkButton>
        </Buttons>
      </Form>
      <Section title={labels.unitRemove} lead={labels.unitRemoveLead}>
        <Form name="remove">
          <Button kind="danger" icon="trash">
            {labels.unitRemove}
          </Button>
        </Form>
      </Section>
    </Page>
  );
}
