import { useLoaderData } from 'react-router';
import { TextLink } from '#ui/button';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import type { LifeEvent } from '../rules-content.ts';
import { editorTexts } from './editor-texts.ts';
import { lifeEventTexts } from './portal-texts.ts';
import { workTexts } from './work-texts.ts';

export const loader = load(async (house) => {
  const { finder } = house.rooms;
  const { isState } = await finder.openDesk(house.ctx);
  const events = Object.keys(lifeEventTexts.de) as LifeEvent[];
  const found = await Promise.all(
    events.map(async (event) => ({
      event,
      services: (await finder.servicesOf(house.ctx, event)).map(({ key, title }) => ({ key, title })),
    })),
  );
  return { isState, found };
});

/** Situations in life and the services that appear there. */
export default function EditorEvents() {
  const { isState, found } = useLoaderData<typeof loader>();
  const labels = useWords(workTexts);
  const names = useWords(lifeEventTexts);
  const to = (key: string) =>
    isState ? `/redaktion/eintraege?${new URLSearchParams({ art: 'service', suche: key })}` : `/leistung/${key}`;
  return (
    <Page title={useWords(editorTexts).lifeEvents} lead={labels.eventsLead}>
      {found.map(({ event, services }) => (
        <Section key={event} title={`${names[event]} (${services.length})`}>
          {services.length === 0 && <p className="muted">{labels.noServices}</p>}
          <ul className="bullets">
            {services.map(({ key, title }) => (
              <li key={key}>
                <TextLink to={to(key)}>{title}</TextLink>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </Page>
  );
}
