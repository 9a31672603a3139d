import { useLoaderData } from 'react-router';
import type { AppScheme } from '#platform/http-guard';
import { act, go, load, signedIn, text } from '#web/context';
import { DeviceRequest } from './device-request.tsx';
import { viewRequest } from './device-view.ts';

const way = { isCarried: true } as const;
const app: AppScheme = 'nc:';

export const handle = { formsLeadTo: app };

export const loader = load((house, { params }) => viewRequest(house, params.token ?? '', way));

/** After a yes the app reads its app password from the address it is led to; nothing of that address comes from the request. */
export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { accounts } = house.rooms;
  const token = params.token ?? '';
  if (text(form, '_form') === 'refuse') {
    await accounts.refuseDevice(house.ctx, token, way);
    return go(house, '/geraet?abgelehnt');
  }
  const { loginName, secret } = await accounts.grantCarried(house.ctx, token, { name: text(form, 'name') });
  const { url } = house.ctx.platform.config;
  const address = `${app}//login/server:${url}&user:${encodeURIComponent(loginName)}&password:${encodeURIComponent(secret)}`;
  return new Response(null, { status: 303, headers: { Location: address } });
});

/** An app that shows this page itself asks to be let in. */
export default function DeviceCarried() {
  return <DeviceRequest {...useLoaderData<typeof loader>()} isCarried />;
}
