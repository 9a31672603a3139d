import { redirect } from 'react-router';
import type { PageHouse } from '#web/context';

/** A password as it was typed: it may begin or end with a space. */
export function secret(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** A password that has to be given; throws what asks for it. */
export function filledSecret(house: PageHouse, form: FormData, field: string): string {
  const given = secret(form, field);
  if (given === '') throw house.refuse(house.say('platform.textMissing', { field }), field);
  return given;
}

type Begin = { readonly address: string; readonly password: string; readonly to: string };

/** Signs somebody in and goes on in their language. */
export async function begin(house: PageHouse, request: Request, { to, ...given }: Begin): Promise<Response> {
  const userAgent = request.headers.get('User-Agent') ?? undefined;
  const { token, seconds, locale } = await house.rooms.accounts.signIn(house.ctx, { ...given, userAgent });
  const headers = new Headers();
  headers.append('Set-Cookie', house.cookies.signIn(token, seconds));
  headers.append('Set-Cookie', house.cookies.language(locale));
  return redirect(to, { headers });
}
