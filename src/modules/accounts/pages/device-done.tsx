import { useLoaderData } from 'react-router';
import { TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { deviceTexts } from './device-texts.ts';

export const loader = load(async (house, { request }) => {
  signedIn(house);
  return { isRefused: new URL(request.url).searchParams.has('abgelehnt') };
});

export default function DeviceDone() {
  const { isRefused } = useLoaderData<typeof loader>();
  const labels = useWords(deviceTexts);
  const [title, lead] = isRefused ? [labels.refusedTitle, labels.refusedLead] : [labels.grantedTitle, labels.grantedLead];
  return (
    <Page title={title} lead={lead}>
      <p>
        <TextLink to="/konto/app-passwoerter">{labels.overview}</TextLink>
      </p>
    </Page>
  );
}
