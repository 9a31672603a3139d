import { useLoaderData } from 'react-router';
import { Kit } from '#ui/kit';
import { load } from './context.ts';

/** The building blocks, in demonstrations only. */
export const loader = load(async (house) => {
  const { config, clock } = house.ctx.platform;
  if (!config.demo) throw house.missing();
  return clock.now().getTime();
});

export default function KitPage() {
  return <Kit now={useLoaderData<typeof loader>()} />;
}
