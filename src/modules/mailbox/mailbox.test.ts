import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as mailbox from '#modules/mailbox';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { listMail } from '#platform/mail';
import { eicar, startClamd } from '../../../test/clamd.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import { sweepOrphans } from '../files/care.ts';
import { endUnread } from './deliver.ts';
import { plainFileName } from './rules.ts';
import { deemedOn, hasEnded } from './rules-delivery.ts';

const clamd = await startClamd();
const stand = await openStand({ settings: { RENNSTEIG_CLAMD: clamd.address } });
const { anna, bernd, dora, emil, house, nobody, ellrich } = await settle(stand);
const { platform, app } = stand.house;
const portal = tenants.provider;
const password = 'Salzaer Kirschen im Juni';

/** Celik, with an account of the portal. */
async function citizen(address: string): Promise<Context> {
  await accounts.addCitizen(house, { address, name: 'Celik Çetin', kind: 'person', password });
  const { token } = await accounts.signInCitizen(nobody, { address, password });
  const actor = await accounts.citizenBySession(platform, token);
  assert.ok(actor);
  return { ...nobody, actor };
}
const celik = await citizen('celik@post.example');

async function* files(...given: readonly (readonly [string, Buffer])[]): AsyncGenerator<mailbox.NewFile> {
  for (const [name, bytes] of given) yield { name, type: 'application/pdf', bytes: Readable.from([bytes]) };
}

const letter = {
  address: 'celik@post.example',
  recipient: '',
  subject: 'Ihr Hund',
  body: 'Guten Tag,\n\nbitte melden Sie ihn an.',
  rule: 'vwvfg41',
};

async function send(input: Partial<Parameters<typeof mailbox.writeLetter>[1]> = {}, ctx = anna): Promise<number> {
  const id = await mailbox.writeLetter(ctx, { ...letter, files: files(), ...input });
  await workOff(stand);
  return id;
}

const newest = async (who = celik) => (await mailbox.listLetters(who))[0]?.id as number;
const stateOf = async (id: number) => (await mailbox.getSent(anna, id)).state;

test('Anna writes, Celik is told by mail only that there is a letter, reads it, and Anna learns so', async () => {
  const id = await send({ files: files(['Merkblatt.pdf', Buffer.from('Hunde sind anzumelden.')]) });
  assert.equal(await stateOf(id), 'provided');
  const [mail] = await listMail(platform.db.read(portal), portal, 1);
  assert.equal(mail?.to, 'celik@post.example');
  for (const secret of ['Hund', 'Ellrich', 'Celik', 'Anna', 'Merkblatt'])
    assert.ok(!`${mail?.subject}${mail?.body}`.includes(secret), secret);
  const [row] = await mailbox.listLetters(celik);
  assert.deepEqual([row?.subject, row?.readAt, row?.senderName], ['Ihr Hund', null, 'Stadt Ellrich']);
  const read = await mailbox.openLetter(celik, await newest());
  assert.match(read.body, /melden Sie ihn an/);
  assert.deepEqual(
    read.files.map(({ name, scan }) => [name, scan?.state]),
    [['Merkblatt.pdf', 'clean']],
  );
  await workOff(stand);
  const sent = await mailbox.getSent(anna, id);
  assert.deepEqual([sent.state, sent.readAt, sent.deemedOn], ['read', stand.clock.now(), '2026-11-24']);
  stand.clock.advance(3_600);
  await mailbox.openLetter(celik, await newest());
  await workOff(stand);
  assert.deepEqual((await mailbox.getSent(anna, id)).readAt, sent.readAt, 'the first time counts');
});

test('letters are for whom they are for: not for other citizens, colleagues, other authorities or nobody', async () => {
  const id = await send();
  const other = await citizen('nachbar@post.example');
  const number = await newest();
  for (const ctx of [other, anna, nobody]) {
    const kind = ctx === other ? 'notFound' : 'unauthenticated';
    await assert.rejects(mailbox.openLetter(ctx, number), { kind });
    await assert.rejects(mailbox.removeLetter(ctx, number), { kind });
    await assert.rejects(mailbox.replyTo(ctx, number, { body: 'x', files: files() }), { kind });
  }
  for (const ctx of [bernd, emil, celik]) await assert.rejects(mailbox.getSent(ctx, id), { kind: 'notFound' });
  await assert.rejects(mailbox.getSent(nobody, id), { kind: 'unauthenticated' });
  assert.ok(
    (await mailbox.listSent(dora)).some((sent) => sent.id === id),
    'administrators answer for their authority',
  );
  assert.deepEqual(await mailbox.listSent(bernd), []);
  await assert.rejects(mailbox.writeLetter(celik, { ...letter, files: files() }), { kind: 'notFound' });
  const addresses = [`/postfach/${number}/anlage/0`, `/briefe/${id}/brief.pdf`, `/briefe/${id}/anlage/0`, '/postfach/alles.zip'];
  for (const url of addresses) assert.equal((await app.inject({ url })).statusCode, 401, url);
});

