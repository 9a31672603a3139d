import { useLoaderData } from 'react-router';
import { LinkButton, TextLink } from '#ui/button';
import { formatNumber } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import { editorTexts, kindTexts } from './editor-texts.ts';
import { workTexts } from './work-texts.ts';

export const loader = load(async (house) => {
  const { finder } = house.rooms;
  const [{ isState }, events] = await Promise.all([finder.openDesk(house.ctx), finder.countLifeEvents(house.ctx)]);
  return { isState, events };
});

/** The situations in life people find on the start page, with how many services each has. */
export default function EditorEvents() {
  const { isState, events } = useLoaderData<typeof loader>();
  const labels = useWords(workTexts);
  const kinds = useWords(kindTexts);
  const { locale } = useView();
  const title = useWords(editorTexts).lifeEvents;
  const all = isState && (
    <LinkButton icon="edit" to="/redaktion/eintraege?art=lifeEvent">
      {labels.eventsAll}
    </LinkButton>
  );
  if (events.length === 0)
    return (
      <Page title={title} lead={labels.eventsLead} actions={all}>
        <Empty icon="list" title={labels.eventNone}>
          <p>{labels.eventNoneHint}</p>
        </Empty>
      </Page>
    );
  return (
    <Page title={title} lead={labels.eventsLead} actions={all}>
      <Table
        caption={title}
        rows={events}
        keyOf={({ key }) => key}
        columns={[
          {
            key: 'event',
            label: kinds.lifeEvent,
            kind: 'name',
            cell: ({ key, title: name, text, lang }) => (
              <>
                <TextLink to={`/lebenslage/${key}`}>
                  <span lang={lang}>{name}</span>
                </TextLink>
                <span className="below" lang={lang}>
                  {text}
                </span>
              </>
            ),
          },
          {
            key: 'services',
            label: labels.eventServices,
            kind: 'number',
            cell: ({ count }) => formatNumber(locale, count),
          },
        ]}
      />
    </Page>
  );
}
