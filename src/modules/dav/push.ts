import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { byAppPassword, byAppPasswordNumber, bySession } from '#modules/accounts';
import type { AccountActor, Platform } from '#platform/context';
import { type Routes, readCookie, sessionCookie } from '#platform/http';
import { PushHub, type Subscriber } from './push-hub.ts';
import { makePushToken, readPushToken } from './push-token.ts';

/**
 * Push over WebSocket (RFC 6455), as Nextcloud's notify_push speaks it: the client sends its user name and its password (or an
 * empty name and a token), hears `authenticated`, and from then on `notify_file` whenever something it may see has changed,
 * or, having asked for it with `listen notify_file_id`, `notify_file_id [ids]`, and `notify_notification` when
 * there is a notice more or less for it. Pages of the browser connect with their session
 * and hear which spaces changed. Push says only that something changed; what it is, everybody reads with their own rights.
 */

/** Who does not say who they are by then is cut off. */
const signInSeconds = 15;
/** Connections of one process that have not said yet who they are: strangers must not fill its memory. */
const mostStrangers = 1_000;
/** RFC 6455, 7.4.1 and its registry: "Try Again Later". */
const tryAgainLater = 1013;

type Identified = { readonly actor: AccountActor; readonly identify: Subscriber['identify'] };

/**
 * The first two messages: name and secret. Clients do not wait between them, so that both are heard from the start. (An iterator
 * of node:events would keep 32 KB for every connection.)
 */
function hearTwo(socket: WebSocket): Promise<readonly string[]> {
  const heard: string[] = [];
  return new Promise((resolve) => {
    const end = () => {
      socket.off('message', take);
      socket.off('close', end);
      resolve(heard);
    };
    const take = (data: RawData) => {
      if (heard.push(data.toString()) === 2) end();
    };
    socket.on('message', take);
    socket.once('close', end);
  });
}

async function identifyClient(platform: Platform, socket: WebSocket, network: string): Promise<Identified | null> {
  const [user, secret] = await hearTwo(socket);
  if (user === undefined || secret === undefined) return null;
  const claim = user === '' ? readPushToken(platform, secret) : null;
  if (user === '' && !claim) return null;
  const identify = claim
    ? () => byAppPasswordNumber(platform, claim.tenant, claim.credential)
    : () => byAppPassword(platform, user, secret, network);
  const actor = await identify();
  return actor && { actor, identify };
}

/** Tells a sync client; it may have asked for the ids of what changed. */
function clientTeller(socket: WebSocket): Subscriber['tell'] {
  let wantsIds = false;
  socket.on('message', (data) => {
    if (String(data).trim() === 'listen notify_file_id') wantsIds = true;
  });
  return (to, news) => {
    if (!wantsIds || news === 'everything') to.send('notify_file');
    else to.send(`notify_file_id ${JSON.stringify([...news.values()].flatMap((ids) => [...ids]))}`);
  };
}

/** Tells a page of the browser which spaces changed; null: look at everything. */
const tellPage: Subscriber['tell'] = (to, news) =>
  to.send(JSON.stringify({ spaces: news === 'everything' ? null : [...news.keys()] }));

/** Tells a page that there is a notice more or less; how many there are it asks for. */
const tellPageNotices: NonNullable<Subscriber['tellNotices']> = (to) => to.send(JSON.stringify({ notices: true }));

type Greeting = {
  readonly platform: Platform;
  readonly hub: PushHub;
  readonly network: string;
  /** Those who have not said yet who they are. */
  readonly strangers: Set<WebSocket>;
};

async function greetClient(socket: WebSocket, { platform, hub, network, strangers }: Greeting): Promise<void> {
  if (strangers.size >= mostStrangers) return socket.close(tryAgainLater, 'too many are signing in');
  strangers.add(socket);
  const late = setTimeout(() => socket.close(4000, 'not signed in'), signInSeconds * 1000);
  const found = await identifyClient(platform, socket, network).catch(() => null);
  clearTimeout(late);
  strangers.delete(socket);
  if (!found) return refuse(socket, 'err: Invalid credentials');
  const isIn = await hub.join({
    socket,
    ...found,
    tell: clientTeller(socket),
    tellNotices: (to) => to.send('notify_notification'),
  });
  if (!isIn) return refuse(socket, 'err: Too many connections');
  socket.send('authenticated');
}

function refuse(socket: WebSocket, reason: string): void {
  if (socket.readyState === socket.OPEN) socket.send(reason);
  socket.close(4002);
}

async function greetPage(socket: WebSocket, request: IncomingMessage, { platform, hub, network }: Greeting): Promise<void> {
  if (!isFromHere(request)) return socket.close(4003);
  const isSecure = platform.config.url.startsWith('https:');
  const token = readCookie(request.headers.cookie, sessionCookie(isSecure));
  const identify = async () => (token ? bySession(platform, token, network) : null);
  const actor = await identify().catch(() => null);
  const isIn = actor && (await hub.join({ socket, actor, identify, tell: tellPage, tellNotices: tellPageNotices }));
  if (!isIn) return socket.close(4002);
  // What changed between the loading of the page and now went unheard: it looks once.
  tellPage(socket, 'everything');
}

/** A page of another site must not listen with our session: browsers say where a connection comes from (RFC 6455, 10.2). */
function isFromHere({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

export const pushRoutes: Routes = (app, platform) => {
  const hub = new PushHub(platform);
  const strangers = new Set<WebSocket>();
  app.addHook('preClose', async () => hub.close());
  app.get('/push/ws', { websocket: true, config: { credentials: 'none' } }, (socket, { ip }) =>
    greetClient(socket, { platform, hub, network: ip, strangers }),
  );
  app.get('/push/seite', { websocket: true, config: { credentials: 'none' } }, (socket, { raw, ip }) =>
    greetPage(socket, raw, { platform, hub, network: ip, strangers }),
  );
  app.post('/index.php/apps/notify_push/pre_auth', { config: { credentials: 'basic' } }, async ({ ctx }, reply) =>
    reply.type('text/plain').send(makePushToken(ctx, ctx.actor as AccountActor)),
  );
};