test('an answer with files reaches Anna, looked at first, even when the letter is deleted right afterwards', async () => {
  const id = await send();
  const number = await newest();
  await mailbox.openLetter(celik, number);
  const enclosed = files(['Impfpass.pdf', Buffer.from('geimpft')], ['../../Rechnung.pdf', eicar]);
  await mailbox.replyTo(celik, number, { body: 'Anbei.', files: enclosed });
  await mailbox.removeLetter(celik, number);
  await workOff(stand);
  const [answer] = (await mailbox.getSent(anna, id)).answers;
  assert.equal(answer?.body, 'Anbei.');
  assert.deepEqual(
    answer?.files.map(({ name, scan }) => [name, scan?.state]),
    [
      ['Impfpass.pdf', 'clean'],
      ['Rechnung.pdf', 'infected'],
    ],
  );
  const ref = { sent: id, answer: answer?.id as number };
  assert.equal((await mailbox.answerFile(anna, { ...ref, position: 0 })).name, 'Impfpass.pdf');
  for (const atOwnRisk of [false, true])
    await assert.rejects(mailbox.answerFile(anna, { ...ref, position: 1 }, { atOwnRisk }), { code: 'scanning.is.infected' });
  await assert.rejects(mailbox.answerFile(bernd, { ...ref, position: 0 }), { kind: 'notFound' });
  await assert.rejects(mailbox.openLetter(celik, number), { kind: 'notFound' });
});

test('what goes by post can be printed with its enclosures: whoever wrote it opens them, once they were looked at', async () => {
  const recipient = 'Celik Çetin\nSalzaer Straße 3\n99734 Nordhausen';
  const enclosed = files(['Lageplan.pdf', Buffer.from('Plan')], ['Rechnung.pdf', eicar]);
  const id = await mailbox.writeLetter(anna, { ...letter, address: '', recipient, files: enclosed });
  await assert.rejects(mailbox.sentFile(anna, { sent: id, position: 0 }), { code: 'scanning.is.waiting' });
  await workOff(stand);
  assert.deepEqual(
    (await mailbox.getSent(anna, id)).files.map(({ name, door }) => [name, door]),
    [
      ['Lageplan.pdf', 'open'],
      ['Rechnung.pdf', 'shut'],
    ],
  );
  assert.equal((await mailbox.sentFile(anna, { sent: id, position: 0 })).name, 'Lageplan.pdf');
  await assert.rejects(mailbox.sentFile(anna, { sent: id, position: 1 }, { atOwnRisk: true }), { code: 'scanning.is.infected' });
  await assert.rejects(mailbox.sentFile(anna, { sent: id, position: 2 }), { kind: 'notFound' });
  await assert.rejects(mailbox.sentFile(bernd, { sent: id, position: 0 }), { kind: 'notFound' });
});

test('sent twice from one page it is one letter; what somebody else has written is another one', async () => {
  const recipient = 'Celik Çetin\nSalzaer Straße 3\n99734 Nordhausen';
  const once = mailbox.markOfLetter();
  const write = (ctx: Context, body = letter.body, ...enclosed: [name: string, bytes: Buffer][]) =>
    mailbox.writeLetter(ctx, { ...letter, body, address: '', recipient, once, files: files(...enclosed) });
  const [first, second] = await Promise.all([write(anna), write(anna)]);
  assert.equal(first, second);
  const others = [
    await write(bernd),
    await write(anna, 'Etwas anderes.'),
    await write(anna, letter.body, ['Plan.pdf', Buffer.from('Plan')]),
  ];
  assert.equal(new Set([first, ...others]).size, 4, 'whoever goes back and writes something else sends another one');
});

test('without an account it goes by post: a sealed PDF with the address, and one tick when it is posted', async () => {
  const recipient = 'Celik Çetin\nSalzaer Straße 3\n99734 Nordhausen';
  const id = await send({ address: '', recipient });
  assert.equal(await stateOf(id), 'toPrint');
  assert.equal((await mailbox.letterPdf(anna, id)).subarray(0, 5).toString(), '%PDF-');
  await mailbox.markPosted(anna, id);
  await assert.rejects(mailbox.markPosted(anna, id), { kind: 'conflict' });
  await assert.rejects(mailbox.writeLetter(anna, { ...letter, address: '', files: files() }), {
    code: 'mailbox.recipientMissing',
  });
  const empty = { ...letter, address: '', subject: ' ', files: files() };
  await assert.rejects(mailbox.writeLetter(anna, empty), { code: 'platform.several' }, 'told together with what else is missing');
  await assert.rejects(mailbox.writeLetter(anna, { ...letter, address: 'niemand@post.example', files: files() }), {
    code: 'mailbox.noAccount',
  });
});

