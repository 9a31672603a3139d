import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { FileField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn } from '#web/context';
import { addressOf, findServices, home, ServiceChoice, ServiceSearch } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';

export const loader = load(async (house, { request }) => {
  signedIn(house);
  await house.rooms.forms.listOwnForms(house.ctx);
  return findServices(house, request.url);
});

/** No schema of FIM comes near it; more is not read. */
const mostBytes = 5_000_000;

async function readUpload(house: PageHouse): Promise<{ service: string; xml: string }> {
  const chunks: Buffer[] = [];
  let [service, size] = ['', 0];
  for await (const part of house.parts()) {
    if (part.kind === 'field') {
      if (part.name === 'service') service = part.value;
      continue;
    }
    for await (const chunk of part.stream) {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk as Buffer);
    }
  }
  const words = editorTexts[house.ctx.locale];
  if (size === 0) throw house.refuse(words.noFile, 'schema');
  if (size > mostBytes) throw house.refuse(house.say('forms.editBytes', { limit: mostBytes }), 'schema');
  return { service, xml: Buffer.concat(chunks).toString('utf8') };
}

export const action = act(async (house) => {
  signedIn(house);
  const { form, left } = await house.rooms.forms.beginFromFim(house.ctx, await readUpload(house));
  return go(house, addressOf(form, left.length === 0 ? '' : '/schema'), { text: editorTexts[house.ctx.locale].begun });
});

/** A form of one's own from a schema of FIM's XDatenfelder 3.0. */
export default function EditorFimPage() {
  const { wish, services } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  return (
    <Page
      title={labels.fromFim}
      lead={labels.fimLead}
      above={[
        { to: '/formulare', label: labels.all },
        { to: home, label: labels.title },
      ]}
    >
      <ServiceSearch wish={wish} services={services} />
      {services.length > 0 && (
        <Section title={labels.form}>
          <Form isUpload labels={{ service: labels.service, schema: labels.schema }}>
            <ServiceChoice services={services} />
            <FileField name="schema" label={labels.schema} accept=".xml" />
            <Button kind="primary">{labels.go}</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
