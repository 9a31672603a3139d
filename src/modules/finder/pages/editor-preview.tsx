import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import { AuthorityText } from './authority-text.tsx';
import { editorTexts } from './editor-texts.ts';
import { LifeEventText } from './life-event-text.tsx';
import { entryNumber } from './numbers.ts';
import { leadOf, ServiceText, titleOf } from './service-text.tsx';
import './finder.css';

export const loader = load(async (house, { params, request }) => {
  const { finder, forms } = house.rooms;
  const id = entryNumber(house, params.id);
  const { searchParams } = new URL(request.url);
  const preview = await finder.previewEntry(house.ctx, { entry: id }, searchParams.get('ort')?.slice(0, 100) ?? '');
  const view = preview.kind === 'service' ? preview.view : null;
  const asked = view?.authority && { service: view.key, form: view.content.form, authority: view.authority.key };
  return { id, preview, forms: asked ? await forms.takenForms(house.ctx, asked) : [], isPlain: searchParams.has('einfach') };
});

/** The draft in the citizens' frame, as they will see it. */
export default function EditorPreview() {
  const { preview } = useLoaderData<typeof loader>();
  const { locale } = useView();
  if (preview.kind === 'service') {
    return (
      <Page title={titleOf(preview.view, locale)} lead={leadOf(preview.view, locale)}>
        <Banner />
        <Shown />
      </Page>
    );
  }
  if (preview.kind === 'lifeEvent') {
    return (
      <Page title={preview.view.title} lead={preview.view.text}>
        <Banner />
        <Shown />
      </Page>
    );
  }
  return (
    <Page title={preview.kind === 'authority' ? preview.view.content.name : preview.title}>
      <Banner />
      <Shown />
    </Page>
  );
}

function Shown() {
  const { id, preview, forms, isPlain } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  if (preview.kind === 'none') return <p>{labels.previewNone}</p>;
  if (preview.kind === 'authority') return <AuthorityText authority={preview.view} />;
  const path = `/redaktion/${id}/vorschau`;
  if (preview.kind === 'lifeEvent') return <LifeEventText event={preview.view} path={path} isFirst isPlain={isPlain} />;
  return <ServiceText service={preview.view} forms={forms} isPlain={isPlain} path={path} />;
}

function Banner() {
  const { id } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  return (
    <Alert title={labels.previewBanner}>
      <p>
        <TextLink to={`/redaktion/${id}`}>{labels.previewBack}</TextLink>
      </p>
    </Alert>
  );
}
