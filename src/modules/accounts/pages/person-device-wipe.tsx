import { useLoaderData } from 'react-router';
import { useWords } from '#ui/view';
import { act, go, load } from '#web/context';
import { deviceTexts } from './device-texts.ts';
import { personPlace } from './person-place.ts';
import { put } from './sign-in-texts.ts';
import { WipeQuestion } from './wipe-question.tsx';

export const loader = load(async (house, { params }) => {
  const ref = { account: Number(params.id) || 0 };
  const { accounts } = house.rooms;
  const [person, devices] = await Promise.all([accounts.getPerson(house.ctx, ref), accounts.listDevicesOf(house.ctx, ref)]);
  const found = devices.find(({ id, wipeOrderedAt }) => String(id) === params.device && wipeOrderedAt === null);
  if (!found) throw house.missing();
  return { device: found.name, name: person.name, place: personPlace(house, person) };
});

export const action = act(async (house, { params }) => {
  const ref = { account: Number(params.id) || 0, id: Number(params.device) || 0 };
  await house.rooms.accounts.wipeDeviceOf(house.ctx, ref);
  return go(house, `/verwaltung/personen/${ref.account}/geraete`, { text: deviceTexts[house.ctx.locale].ordered });
});

/** Whether somebody else's device is to be wiped. */
export default function PersonDeviceWipe() {
  const { device, name, place } = useLoaderData<typeof loader>();
  const labels = useWords(deviceTexts);
  const above = [...place.above, { to: place.devices, label: labels.devicesOf }];
  return <WipeQuestion title={put(labels.wipeOfTitle, { device, name })} above={above} back={place.devices} />;
}
