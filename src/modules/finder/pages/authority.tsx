import { useLoaderData } from 'react-router';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { AuthorityText } from './authority-text.tsx';
import { portalTexts } from './portal-texts.ts';
import './finder.css';

export const loader = load(async (house, { params }) => house.rooms.finder.getAuthority(house.ctx, params.key ?? ''));

/** One authority: how to reach it, when it is open, who does what, how to get in. */
export default function AuthorityPage() {
  const authority = useLoaderData<typeof loader>();
  const labels = useWords(portalTexts);
  return (
    <Page title={authority.content.name} above={[{ to: '/', label: labels.home }]}>
      <AuthorityText authority={authority} />
    </Page>
  );
}
