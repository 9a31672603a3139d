import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import { embedTexts } from './embed-texts.ts';
import { PlaceQuestion } from './place-question.tsx';
import { portalTexts, put } from './portal-texts.ts';
import './editor.css';

export const loader = load(async (house, { request }) => {
  const typed = new URL(request.url).searchParams.get('ort')?.slice(0, 100) ?? '';
  const place = await house.rooms.finder.findArea(house.ctx, typed);
  return { typed, place, origin: house.ctx.platform.config.url };
});

/** How a municipality shows the search on its own site: text to copy, and what it looks like. */
export default function EmbedPage() {
  const { typed, place, origin } = useLoaderData<typeof loader>();
  const labels = useWords(embedTexts);
  const { locale } = useView();
  const area = place.kind === 'found' ? place.area : null;
  const query = area ? `?ort=${area.key}` : '';
  return (
    <Page title={labels.title} lead={labels.lead} above={[{ to: '/', label: useWords(portalTexts).home }]}>
      <Form isSearch isInline label={labels.place}>
        <TextField name="ort" label={labels.place} hint={labels.placeHint} value={typed} maxLength={100} />
        <Button>{labels.make}</Button>
      </Form>
      <PlaceQuestion place={place} toPlace={(ort) => `/einbetten?ort=${ort}`} />
      <Section title={labels.form} lead={labels.formLead}>
        <Snippet text={formSnippet({ origin, labels, area: area?.key ?? null, lang: locale })} />
      </Section>
      <Section title={labels.frame} lead={labels.frameLead}>
        <Snippet text={frameSnippet(`${origin}/einbetten/suche${query}`, labels.search)} />
        <p>
          <TextLink to={`/einbetten/suche${query}`}>{labels.look}</TextLink>
        </p>
      </Section>
      <p className="muted">{put(labels.mark, { origin })}</p>
      <Section title={labels.api} lead={labels.apiLead}>
        <p>
          <TextLink isExternal to="/api/openapi.json">{`${origin}/api/openapi.json`}</TextLink>
        </p>
      </Section>
    </Page>
  );
}

const Snippet = ({ text }: { readonly text: string }) => (
  <pre className="snippet">
    <code>{text}</code>
  </pre>
);

type FormParts = {
  readonly origin: string;
  readonly labels: (typeof embedTexts)['de'];
  readonly area: string | null;
  readonly lang: string;
};

/** A search of ours in another site's words and colours: without the place the person names it. */
const formSnippet = ({ origin, labels, area, lang }: FormParts): string =>
  [
    `<form action="${origin}/suche" method="get" role="search" lang="${lang}">`,
    `  <label>${labels.wish} <input type="search" name="q" maxlength="200" required></label>`,
    area === null
      ? `  <label>${labels.ort} <input name="ort" maxlength="100" autocomplete="address-level2"></label>`
      : `  <input type="hidden" name="ort" value="${area}">`,
    `  <button>${labels.find}</button>`,
    '</form>',
  ].join('\n');

const frameSnippet = (address: string, title: string): string =>
  [
    `<iframe src="${address}" title="${title}"`,
    '  loading="lazy" referrerpolicy="no-referrer" style="width:100%;height:22rem;border:0"></iframe>',
  ].join('\n');
