import { Outlet } from 'react-router';
import { load, signedIn } from './context.ts';
import { WorkplaceFrame } from './frames.tsx';

/** Everything inside the workplace is for people who are signed in. */
export const loader = load(async (house) => {
  signedIn(house);
  return null;
});

export default function WorkplaceLayout() {
  return (
    <WorkplaceFrame>
      <Outlet />
    </WorkplaceFrame>
  );
}
