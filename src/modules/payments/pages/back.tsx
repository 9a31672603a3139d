import { redirect } from 'react-router';
import { load } from '#web/context';

/**
 * Where the payment service sends the browser back to. What it brings along is not looked at: we ask the service, and show what is
 * true then.
 */
export const loader = load(async (house, { params }) => {
  const token = params.token ?? '';
  await house.rooms.payments.comeBack(house.ctx, token);
  throw redirect(`/bezahlung/${token}`);
});

export default function Back() {
  return null;
}
