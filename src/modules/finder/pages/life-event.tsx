import { useLoaderData } from 'react-router';
import { TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import type { LifeEvent } from '../rules-content.ts';
import { lifeEventTexts, portalTexts } from './portal-texts.ts';
import './finder.css';

export const loader = load(async (house, { params }) => {
  const event = params.key ?? '';
  return { event: event as LifeEvent, services: await house.rooms.finder.servicesOf(house.ctx, event) };
});

/** Everything that belongs to one situation in life. */
export default function LifeEventPage() {
  const { event, services } = useLoaderData<typeof loader>();
  const labels = useWords(portalTexts);
  return (
    <Page title={useWords(lifeEventTexts)[event]} above={[{ to: '/', label: labels.home }]}>
      <ul className="answers">
        {services.map(({ key, title, summary }) => (
          <li key={key}>
            <h2>
              <TextLink to={`/leistung/${key}`}>{title}</TextLink>
            </h2>
            <p>{summary}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
