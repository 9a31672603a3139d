import { redirect } from 'react-router';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { formTexts } from './form-texts.ts';

const cookieForm = /(?:^|;\s*)antrag=([\w.-]{20,80})(?:;|$)/;

/** From the payment back to the status, where the browser still knows it; a page that says how otherwise. */
export const loader = load(async (_house, { request }) => {
  const [, token] = cookieForm.exec(request.headers.get('Cookie') ?? '') ?? [];
  if (token) throw redirect(`/antrag/status/${token}`);
  return null;
});

export default function WayBackPage() {
  const labels = useWords(formTexts);
  return (
    <Page title={labels.returnTitle} above={[{ to: '/', label: labels.search }]}>
      <p>{labels.returnText}</p>
      <p>{labels.returnLost}</p>
    </Page>
  );
}
