import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Checkbox, FieldGroup } from '#ui/choice';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn } from '#web/context';
import { statementTexts } from './statement-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return { groups: await house.rooms.intake.listConsultable(house.ctx) };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  await house.rooms.intake.setConsulted(
    house.ctx,
    [...form.keys()].filter((key) => key.startsWith('office-')).map((key) => Number(key.slice('office-'.length))),
  );
  return go(house, '/eingang/stellen', { text: statementTexts[house.ctx.locale].saved });
});

/** Which groups others can ask for a statement. */
export default function ConsultedPage() {
  const { groups } = useLoaderData<typeof loader>();
  const labels = useWords(statementTexts);
  return (
    <Page title={labels.consulted} lead={labels.consultedLead} above={[{ to: '/eingang', label: labels.tray }]}>
      {groups.length === 0 ? (
        <p>{labels.noGroups}</p>
      ) : (
        <Form name="offices">
          <FieldGroup name="office" legend={labels.groups}>
            {groups.map(({ office, name, isOpen }) => (
              <Checkbox key={office} name={`office-${office}`} label={name} isChecked={isOpen} />
            ))}
          </FieldGroup>
          <Button kind="primary">{labels.save}</Button>
        </Form>
      )}
    </Page>
  );
}