test('an account that is gone before the letter arrives: by post if there is an address, undeliverable otherwise', async () => {
  const leaving = await citizen('fort@post.example');
  const first = await mailbox.writeLetter(anna, { ...letter, address: 'fort@post.example', files: files() });
  const recipient = 'Fort\nWeg 1\n99999 Ort';
  const second = await mailbox.writeLetter(anna, { ...letter, address: 'fort@post.example', recipient, files: files() });
  await accounts.removeCitizen(leaving, password);
  await workOff(stand);
  assert.deepEqual([await stateOf(first), await stateOf(second)], ['undeliverable', 'toPrint']);
});

test('who deletes the account deletes the mailbox; the authority keeps what it wrote', async () => {
  const leaving = await citizen('ganz-weg@post.example');
  const id = await send({ address: 'ganz-weg@post.example', files: files(['a.pdf', Buffer.from('a')]) });
  const before = (await Array.fromAsync(platform.blobs.list(portal))).length;
  await accounts.removeCitizen(leaving, password);
  await workOff(stand);
  assert.deepEqual(await mailbox.listLetters(leaving), []);
  assert.equal((await Array.fromAsync(platform.blobs.list(portal))).length, before - 1);
  assert.equal((await mailbox.getSent(anna, id)).files.length, 1);
});

test('the same letter goes once, however often it is handed over; what failed was never sent', async () => {
  const number = ((await accounts.findCitizen(anna, 'celik@post.example')) as accounts.Citizen).id;
  const input: mailbox.LetterInput = {
    reference: 'decision:1',
    citizen: number,
    recipient: [],
    subject: 'Bescheid',
    body: 'Ja.',
    rule: 'ao122a',
  };
  const hand = () => platform.db.write(ellrich, (tx) => mailbox.sendLetter(tx, anna, input));
  const [first, second] = [await hand(), await hand()];
  assert.equal(first, second);
  await workOff(stand);
  assert.equal((await mailbox.listLetters(celik)).filter(({ subject }) => subject === 'Bescheid').length, 1);
  const failing = platform.db.write(ellrich, async (tx) => {
    await mailbox.sendLetter(tx, anna, { ...input, reference: 'decision:2', subject: 'Nie' });
    throw new Error('the decision failed');
  });
  await assert.rejects(failing);
  await workOff(stand);
  assert.ok(!(await mailbox.listLetters(celik)).some(({ subject }) => subject === 'Nie'));
});

test('everything comes along as a ZIP, and what was not opened stays unopened', async () => {
  const own = await citizen('mitnehmen@post.example');
  await send({ address: 'mitnehmen@post.example', files: files(['Bescheid.pdf', Buffer.from('Inhalt')]) });
  await mailbox.openLetter(own, await newest(own));
  await send({ address: 'mitnehmen@post.example', subject: 'Noch zu' });
  const archive = (await buffer(await mailbox.exportLetters(own))).toString('latin1');
  for (const part of ['postfach.json', 'Bescheid.pdf', 'Inhalt', '.txt']) assert.ok(archive.includes(part), part);
  const [unopened] = await mailbox.listLetters(own);
  assert.deepEqual([unopened?.subject, unopened?.readAt], ['Noch zu', null]);
});

test('after ten days unopened the law ends it: gone from the mailbox, and the authority knows', async () => {
  const id = await send({ subject: 'Frist' });
  const number = await newest();
  stand.clock.advance(10 * 86_400);
  const ctx = systemContext(platform, ellrich, 'test');
  const ended = async () => (await endUnread(ctx)) > 0 && (await stateOf(id)) === 'ended';
  assert.equal(await ended(), false, 'the tenth day still counts');
  stand.clock.advance(86_400);
  assert.equal(await ended(), true);
  await assert.rejects(mailbox.openLetter(celik, number), { kind: 'notFound' });
});

test('the weekly sweep leaves attachments on both sides', async () => {
  const id = await send({ files: files(['bleibt.pdf', Buffer.from('bleibt')]) });
  const later = { ...platform, clock: { now: () => new Date(Date.now() + 10 * 86_400_000) } };
  for (const tenant of [ellrich, portal]) await sweepOrphans(systemContext(later, tenant, 'test'));
  const { files: own } = await mailbox.getSent(anna, id);
  assert.equal((await platform.blobs.open(ellrich, own[0]?.blob as string)).size, 6);
  const { files: theirs } = await mailbox.openLetter(celik, await newest());
  assert.equal((await platform.blobs.open(portal, theirs[0]?.blob as string)).size, 6);
});

