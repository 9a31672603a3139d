import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { LinkButton, TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { editorTexts } from './editor-texts.ts';

/** Supplements of one municipality that are looked through; there are as many services at most. */
const most = 100;

export const loader = load(async (house) => {
  const { finder } = house.rooms;
  const desk = await finder.openDesk(house.ctx);
  const own = new Map<string, number>();
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof finder.listEntries>> = await finder.listEntries(house.ctx, {
      kind: 'supplement',
      cursor,
      limit: most,
    });
    for (const { key, id } of page.items) own.set(key.slice(0, key.lastIndexOf('.')), id);
    cursor = page.next;
    if (cursor === null) break;
  }
  const services = (await finder.servicesOf(house.ctx)).map(({ key, title }) => ({ key, title, entry: own.get(key) ?? null }));
  return { desk, services };
});

/** The state's services, and to which of them a municipality has added something. */
export default function EditorCatalogue() {
  const { desk, services } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  return (
    <Page title={labels.catalogueTitle} lead={labels.catalogueLead} width="wide">
      <Table
        caption={labels.catalogueTitle}
        rows={services}
        keyOf={({ key }) => key}
        columns={[
          {
            key: 'service',
            label: labels.services,
            kind: 'name',
            cell: ({ key, title }) => (
              <TextLink to={`/leistung/${key}${desk.area ? `?ort=${desk.area.key}` : ''}`}>{title}</TextLink>
            ),
          },
          {
            key: 'own',
            label: labels.myPart,
            cell: ({ entry }) =>
              entry === null ? (
                <span className="muted">{labels.none}</span>
              ) : (
                <State tone="success">{labels.supplementDone}</State>
              ),
          },
          {
            key: 'act',
            label: labels.supplementThis,
            kind: 'actions',
            cell: ({ key, title, entry }) =>
              desk.mayWrite && (
                <LinkButton
                  isSmall
                  about={title}
                  to={entry === null ? `/redaktion/neu?art=supplement&leistung=${key}` : `/redaktion/${entry}`}
                >
                  {entry === null ? labels.supplementThis : labels.show}
                </LinkButton>
              ),
          },
        ]}
      />
    </Page>
  );
}
