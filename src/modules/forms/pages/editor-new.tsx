import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Select } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { addressOf, both, bothLabels, findServices, home, InBoth, ServiceChoice, ServiceSearch } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

export const loader = load(async (house, { request }) => {
  signedIn(house);
  const { rooms, ctx } = house;
  await rooms.forms.listOwnForms(ctx);
  const published = (await rooms.forms.listForms(ctx)).filter((form) => form.published !== null);
  return {
    ...(await findServices(house, request.url)),
    published: published.map(({ key, title }) => ({ key, title })),
  };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const copyOf = text(form, 'copyOf');
  const key = await house.rooms.forms.beginOwnForm(house.ctx, {
    title: both(form, 'title'),
    service: text(form, 'service'),
    copyOf: copyOf === '' ? null : copyOf,
  });
  return go(house, addressOf(key), { text: editorTexts[house.ctx.locale].begun });
});

/** A form of one's own: which service it is for, what it is called, what it begins with. */
export default function EditorNewPage() {
  const { wish, services, published } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  return (
    <Page
      title={labels.begin}
      lead={labels.beginLead}
      above={[
        { to: '/formulare', label: labels.all },
        { to: home, label: labels.title },
      ]}
    >
      <ServiceSearch wish={wish} services={services} />
      {services.length > 0 && (
        <Section title={labels.form}>
          <Form labels={{ service: labels.service, ...bothLabels(labels, { title: labels.name }) }}>
            <ServiceChoice services={services} />
            <InBoth name="title" label={labels.name} value={undefined} hint={labels.copyName} />
            <Select
              name="copyOf"
              label={labels.copyOf}
              hint={labels.copyOfHint}
              value=""
              isOptional
              options={[
                { value: '', label: labels.blank },
                ...published.map(({ key, title }) => ({ value: key, label: put(labels.copied, { title }) })),
              ]}
            />
            <Button kind="primary">{labels.go}</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
