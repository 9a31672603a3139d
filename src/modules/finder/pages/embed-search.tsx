import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { embedTexts } from './embed-texts.ts';
import { put } from './portal-texts.ts';
import './finder.css';

/** The one page other sites may show in a frame: it knows nobody, sets no cookie, runs no script and changes nothing. */
export const handle = { script: false, isFramed: true };

export const loader = load(async (house, { request }) => {
  const typed = new URL(request.url).searchParams.get('ort')?.slice(0, 100) ?? '';
  const place = await house.rooms.finder.findArea(house.ctx, typed);
  return { area: place.kind === 'found' ? { key: place.area.key, name: place.area.designation } : null };
});

/** The search alone, without anything around it. */
export default function EmbedSearch() {
  const { area } = useLoaderData<typeof loader>();
  const labels = useWords(embedTexts);
  const title = area ? put(labels.searchIn, { place: area.name }) : labels.search;
  return (
    <main id="inhalt" className="embedded">
      <Page title={title}>
        <Form isSearch opensApart action="/suche" label={title}>
          <TextField name="q" type="search" label={labels.wish} maxLength={200} />
          {area ? <Hidden name="ort" value={area.key} /> : <TextField name="ort" label={labels.ort} maxLength={100} />}
          <Button kind="primary" icon="search">
            {labels.find}
          </Button>
          <p className="muted">{labels.apart}</p>
        </Form>
      </Page>
    </main>
  );
}
