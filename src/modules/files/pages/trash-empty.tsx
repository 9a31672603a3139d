import { useLoaderData } from 'react-router';
import { act, load } from '#web/context';
import { AskForGood } from './trash-ask.tsx';
import { actEmpty, readEmpty } from './trash-data.ts';

export const loader = load(readEmpty);
export const action = act(actEmpty);

/** Asks before everything in a trash goes for good. */
export default function TrashEmpty() {
  return <AskForGood {...useLoaderData<typeof loader>()} />;
}
