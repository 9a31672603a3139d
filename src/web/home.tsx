import { redirect } from 'react-router';
import { load, signedIn } from './context.ts';
import { placesFor } from './places.ts';

/** The start: the first room that exists for this person. */
export const loader = load(async (house) => {
  const { roles } = signedIn(house);
  throw redirect(placesFor(roles, house.ctx.platform.config.demo)[0]?.to ?? '/konto');
});
