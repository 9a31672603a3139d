import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { systemContext } from './context.ts';
import { connect } from './db.ts';
import { Failure } from './errors.ts';
import { listMail, queueMail, sendMail, sendWaitingMail } from './mail.ts';

/** An SMTP server that takes one mail a connection, or refuses every recipient with the code it was told. */
async function openPostOffice() {
  const received: string[] = [];
  const office = { received, refuseWith: '', url: '' };
  const server = createServer((socket) => {
    let text = '';
    let isData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const answer = (line: string) => {
      if (/^(EHLO|HELO)/.test(line)) return say('250 post.example');
      if (/^RCPT/.test(line) && office.refuseWith) return say(office.refuseWith);
      if (line === 'DATA') {
        isData = true;
        return say('354 go on');
      }
      return line === 'QUIT' ? socket.end('221 bye\r\n') : say('250 ok');
    };
    say('220 post.example');
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (isData && text.endsWith('\r\n.\r\n')) {
        received.push(text);
        isData = false;
        text = '';
        return say('250 taken');
      }
      if (isData || !text.endsWith('\r\n')) return;
      const lines = text.split('\r\n').filter(Boolean);
      text = '';
      for (const line of lines) answer(line);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  office.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`;
  return office;
}

const tenant = 3;
const mail = {
  to: 'anna@ellrich.example',
  subject: 'Einladung\r\nBcc: alle@example.org',
  body: 'Ihr Link: https://x.example/link/geheim',
};

test('without an SMTP server a mail waits in the outbox of its tenant', async () => {
  const { platform } = (await openStand()).house;
  await platform.db.write(tenant, (tx) => queueMail(tx, systemContext(platform, tenant, 'test'), mail));
  const [stored] = await listMail(platform.db.read(tenant), tenant, 10);
  assert.equal(stored?.state, 'waiting');
  assert.match(stored?.body ?? '', /geheim/);
  assert.deepEqual(await listMail(platform.db.read(4), 4, 10), []);
});

test('a mail is sent once, cannot smuggle header lines, and its body is gone afterwards', async () => {
  const office = await openPostOffice();
  const { platform } = (await openStand({ settings: { RENNSTEIG_SMTP_URL: office.url } })).house;
  const ctx = systemContext(platform, tenant, 'test');
  await platform.db.write(tenant, (tx) => queueMail(tx, ctx, mail));
  const [waiting] = await listMail(platform.db.read(tenant), tenant, 10);
  const payload = { mail: waiting?.id as number };
  await sendMail.run(ctx, payload);
  await sendMail.run(ctx, payload);
  assert.equal(office.received.length, 1);
  assert.match(office.received[0] ?? '', /Subject: Einladung Bcc: alle@example\.org\r\n/);
  assert.doesNotMatch(office.received[0] ?? '', /^Bcc:/m);
  const [sent] = await listMail(platform.db.read(tenant), tenant, 10);
  assert.deepEqual([sent?.state, sent?.body], ['sent', '']);
});

test('a server that is busy is asked again, one that refuses for good is not', async () => {
  const office = await openPostOffice();
  const { platform } = (await openStand({ settings: { RENNSTEIG_SMTP_URL: office.url } })).house;
  const ctx = systemContext(platform, tenant, 'test');
  await platform.db.write(tenant, (tx) => queueMail(tx, ctx, mail));
  const [waiting] = await listMail(platform.db.read(tenant), tenant, 10);
  const payload = { mail: waiting?.id as number };
  office.refuseWith = '450 try again later';
  await assert.rejects(sendMail.run(ctx, payload), (error) => error instanceof Failure && error.kind === 'unavailable');
  assert.equal((await listMail(platform.db.read(tenant), tenant, 1))[0]?.state, 'waiting');
  office.refuseWith = '550 no such person';
  await sendMail.run(ctx, payload);
  assert.equal((await listMail(platform.db.read(tenant), tenant, 1))[0]?.state, 'failed');
});

test('what waited for an SMTP server is sent when there is one', async () => {
  const office = await openPostOffice();
  const stand = await openStand({ settings: { RENNSTEIG_SMTP_URL: office.url } });
  const { platform } = stand.house;
  const withoutServer = { ...platform, config: { ...platform.config, smtpUrl: null } };
  await platform.db.write(tenant, (tx) => queueMail(tx, systemContext(withoutServer, tenant, 'test'), mail));
  const owner = connect(stand.owner, { max: 1 });
  after(() => owner.end());
  const queued = async () => (await owner`select 1 from graphile_worker.jobs where task_identifier = ${sendMail.name}`).length;
  const instance = systemContext(platform, 0, 'test');
  await sendWaitingMail.run(instance, {});
  assert.equal(await queued(), 0, 'just now: its own job may still be on the way');
  stand.clock.advance(600);
  await sendWaitingMail.run(instance, {});
  await sendWaitingMail.run(instance, {});
  assert.equal(await queued(), 1);
});
