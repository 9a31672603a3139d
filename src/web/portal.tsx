import { Outlet } from 'react-router';
import { PortalFrame } from './frames.tsx';

/** Pages for people from outside ship no script at all. */
export const handle = { script: false };

export default function PortalLayout() {
  return (
    <PortalFrame>
      <Outlet />
    </PortalFrame>
  );
}
