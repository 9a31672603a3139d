import { redirect } from 'react-router';
import { act } from '#web/context';

/** Ends the session on the server, then in the browser. */
export const action = act(async (house) => {
  const { accounts } = house.rooms;
  const isCitizen = house.ctx.actor.kind === 'citizen';
  if (isCitizen) await accounts.signOutCitizen(house.ctx);
  else if (house.ctx.actor.kind === 'account') await accounts.signOut(house.ctx);
  const to = isCitizen ? '/postfach/anmelden?abgemeldet' : '/anmelden?abgemeldet';
  return redirect(to, { headers: { 'Set-Cookie': house.cookies.signOut() } });
});

export const loader = () => redirect('/');
