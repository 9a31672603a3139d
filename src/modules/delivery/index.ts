/**
 * Delivery: applications go to specialist systems elsewhere, and come from other authorities to us. Modelled on FIT-Connect.
 *
 * Keeps: where the applications of each form go, with the receiver's public keys and our secret there; how each delivery stands, and
 * all that happened to it; our own destinations with their keys, who may deliver there, and what has arrived until there is a verdict.
 *
 * Promises: what goes out is encrypted for its receiver before it leaves, with a sum of each part; nothing is submitted twice, however
 * often it is tried; a state is what the other side has confirmed, and a verdict only what they have signed. What is rejected or does
 * not arrive is the office's again, with the reason. What comes in is opened only as a whole: one changed byte, and nothing is taken;
 * the same holds for what we fetch from another delivery service, which learns the verdict until it has taken it.
 *
 * Never: talks to an address in the operator's network, sends on a file nobody has looked at, tells a sender of another one's.
 */

export { type CallbackInput, makeCallbackSecret, setCallback } from './callback.ts';
export {
  countByList,
  type DeliveryLine,
  type DeliveryList,
  type DeliveryView,
  deliveryLists,
  getDelivery,
  listDeliveries,
  sendAgain,
  takeBack,
} from './desk.ts';
export {
  checkDestination,
  type DestinationInput,
  type DestinationView,
  type FormChoice,
  listDestinations,
  setDestination,
} from './destination.ts';
export {
  addSender,
  getInbox,
  type InboxLine,
  type InboxView,
  keepInbox,
  listInboxes,
  openInbox,
  revokeSender,
  setInbox,
} from './inbox.ts';
export { endKeysNow, renewKeys } from './renew.ts';
export type { DeliveryState, DeliveryStep } from './rules.ts';
export { checkSource, fetchNow, setSource } from './source.ts';
