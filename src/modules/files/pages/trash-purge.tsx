import { useLoaderData } from 'react-router';
import { act, load } from '#web/context';
import { AskForGood } from './trash-ask.tsx';
import { actPurge, readPurge } from './trash-data.ts';

export const loader = load(readPurge);
export const action = act(actPurge);

/** Asks before what was chosen goes for good. */
export default function TrashPurge() {
  return <AskForGood {...useLoaderData<typeof loader>()} />;
}
