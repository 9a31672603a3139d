import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Empty, Page } from '#ui/page';
import { Pager, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { editorTexts } from './editor-texts.ts';

export const loader = load(async (house, { request }) => {
  const { finder } = house.rooms;
  const { searchParams } = new URL(request.url);
  const [search, cursor] = [searchParams.get('suche') ?? '', searchParams.get('ab')];
  const [desk, { items, next }] = await Promise.all([
    finder.openDesk(house.ctx),
    finder.listServices(house.ctx, { search, cursor }),
  ]);
  const own = await finder.supplementsOf(
    house.ctx,
    items.map(({ key }) => key),
  );
  const services = items.map(({ key, title, lang }) => ({ key, title, lang, entry: own.get(key) ?? null }));
  return { desk, services, search, next, isFirst: cursor === null };
});

/** The state's services, and to which of them a municipality has added something. */
export default function EditorCatalogue() {
  const { services, search, next, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const address = (ab: string | null) => `/redaktion/leistungen?${new URLSearchParams({ suche: search, ...(ab && { ab }) })}`;
  return (
    <Page title={labels.catalogueTitle} lead={labels.catalogueLead} width="wide">
      <Form isSearch isInline label={labels.show}>
        <TextField name="suche" type="search" label={labels.searchLabel} value={search} maxLength={100} />
        <Button icon="search">{labels.show}</Button>
      </Form>
      {services.length === 0 ? (
        <Empty icon="list" title={labels.noServices}>
          <p>{labels.noServicesHint}</p>
        </Empty>
      ) : (
        <Services />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function Services() {
  const { desk, services } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  return (
    <Table
      caption={labels.catalogueTitle}
      rows={services}
      keyOf={({ key }) => key}
      columns={[
        {
          key: 'service',
          label: labels.services,
          kind: 'name',
          cell: ({ key, title, lang }) => (
            <TextLink to={`/leistung/${key}${desk.area ? `?ort=${desk.area.key}` : ''}`}>
              <span lang={lang}>{title}</span>
            </TextLink>
          ),
        },
        {
          key: 'own',
          label: labels.myPart,
          cell: ({ entry }) =>
            entry === null ? <span className="muted">{labels.none}</span> : <State tone="success">{labels.supplementDone}</State>,
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
  );
}
