import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Radios } from '#ui/choice';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import { addressOf, arranged, at, both, bothLabels, EditorPage, InBoth, stepped } from './editor-parts.tsx';
import { NoTrial, SumLines } from './editor-sum-parts.tsx';
import { sumTexts } from './editor-sum-texts.ts';
import { editorTexts } from './editor-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtValues(house.ctx, params.form ?? '');
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  const where = at(form, params);
  const row = arranged(form);
  const edition = row
    ? await forms.arrangeSum(house.ctx, where, { value: row.id }, row.how)
    : await forms.addValue(house.ctx, where, both(form, 'label'), text(form, 'unit'));
  return stepped(house, addressOf(where.form, '/werte'), { form: where.form, edition });
});

/** What a form calculates from its answers. */
export default function EditorValuesPage() {
  const { view, values } = useLoaderData<typeof loader>();
  const sums = useWords(sumTexts);
  const labels = useWords(editorTexts);
  const isOpen = view.state !== 'proposed';
  return (
    <EditorPage view={view} here="/werte" lead={sums.valuesLead}>
      <Section title={sums.values}>
        {values.length === 0 ? (
          <p className="muted">{sums.noValues}</p>
        ) : (
          <SumLines form={view.key} edition={view.edition} base="/werte" lines={values} isOpen={isOpen} />
        )}
        {values.length > 0 && values[0]?.example === null && <NoTrial form={view.key} />}
      </Section>
      {isOpen && (
        <Section title={sums.addValue}>
          <Form name="add" labels={bothLabels(labels, { label: sums.valueName })}>
            <Hidden name="edition" value={view.edition} />
            <InBoth name="label" label={sums.valueName} value={undefined} hint={sums.valueHint} />
            <Radios
              name="unit"
              legend={sums.valueUnit}
              value="number"
              options={[
                { value: 'number', label: sums.number },
                { value: 'money', label: sums.money },
              ]}
            />
            <Button kind="primary">{sums.addValue}</Button>
          </Form>
        </Section>
      )}
    </EditorPage>
  );
}
