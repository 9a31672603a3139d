import { redirect } from 'react-router';
import { load, localPath, signedIn } from '#web/context';

const list = '/mitteilungen';

/**
 * Leads from a notice to what it is about, and notes that it was read. It is a link, so another site could make a browser follow
 * it: then nothing is noted, and the person sees the list.
 */
export const loader = load(async (house, { request, params }) => {
  signedIn(house);
  if (request.headers.get('Sec-Fetch-Site') === 'cross-site') throw redirect(list);
  throw redirect(localPath(await house.rooms.notifications.follow(house.ctx, Number(params.notice) || 0), list));
});
