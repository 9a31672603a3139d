import { redirect } from 'react-router';
import type { PageHouse } from '#web/context';

/** To the page that says what is going to happen and has the link to the state identity; the browser keeps where it leads back to. */
export function goToIdentity({ ctx, rooms }: PageHouse, cookie: { readonly secret: string; readonly onward: string }): Response {
  return redirect('/identitaet', { headers: { 'Set-Cookie': rooms.accounts.identityCookie(ctx, cookie) } });
}
