import { useLoaderData } from 'react-router';
import { useWords } from '#ui/view';
import { act, go, load, signedIn } from '#web/context';
import { accountTexts } from './account-texts.ts';
import { deviceTexts } from './device-texts.ts';
import { put } from './sign-in-texts.ts';
import { WipeQuestion } from './wipe-question.tsx';

const above = '/konto/app-passwoerter';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const passwords = await house.rooms.accounts.listAppPasswords(house.ctx);
  const found = passwords.find(({ id, wipeOrderedAt }) => String(id) === params.id && wipeOrderedAt === null);
  if (!found) throw house.missing();
  return { name: found.name };
});

export const action = act(async (house, { params }) => {
  await house.rooms.accounts.wipeDevice(house.ctx, Number(params.id) || 0);
  return go(house, above, { text: deviceTexts[house.ctx.locale].ordered });
});

export default function DeviceWipe() {
  const { name } = useLoaderData<typeof loader>();
  const labels = useWords(deviceTexts);
  const { appPasswords } = useWords(accountTexts);
  return <WipeQuestion title={put(labels.wipeTitle, { name })} above={[{ to: above, label: appPasswords }]} back={above} />;
}
