import { type PageHouse, signedIn } from '#web/context';

/** What somebody has to know of a programme that asks to be let in. */
export async function viewRequest(house: PageHouse, token: string, way: { readonly isCarried: boolean }) {
  const { name, address } = signedIn(house);
  const { client, network, createdAt } = await house.rooms.accounts.viewDeviceLogin(house.ctx, token, way);
  const now = house.ctx.platform.clock.now().getTime();
  return { client, network, createdAt, now, account: `${name} (${address})`, isElsewhere: network !== house.ctx.network };
}
