import { redirect } from 'react-router';
import { load } from '#web/context';

/** The link somebody kept leads to where they stopped. */
export const loader = load(async (house, { params }) => {
  const { token = '' } = params;
  const { form, goTo } = await house.rooms.forms.resumeDraft(house.ctx, token);
  throw redirect(goTo === 'status' ? `/antrag/status/${token}` : `/antrag/${form}/${token}/${goTo}`);
});

export default function ResumePage() {
  return null;
}
