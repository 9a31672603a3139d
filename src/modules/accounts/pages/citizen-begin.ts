import { redirect } from 'react-router';
import type { PageHouse } from '#web/context';

type Begin = { readonly address: string; readonly password: string; readonly to: string };

/** Signs a citizen in and goes on in their language. */
export async function beginCitizen(house: PageHouse, { to, ...given }: Begin): Promise<Response> {
  const { token, seconds, locale } = await house.rooms.accounts.signInCitizen(house.ctx, given);
  const headers = new Headers();
  headers.append('Set-Cookie', house.cookies.signIn(token, seconds));
  headers.append('Set-Cookie', house.cookies.language(locale));
  return redirect(to, { headers });
}
