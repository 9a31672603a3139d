import { redirect } from 'react-router';
import { act } from '#web/context';

/** Ends the session on the server, then in the browser. */
export const action = act(async (house) => {
  if (house.ctx.actor.kind === 'account') await house.rooms.accounts.signOut(house.ctx);
  return redirect('/anmelden?abgemeldet', { headers: { 'Set-Cookie': house.cookies.signOut() } });
});

export const loader = () => redirect('/');
