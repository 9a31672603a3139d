import { useLoaderData } from 'react-router';
import { Button, LinkButton } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Empty, Page } from '#ui/page';
import { Pager } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import type { EntryKind } from '../rules-content.ts';
import { editorTexts, kindListTexts, type Only, onlyTexts } from './editor-texts.ts';
import { EntryTable } from './entry-table.tsx';

export const loader = load(async (house, { request }) => {
  const { finder } = house.rooms;
  const { searchParams } = new URL(request.url);
  const kind = finder.entryKinds.find((known) => known === searchParams.get('art')) ?? null;
  const only = (Object.keys(onlyTexts.de) as Only[]).find((known) => known === searchParams.get('nur')) ?? 'all';
  const [search, cursor] = [searchParams.get('suche') ?? '', searchParams.get('ab')];
  const [desk, { items, next }] = await Promise.all([
    finder.openDesk(house.ctx),
    finder.listEntries(house.ctx, { kind, only, search, cursor }),
  ]);
  return { desk, kind, only, search, items, next, isFirst: cursor === null };
});

/** Everything the editors of one authority write, of one kind or of all. */
export default function EditorList() {
  const { desk, kind, only, search, items, next, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const kinds = useWords(kindListTexts);
  const filter = { ...(kind && { art: kind }), nur: only, suche: search };
  const address = (ab: string | null) => `/redaktion/eintraege?${new URLSearchParams({ ...filter, ...(ab && { ab }) })}`;
  const title = kind ? kinds[kind] : labels.title;
  return (
    <Page title={title} width="wide" actions={desk.mayWrite && kind && <Add kind={kind} isState={desk.isState} />}>
      <Filter />
      {items.length === 0 ? (
        <Empty icon="list" title={labels.noEntries}>
          <p>{labels.noEntriesHint}</p>
        </Empty>
      ) : (
        <EntryTable caption={title} rows={items} />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function Add({ kind, isState }: { readonly kind: EntryKind; readonly isState: boolean }) {
  const labels = useWords(editorTexts);
  if ((kind === 'service' || kind === 'lifeEvent') && !isState) return null;
  return (
    <LinkButton kind="primary" icon="add" to={`/redaktion/neu?art=${kind}`}>
      {labels.add}
    </LinkButton>
  );
}

function Filter() {
  const { kind, only, search } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const choices = useWords(onlyTexts);
  return (
    <Form isSearch isInline label={labels.show}>
      {kind && <Hidden name="art" value={kind} />}
      <TextField name="suche" type="search" label={labels.searchLabel} value={search} maxLength={100} />
      <Select
        name="nur"
        label={labels.only}
        value={only}
        options={(Object.keys(choices) as Only[]).map((value) => ({ value, label: choices[value] }))}
      />
      <Button icon="search">{labels.show}</Button>
    </Form>
  );
}