test('wrong input is refused field by field, and leaves no bytes behind', async () => {
  const before = (await Array.fromAsync(platform.blobs.list(ellrich))).length;
  const bad = { ...letter, subject: ' ', body: '', rule: 'constructor', files: files(['a.pdf', Buffer.from('a')]) };
  const error = await mailbox.writeLetter(anna, bad).catch((thrown) => thrown);
  assert.equal(error.kind, 'invalid');
  const many = Array.from({ length: mailbox.limits.files + 1 }, (_, index) => [`${index}.pdf`, Buffer.from('x')] as const);
  await assert.rejects(mailbox.writeLetter(anna, { ...letter, files: files(...many) }), { code: 'mailbox.tooManyFiles' });
  assert.equal((await Array.fromAsync(platform.blobs.list(ellrich))).length, before);
});

test('who sent, opened and answered stands in both trails, without what was written', async () => {
  const trail = await listAudit(platform.db.read(portal), portal, { action: 'mailbox.', limit: 200 });
  const sent = await listAudit(platform.db.read(ellrich), ellrich, { action: 'mailbox.', limit: 200 });
  for (const action of ['mailbox.provide', 'mailbox.open', 'mailbox.reply', 'mailbox.remove'])
    assert.ok(
      trail.some((entry) => entry.action === action),
      action,
    );
  for (const action of ['mailbox.send', 'mailbox.read', 'mailbox.receive', 'mailbox.post'])
    assert.ok(
      sent.some((entry) => entry.action === action),
      action,
    );
  assert.ok(!JSON.stringify([trail, sent]).includes('Hund'));
});

test('the days of the law: the day after opening, the fourth day, weekends and Thüringen’s holidays', () => {
  const provided = (text: string) => ({ rule: 'ao122a' as const, providedAt: new Date(text), readAt: null });
  assert.equal(deemedOn(provided('2026-11-23T08:00:00Z')), '2026-11-27');
  assert.equal(deemedOn(provided('2026-11-24T08:00:00Z')), '2026-11-30', 'Saturday becomes Monday');
  assert.equal(deemedOn(provided('2026-09-16T08:00:00Z')), '2026-09-21', '20 September is a Sunday and Children’s Day');
  assert.equal(deemedOn(provided('2026-12-21T08:00:00Z')), '2026-12-28', 'Christmas and a weekend');
  assert.equal(deemedOn(provided('2026-11-22T23:30:00Z')), '2026-11-27', 'midnight in Germany, not in Greenwich');
  const read = {
    rule: 'vwvfg41' as const,
    providedAt: new Date('2026-03-20T12:00:00Z'),
    readAt: new Date('2026-03-28T22:30:00Z'),
  };
  assert.equal(deemedOn(read), '2026-03-29', 'the night in which the clocks change');
  assert.equal(deemedOn({ ...read, readAt: null }), null);
  const offered = { rule: 'ozg9' as const, providedAt: new Date('2026-11-24T08:00:00Z'), readAt: null };
  assert.equal(deemedOn(offered), '2026-11-28', 'a date and no period: a Saturday stays one');
  assert.equal(hasEnded(offered, new Date('2027-11-24T08:00:00Z')), false);
  assert.equal(deemedOn({ ...read, rule: 'none' }), null);
  const posted = { providedAt: null, readAt: null, printedAt: new Date('2026-11-24T08:00:00Z') };
  const onPaper = (['vwvfg41', 'ozg9', 'ao122a', 'none'] as const).map((rule) => deemedOn({ ...posted, rule }));
  assert.deepEqual(onPaper, ['2026-11-28', '2026-11-28', '2026-11-30', null], 'by post; a tax office’s Saturday becomes Monday');
  assert.equal(deemedOn({ ...posted, rule: 'vwvfg41', printedAt: null }), null, 'not posted yet');
});

test('a letter ends once and not before its eleventh day, whatever the hour', () => {
  const hour = fc.integer({ min: 0, max: 24 * 400 });
  fc.assert(
    fc.property(hour, hour, (start, passed) => {
      const providedAt = new Date(Date.UTC(2026, 0, 1) + start * 3_600_000);
      const now = new Date(providedAt.getTime() + passed * 3_600_000);
      const ended = hasEnded({ rule: 'vwvfg41', providedAt, readAt: null }, now);
      if (passed < 10 * 24) assert.equal(ended, false);
      if (passed > 11 * 24 + 1) assert.equal(ended, true);
      assert.equal(hasEnded({ rule: 'ao122a', providedAt, readAt: null }, now), false);
    }),
  );
});

test('a file’s name is a name and never a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = plainFileName(given);
      assert.ok(name !== '' && !/[/\\\p{Cc}]/u.test(name) && !/^\.+$/.test(name));
    }),
  );
});
