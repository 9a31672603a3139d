import {
  clearPresenceMessage,
  listPresences,
  ownPresence,
  type Presence,
  presenceOf,
  readyMessages,
  setPresence,
  setPresenceMessage,
  setReadyMessage,
} from '#modules/accounts';
import { ensure } from '#platform/errors';
import { type Call, limitOf, numberOf, type Operation } from './call.ts';
import type { Value } from './envelope.ts';
import type { OcsRoute } from './routes.ts';

/** Nextcloud's `user_status` as its clients speak it; what is kept and what never is: `presence.ts` of the room `accounts`. */

const seconds = (moment: Date | null) => (moment === null ? null : Math.floor(moment.getTime() / 1000));

const shown = ({ handle, status, message, icon, clearAt }: Presence): Value => ({
  userId: handle,
  status,
  message,
  icon,
  clearAt: seconds(clearAt),
});

/** One's own, with where it comes from. Nothing of it is ever set by anybody else. */
const shownToOneself = (presence: Presence): Value => ({
  ...(shown(presence) as Readonly<Record<string, Value>>),
  messageId: presence.messageId,
  messageIsPredefined: presence.messageId !== null,
  statusIsUserDefined: true,
});

/** When the words go: seconds since 1970; null for "never"; undefined when the client did not say. */
function clearAtOf({ given }: Call): Date | null | undefined {
  const text = given('clearAt');
  if (text === undefined) return undefined;
  return text === '' ? null : new Date(numberOf(text, 'clearAt', { least: 1, most: 253_402_300_799 }) * 1000);
}

/** A sign of life from a client changes nothing: nobody keeps when somebody was last there. */
const own: Operation = async ({ ctx }) => ({ data: shownToOneself(await ownPresence(ctx)) });

const setStatus: Operation = async ({ ctx, given }) => ({
  data: shownToOneself(await setPresence(ctx, given('statusType'))),
});

const setReady: Operation = async (call) => {
  const message = await setReadyMessage(call.ctx, call.given('messageId') ?? '', clearAtOf(call));
  return { data: shownToOneself(message) };
};

const setMessage: Operation = async (call) => {
  const { ctx, given } = call;
  const words = { icon: given('statusIcon'), message: given('message'), clearAt: clearAtOf(call) ?? null };
  return { data: shownToOneself(await setPresenceMessage(ctx, words)) };
};

const clear: Operation = async ({ ctx }) => {
  await clearPresenceMessage(ctx);
  return { data: [] };
};

const ready: Operation = ({ ctx }) => ({
  data: readyMessages.map(({ id, icon, message, clearAt }) => ({ id, icon, message: message[ctx.locale], clearAt })),
});

const list: Operation = async ({ ctx, given }) => {
  const page = {
    limit: limitOf(given('limit'), 100, 500),
    offset: numberOf(given('offset') ?? '0', 'offset', { most: 1_000_000 }),
  };
  return { data: (await listPresences(ctx, page)).map(shown) };
};

const one: Operation = async ({ ctx, param }) => {
  const presence = await presenceOf(ctx, param('id'));
  ensure(presence, 'notFound', 'platform.notFound');
  return { data: shown(presence) };
};

const base = '/apps/user_status/api/v1';

export const presenceOperations: readonly OcsRoute[] = [
  { method: 'GET', path: `${base}/user_status`, run: own },
  { method: 'PUT', path: `${base}/heartbeat`, run: own },
  { method: 'PUT', path: `${base}/user_status/status`, run: setStatus },
  { method: 'PUT', path: `${base}/user_status/message/predefined`, run: setReady },
  { method: 'PUT', path: `${base}/user_status/message/custom`, run: setMessage },
  { method: 'DELETE', path: `${base}/user_status/message`, run: clear },
  { method: 'GET', path: `${base}/predefined_statuses`, run: ready },
  { method: 'GET', path: `${base}/statuses`, run: list },
  { method: 'GET', path: `${base}/statuses/:id`, run: one },
];
