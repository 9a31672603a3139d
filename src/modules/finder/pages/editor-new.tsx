import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn, text } from '#web/context';
import type { EntryKind } from '../rules-content.ts';
import { DayFields } from './day-fields.tsx';
import { editorTexts, kindListTexts, kindTexts } from './editor-texts.ts';
import { contentIn, EntryFields } from './entry-fields.tsx';
import { fieldTexts } from './field-texts.ts';
import { put } from './portal-texts.ts';

function kindOf(house: PageHouse, named: string | null): EntryKind {
  const kind = house.rooms.finder.entryKinds.find((known) => known === named);
  if (!kind) throw house.missing();
  return kind;
}

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const { area, isState, mayWrite } = await house.rooms.finder.openDesk(house.ctx);
  const kind = kindOf(house, searchParams.get('art'));
  if (!mayWrite || ((kind === 'service' || kind === 'lifeEvent') && !isState)) throw house.missing();
  const own = area ? `${area.key} ${area.name}` : '';
  const values = { service: searchParams.get('leistung') ?? '', area: own, represents: [own], languages: ['Deutsch'] };
  const situations = kind === 'service' ? await house.rooms.finder.listLifeEvents(house.ctx) : [];
  const more = kind === 'lifeEvent' ? { icon: 'other', order: 100 } : { level: kind === 'service' ? 'municipality' : '' };
  return { kind, situations, values: { ...values, ...more, assurance: 'none' } };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const { finder } = house.rooms;
  const kind = kindOf(house, text(form, 'kind'));
  const content = await finder.withKeys(house.ctx, kind, contentIn(form, kind));
  const key = await finder.keyForNew(house.ctx, kind, { typed: text(form, 'key'), content });
  const days = { validFrom: text(form, 'validFrom'), validTo: text(form, 'validTo'), reviewOn: text(form, 'reviewOn') };
  const id = await finder.createEntry(house.ctx, { kind, key, content, note: text(form, 'draftNote'), days });
  return go(house, `/redaktion/${id}`, { text: editorTexts[house.ctx.locale].created });
});

/** Something new, as a draft. */
export default function EditorNew() {
  const { kind, values, situations } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const fields = useWords(fieldTexts);
  const kinds = useWords(kindListTexts);
  const list = `/redaktion/eintraege?art=${kind}`;
  const above = [
    { to: '/redaktion', label: labels.title },
    { to: list, label: kinds[kind] },
  ];
  const hasKey = kind === 'service' || kind === 'authority' || kind === 'lifeEvent';
  return (
    <Page title={put(labels.newTitle, { kind: useWords(kindTexts)[kind] })} above={above}>
      <Form labels={{ ...labels, ...fields }}>
        <Hidden name="kind" value={kind} />
        {hasKey && (
          <TextField
            name="key"
            label={labels.key}
            hint={kind === 'authority' ? labels.keyHintAuthority : labels.keyHintService}
            maxLength={80}
            isOptional
          />
        )}
        <EntryFields kind={kind} values={values} situations={situations} isNew />
        <Section title={labels.daysPart}>
          <div className="form">
            <DayFields days={null} />
            <TextArea name="draftNote" label={labels.note} hint={labels.noteHint} isOptional />
          </div>
        </Section>
        <Buttons>
          <Button kind="primary">{labels.save}</Button>
          <LinkButton kind="tertiary" to={list}>
            {labels.back}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
