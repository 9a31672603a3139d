import { useLoaderData } from 'react-router';
import { act, go, load, signedIn, text } from '#web/context';
import { DeviceRequest } from './device-request.tsx';
import { viewRequest } from './device-view.ts';

const way = { isCarried: false } as const;

export const loader = load((house, { params }) => viewRequest(house, params.token ?? '', way));

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { accounts } = house.rooms;
  const token = params.token ?? '';
  if (text(form, '_form') === 'refuse') {
    await accounts.refuseDevice(house.ctx, token, way);
    return go(house, '/geraet?abgelehnt');
  }
  await accounts.grantDevice(house.ctx, token, { name: text(form, 'name') });
  return go(house, '/geraet');
});

/** A programme asks to be let in, and comes for its app password itself. */
export default function Device() {
  return <DeviceRequest {...useLoaderData<typeof loader>()} />;
}
