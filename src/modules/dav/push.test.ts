import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import { davClient } from '../../../test/dav.ts';
import { type BasicCredentials, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { openHouse } from '../../house.ts';
import type { AccountActor } from '../../platform/context.ts';
import { connect } from '../../platform/db.ts';
import { openLog } from '../../platform/log.ts';
import { PushHub } from './push-hub.ts';

// With jobs, as events are what takes away access; and a second process on the same database.
const stand = await openStand({ worksOnJobs: true });
const people = await settle(stand);
const second = await openHouse({ ...stand, log: openLog('silent'), worksOnJobs: false });
after(() => second.close());
const [port, otherPort] = [await stand.house.listen(), await second.listen()];
const ofAnna = await people.appPassword('anna');
const anna = davClient(port, ofAnna);

type Listener = {
  readonly heard: string[];
  say(text: string): void;
  /** Waits until the client has heard something that fits, from now on or before. */
  hears(what: string | RegExp): Promise<string>;
  /** Waits until the client has heard everything the server sent so far: the answer to a ping comes behind it (RFC 6455, 5.5.3). */
  catchUp(): Promise<void>;
  forget(): void;
  /** The code with which the server closed. */
  readonly closed: Promise<number>;
  leave(): void;
};

function listen(at: number, path = '/push/ws', headers: Record<string, string> = {}): Promise<Listener> {
  const socket = new WebSocket(`ws://127.0.0.1:${at}${path}`, { headers });
  const heard: string[] = [];
  let tell = () => {};
  socket.on('message', (data) => {
    heard.push(String(data));
    tell();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  after(() => socket.terminate());
  const hears = async (what: string | RegExp): Promise<string> => {
    for (;;) {
      const found = heard.find((text) => (typeof what === 'string' ? text === what : what.test(text)));
      if (found !== undefined) return found;
      const isOver = await Promise.race([
        closed.then((code) => code),
        new Promise<null>((resolve) => (tell = () => resolve(null))),
      ]);
      if (isOver !== null) throw new Error(`closed with ${isOver}, heard ${JSON.stringify(heard)}`);
    }
  };
  const listener: Listener = {
    heard,
    hears,
    closed,
    catchUp: async () => {
      const answered = once(socket, 'pong');
      socket.ping();
      await answered;
    },
    say: (text) => socket.send(text),
    forget: () => void heard.splice(0),
    leave: () => socket.terminate(),
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(listener));
    socket.once('error', reject);
  });
}

async function listenAs({ user, password }: BasicCredentials, at = port): Promise<Listener> {
  const listener = await listen(at);
  listener.say(user);
  listener.say(password);
  await listener.hears('authenticated');
  return listener;
}

test('a client with an app password hears of a change made over WebDAV, in this process and in another', async () => {
  const [here, there] = [await listenAs(ofAnna), await listenAs(ofAnna, otherPort)];
  assert.equal((await anna.put('neu.txt', 'neu')).status, 201);
  await Promise.all([here.hears('notify_file'), there.hears('notify_file')]);
});

/** A client that asked for the ids of what changed. */
async function listenForIds(credentials: BasicCredentials): Promise<Listener> {
  const listener = await listenAs(credentials);
  listener.say('listen notify_file_id');
  await listener.catchUp();
  return listener;
}

/** Writes a file as Anna; its id. */
async function write(path: string, content: string): Promise<number> {
  const { status, headers } = await anna.put(path, content);
  assert.ok(status === 201 || status === 204, String(status));
  return Number.parseInt(headers.get('oc-fileid') ?? '', 10);
}

/** The message that names this id. */
const naming = (id: number) => new RegExp(`^notify_file_id \\[(\\d+,)*${id}(,\\d+)*\\]$`);

test('who asks for ids hears which nodes changed', async () => {
  const listener = await listenForIds(ofAnna);
  await listener.hears(naming(await write('mit-nummer.txt', '1')));
});

test('many changes at once are told together, and none is left out', async () => {
  const listener = await listenForIds(ofAnna);
  const ids: number[] = [];
  for (let index = 0; index < 40; index += 1) ids.push(await write(`viele-${index}.txt`, 'x'));
  await listener.hears(naming(ids.at(-1) as number));
  const messages = listener.heard.filter((text) => text.startsWith('notify_file'));
  assert.ok(messages.length < ids.length, `${messages.length} messages for ${ids.length} changes`);
  for (const id of ids)
    assert.ok(
      messages.some((text) => naming(id).test(text)),
      `nobody told of ${id}`,
    );
});

test('nobody hears of what they cannot see; a new member does from then on', async () => {
  const [member, bernd] = [await listenForIds(ofAnna), await listenForIds(await people.appPassword('bernd'))];
  const space = await files.createSpace(people.dora, { name: 'Bauleitplanung' });
  await files.setMember(people.dora, space.id, { principal: people.id.anna, role: 'editor' });
  await member.hears('notify_file'); // she has a space more
  const secret = await write('Bauleitplanung/geheim.txt', 'x');
  await member.hears(naming(secret));
  await bernd.catchUp();
  assert.deepEqual(bernd.heard, ['authenticated']);
  await files.setMember(people.dora, space.id, { principal: people.id.bernd, role: 'viewer' });
  await bernd.hears('notify_file');
  await write('Bauleitplanung/geheim.txt', 'y');
  await bernd.hears(naming(secret));
});

test('who left while they were looked up takes no seat', async () => {
  const hub = new PushHub(stand.house.platform);
  after(() => hub.close());
  const socket = new WebSocket(`ws://127.0.0.1:${port}/push/ws`);
  await once(socket, 'open');
  const actor = people.anna.actor as AccountActor;
  const subscriber = { socket, actor, identify: async () => actor, tell: () => {} };
  assert.deepEqual([await hub.join(subscriber), hub.size], [true, 1]);
  socket.terminate();
  await once(socket, 'close');
  assert.deepEqual([await hub.join(subscriber), hub.size], [false, 0]);
});

test('wrong credentials are told so and cut off', async () => {
  for (const [user, password] of [
    [ofAnna.user, 'falsch'],
    ['', 'eyJ0ZW5hbnQiOjF9.xxxx'],
  ] as const) {
    const listener = await listen(port);
    listener.say(user);
    listener.say(password);
    assert.equal(await listener.closed, 4002);
    assert.deepEqual(listener.heard, ['err: Invalid credentials']);
  }
});

test('a token of pre_auth stands in for the password, once it is asked for with one, and only for a minute', async () => {
  const path = '/index.php/apps/notify_push/pre_auth';
  const token = await (await anna.request('POST', path)).text();
  const enter = async () => {
    const listener = await listen(otherPort);
    listener.say('');
    listener.say(token);
    return listener;
  };
  await (await enter()).hears('authenticated');
  stand.clock.advance(61);
  assert.equal(await (await enter()).closed, 4002);
  assert.equal((await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST' })).status, 401);
});

test('access that ends is cut off in every process: app password, account', async () => {
  const own = await people.appPassword('emil');
  const other = await people.appPassword('emil');
  const emil = people.emil;
  const listeners = [await listenAs(own), await listenAs(own, otherPort)];
  const kept = await listenAs(other, otherPort);
  const [first] = (await accounts.listAppPasswords(emil)).toSorted((a, b) => a.id - b.id);
  await accounts.revokeAppPassword(emil, first?.id as number);
  stand.clock.advance(1); // beyond what a process remembers of callers
  assert.deepEqual(await Promise.all(listeners.map(({ closed }) => closed)), [4001, 4001]);
  await accounts.disable(people.house, { tenant: people.rhoenblick, account: people.id.emil });
  stand.clock.advance(1);
  assert.equal(await kept.closed, 4001);
});

test('a connection that was opened with a token ends with the app password the token was asked for with', async () => {
  const credentials = await people.appPassword('dora');
  const token = async () => (await davClient(port, credentials).request('POST', '/index.php/apps/notify_push/pre_auth')).text();
  const enter = async (secret: string) => {
    const listener = await listen(otherPort);
    listener.say('');
    listener.say(secret);
    return listener;
  };
  const [listener, unused] = [await enter(await token()), await token()];
  await listener.hears('authenticated');
  const [own] = await accounts.listAppPasswords(people.dora);
  await accounts.revokeAppPassword(people.dora, own?.id as number);
  stand.clock.advance(1);
  assert.equal(await listener.closed, 4001);
  assert.equal(await (await enter(unused)).closed, 4002, 'a token does not outlive it either');
});

test('a page listens with its session and hears which spaces changed; a page of another site may not', async () => {
  const cookie = await people.cookie('anna');
  const page = await listen(port, '/push/seite', { cookie, origin: `http://127.0.0.1:${port}` });
  await page.hears(/null/); // it is in, and looks once at everything
  await anna.put('fuer-die-seite.txt', 'x');
  const { spaces } = JSON.parse(await page.hears(/\[/)) as { spaces: number[] };
  assert.equal(spaces.length, 1);
  assert.equal(await (await listen(port, '/push/seite', { cookie, origin: 'https://boese.example' })).closed, 4003);
  assert.equal(await (await listen(port, '/push/seite', { cookie })).closed, 4003);
  assert.equal(await (await listen(port, '/push/seite', { origin: `http://127.0.0.1:${port}` })).closed, 4002);
});

test('a client hears of a notice for its person, and nobody else does', async () => {
  const [hers, his] = [await listenAs(ofAnna), await listenAs(await people.appPassword('bernd'))];
  const member = { principal: people.id.anna, role: 'viewer' } as const;
  await files.createSpace(people.dora, { name: 'Mitteilsames' }, [member]);
  await hers.hears('notify_notification');
  await his.catchUp();
  assert.equal(his.heard.includes('notify_notification'), false);
});

test('after a lost connection to the database everybody is told to look', async () => {
  const listener = await listenAs(ofAnna);
  listener.forget();
  // As the role of the houses: it sees and ends its own connections only.
  const sql = connect(stand.app, { max: 1 });
  const ended = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where query ilike 'listen%rennsteig_signals%' and datname = current_database()`;
  await sql.end();
  assert.equal(ended.length, 2);
  await listener.hears('notify_file');
});

test('too long a message ends the connection', async () => {
  const listener = await listen(port);
  listener.say('x'.repeat(5_000));
  assert.equal(await listener.closed, 1009);
});

test('those who never say who they are cannot fill the memory', async () => {
  const silent = await Promise.all(Array.from({ length: 1_000 }, () => listen(port)));
  assert.equal(await (await listen(port)).closed, 1013);
  for (const stranger of silent) stranger.leave();
  await Promise.all(silent.map(({ closed }) => closed));
  const next = await listenAs(ofAnna);
  next.leave();
});
