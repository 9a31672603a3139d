import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { dayInFigures } from '#ui/format';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { editorTexts } from './editor-texts.ts';
import { put } from './portal-texts.ts';
import { workTexts } from './work-texts.ts';

const shown = 200;

export const loader = load(async (house, { request }) => {
  const search = new URL(request.url).searchParams.get('suche')?.slice(0, 100) ?? '';
  const { mayWrite } = await house.rooms.finder.openDesk(house.ctx);
  const all = await house.rooms.finder.listSynonyms(house.ctx);
  const wanted = search.toLocaleLowerCase('de');
  const fits = all.filter(({ says, means }) => `${says} ${means}`.toLocaleLowerCase('de').includes(wanted));
  return { pairs: fits.slice(0, shown), total: fits.length, search, mayWrite };
});

export const action = act(async (house, { form }) => {
  const { finder } = house.rooms;
  const labels = workTexts[house.ctx.locale];
  const pair = text(form, 'pair');
  if (pair !== '') {
    await finder.removeSynonym(house.ctx, Number(pair) || 0);
    return go(house, '/redaktion/woerter', { text: labels.pairRemoved });
  }
  const [says, means] = [text(form, 'says'), text(form, 'means')];
  await finder.addSynonym(house.ctx, { says, means });
  return go(house, '/redaktion/woerter', { text: put(labels.pairAdded, { says, means }) });
});

/** Everyday words, and what the texts call them. */
export default function EditorWords() {
  const { pairs, total, search, mayWrite } = useLoaderData<typeof loader>();
  const labels = useWords(workTexts);
  const names = useWords(editorTexts);
  const { locale } = useView();
  return (
    <Page title={names.words} lead={labels.wordsLead} width="wide">
      {mayWrite && (
        <Section title={labels.newPair}>
          <Form name="add" isInline labels={names}>
            <TextField name="says" label={names.says} hint={labels.saysHint} maxLength={100} />
            <TextField name="means" label={names.means} hint={labels.pairMeansHint} maxLength={100} />
            <Button kind="primary">{labels.addPair}</Button>
          </Form>
        </Section>
      )}
      <Section title={`${names.words} (${total})`}>
        <Form isSearch isInline label={names.search}>
          <TextField name="suche" type="search" label={labels.filter} value={search} maxLength={100} />
          <Button icon="search">{names.show}</Button>
        </Form>
        {pairs.length === 0 ? (
          <p className="muted">{labels.noPairs}</p>
        ) : (
          <Table
            caption={names.words}
            rows={pairs}
            keyOf={({ id }) => id}
            columns={[
              { key: 'says', label: names.says, kind: 'name', cell: ({ says }) => says },
              { key: 'means', label: names.means, cell: ({ means }) => means },
              {
                key: 'by',
                label: labels.by,
                cell: ({ changedBy, changedAt }) => `${changedBy}, ${dayInFigures(locale, changedAt)}`,
              },
              {
                key: 'remove',
                label: labels.removePair,
                kind: 'actions',
                cell: ({ id, says }) => mayWrite && <Remove id={id} says={says} />,
              },
            ]}
          />
        )}
        {total > pairs.length && <p className="muted">{put(labels.onlyFirst.replace(/,.*$/, '.'), { count: pairs.length })}</p>}
      </Section>
    </Page>
  );
}

function Remove({ id, says }: { readonly id: number; readonly says: string }) {
  const labels = useWords(workTexts);
  return (
    <Form name={`remove.${id}`} isInline>
      <Hidden name="pair" value={id} />
      <Button kind="tertiary" isSmall about={says}>
        {labels.removePair}
      </Button>
    </Form>
  );
}
