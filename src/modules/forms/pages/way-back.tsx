import { redirect } from 'react-router';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { formTexts } from './form-texts.ts';
import { wayBackUsed } from './link.tsx';

const cookieForm = /(?:^|;\s*)antrag=([\w.-]{6,80})(?:;|$)/;

/**
 * From the payment or the sign-in back to what it was about, where the browser still knows it; a page that says how otherwise. A draft
 * leads to the page on which it is taken into the account.
 */
export const loader = load(async (house, { request }) => {
  const [, token] = cookieForm.exec(request.headers.get('Cookie') ?? '') ?? [];
  if (!token) return null;
  const { form, goTo } = await house.rooms.forms.resumeDraft(house.ctx, token);
  const headers = { 'Set-Cookie': wayBackUsed(house) };
  throw redirect(goTo === 'status' ? `/antrag/status/${token}` : `/antrag/${form}/${token}/speichern`, { headers });
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
