import { useLoaderData } from 'react-router';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { LifeEventText } from './life-event-text.tsx';
import { portalTexts } from './portal-texts.ts';
import './finder.css';

export const loader = load(async (house, { params, request }) => {
  const { searchParams } = new URL(request.url);
  const cursor = searchParams.get('ab');
  const event = await house.rooms.finder.getLifeEvent(house.ctx, params.key ?? '', cursor);
  return { event, isFirst: cursor === null, isPlain: searchParams.has('einfach') };
});

/** Everything that belongs to one situation in life. */
export default function LifeEventPage() {
  const { event, isFirst, isPlain } = useLoaderData<typeof loader>();
  const labels = useWords(portalTexts);
  return (
    <Page title={event.title} lead={event.text} above={[{ to: '/', label: labels.home }]}>
      <LifeEventText event={event} path={`/lebenslage/${event.key}`} isFirst={isFirst} isPlain={isPlain} />
    </Page>
  );
}
