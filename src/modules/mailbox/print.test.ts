import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import * as mailbox from '#modules/mailbox';
import { listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { requireProgram } from '../../../test/tools.ts';
import { fitting } from './rules-print.ts';

const stand = await openStand();
const { anna, bernd, dora, emil, nobody, ellrich, cookie } = await settle(stand);
const { platform, app } = stand.house;

async function* noFiles(): AsyncGenerator<mailbox.NewFile> {}

const letter = { address: '', body: 'Guten Tag,\n\nanbei.', rule: 'none' };
const recipient = 'Celik Çetin\nSalzaer Straße 3\n99734 Nordhausen';
const write = (subject: string, more: { body?: string } = {}, ctx: Context = anna) =>
  mailbox.writeLetter(ctx, { ...letter, subject, recipient, ...more, files: noFiles() });

/** What one of poppler's programs reads in a document. */
const read = (bytes: Buffer, ...flags: string[]) =>
  execFileSync(requireProgram('pdftotext'), [...flags, '-', '-'], {
    input: bytes,
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
    env: { PATH: '/usr/bin:/bin' },
  });

/** The text of each page. */
const pagesOf = (bytes: Buffer) => read(bytes).split('\f').slice(0, -1);

const stateOf = async (id: number) => (await mailbox.getSent(anna, id)).state;

/** Makes a letter longer than a document can be, as no page lets anybody write one. */
const spoil = (id: number) =>
  platform.db.write(
    ellrich,
    (tx) => tx`update mailbox.sent set body = repeat('x', 2100000) where tenant = ${ellrich} and id = ${id}`,
  );

test('one letter alone: one page, the address where the window of an envelope is, and no seal', async () => {
  const id = await write('Allein');
  const pdf = await mailbox.printLetters(anna, [id, id]);
  const pages = pagesOf(pdf);
  assert.equal(pages.length, 1);
  assert.match(pages[0] ?? '', /Allein[\s\S]*Seite 1 von 1/);
  assert.ok(!pdf.includes('/ByteRange'));
  const place = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Salzaer/.exec(read(pdf, '-bbox')) ?? [];
  const [left = 0, top = 0, bottom = 0] = place.slice(1).map((points) => (Number(points) * 25.4) / 72);
  assert.ok(left > 20 && top > 45 && bottom < 90, `DIN 5008, form B: 20 mm from the left, 45 to 90 from above; ${place}`);
});

test('several: in the order of the list, each from an odd page on, each with its own count of pages', async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `Zeile ${index}`).join('\n');
  const ids = [await write('Erster'), await write('Zweiter', { body: lines(60) }), await write('Dritter')];
  const { ready, left } = await mailbox.planPrint(anna, ids);
  assert.deepEqual(
    [ready.map(({ subject, pages }) => [subject, pages]), left],
    [
      [
        ['Dritter', 1],
        ['Zweiter', 2],
        ['Erster', 1],
      ],
      [],
    ],
  );
  const pages = pagesOf(await mailbox.printLetters(anna, ids));
  assert.deepEqual(
    pages.map((page) => /Erster|Zweiter|Dritter/.exec(page)?.[0] ?? page.trim().slice(0, 5)),
    ['Dritter', '', 'Zweiter', 'Zeile', 'Erster'],
    'an empty page behind the first, none behind the second',
  );
  assert.match(pages[3] ?? '', /Seite 2 von 2/);
});

test('whatever somebody else has posted meanwhile is named, not printed, and not noted again', async () => {
  const ids = [await write('Bleibt'), await write('Dora hat ihn'), await write('Bleibt auch')] as const;
  await mailbox.markPosted(dora, ids[1]);
  const { ready, left } = await mailbox.planPrint(anna, ids);
  assert.deepEqual([ready.map(({ id }) => id), left.map(({ id, why }) => [id, why])], [[ids[2], ids[0]], [[ids[1], 'posted']]]);
  assert.ok(!read(await mailbox.printLetters(anna, ids)).includes('Dora hat ihn'));
  assert.equal(await mailbox.markAllPosted(anna, ids), 2);
  assert.deepEqual(await Promise.all(ids.map(stateOf)), ['printed', 'printed', 'printed']);
  await assert.rejects(mailbox.markAllPosted(anna, ids), { code: 'mailbox.noneWaiting' });
  await assert.rejects(mailbox.printLetters(anna, ids), { code: 'mailbox.noneWaiting' });
  const trail = await listAudit(platform.db.read(ellrich), ellrich, { action: 'mailbox.post', limit: 50 });
  for (const id of ids) assert.equal(trail.filter(({ thing }) => thing === `letter:${id}`).length, 1, 'one entry for each');
});

test('of two who note the same letters at once each letter is noted once', async () => {
  const ids = [await write('Eins'), await write('Zwei'), await write('Drei')];
  const noted = await Promise.allSettled([mailbox.markAllPosted(anna, ids), mailbox.markAllPosted(dora, [...ids].reverse())]);
  const sum = noted.reduce((all, one) => all + (one.status === 'fulfilled' ? one.value : 0), 0);
  assert.equal(sum, 3);
});

test('a letter that cannot be laid out is named, the others are printed', async () => {
  const ids = [await write('Vorher'), await write('Kaputt'), await write('Nachher')] as const;
  await spoil(ids[1]);
  const { ready, left } = await mailbox.planPrint(anna, ids);
  assert.deepEqual(
    left.map(({ subject, why }) => [subject, why]),
    [['Kaputt', 'unreadable']],
  );
  const chosen = ready.map(({ id }) => id);
  assert.equal(pagesOf(await mailbox.printLetters(anna, chosen)).length, 3);
  await mailbox.markAllPosted(anna, chosen);
  assert.deepEqual(await Promise.all(ids.map(stateOf)), ['printed', 'toPrint', 'printed']);
});

test('a file holds so many letters; the rest is named and stays', async () => {
  const ids: number[] = [];
  for (let index = 0; index <= mailbox.limits.printed; index += 1) ids.push(await write(`Nummer ${index}`));
  const { ready, left } = await mailbox.planPrint(anna, ids);
  assert.equal(ready.length, mailbox.limits.printed);
  assert.deepEqual(
    left.map(({ subject, why }) => [subject, why]),
    [['Nummer 0', 'full']],
  );
  await assert.rejects(mailbox.printLetters(anna, ids), { kind: 'tooLarge', code: 'mailbox.printTooMuch' });
  const pages = pagesOf(
    await mailbox.printLetters(
      anna,
      ready.map(({ id }) => id),
    ),
  );
  assert.equal(pages.length, 2 * mailbox.limits.printed - 1);
  const many = Array.from({ length: mailbox.limits.listed + 1 }, (_, index) => index + 1);
  await assert.rejects(mailbox.planPrint(anna, many), { code: 'mailbox.tooManyChosen' });
  await assert.rejects(mailbox.planPrint(anna, []), { code: 'mailbox.noneChosen' });
});

test('only who may print one letter may print it with others: one strange letter refuses all', async () => {
  const [own, theirs] = [await write('Von Anna'), await write('Von Bernd', {}, bernd)];
  const verbs = [mailbox.chosenLetters, mailbox.planPrint, mailbox.printLetters, mailbox.markAllPosted];
  for (const verb of verbs) {
    await assert.rejects(verb(anna, [own, theirs]), { kind: 'notFound' }, verb.name);
    await assert.rejects(verb(anna, [own, 999_999_999]), { kind: 'notFound' }, verb.name);
    await assert.rejects(verb(emil, [own]), { kind: 'notFound' }, verb.name);
    await assert.rejects(verb(nobody, [own]), { kind: 'unauthenticated' }, verb.name);
  }
  assert.equal((await mailbox.planPrint(dora, [own, theirs])).ready.length, 2, 'administrators answer for their authority');
  const url = `/briefe/drucken.pdf?brief=${own}`;
  assert.equal((await app.inject({ url })).statusCode, 401);
  const answer = await app.inject({ url, headers: { cookie: await cookie('anna') } });
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'application/pdf']);
  const bad = { url: '/briefe/drucken.pdf?brief=1e3', headers: { cookie: await cookie('anna') } };
  assert.equal((await app.inject(bad)).statusCode, 404);
});

test('any lengths: what is ready fits, in its order; what is left did not fit behind what stood before it', () => {
  const lengths = fc.array(fc.option(fc.integer({ min: 1, max: 40 })), { maxLength: 60 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 200 }), (given, most) => {
      const letters = given.map((pages, id) => ({ id, pages }));
      const { ready, left } = fitting(letters, most);
      let end = 0;
      for (const { pages } of ready) {
        const start = end % 2 === 0 ? end + 1 : end + 2;
        assert.equal(start % 2, 1);
        end = start + pages - 1;
      }
      assert.ok(end <= most);
      assert.deepEqual(
        [...ready, ...left].map(({ id }) => id).sort((one, other) => one - other),
        letters.map(({ id }) => id),
      );
      assert.deepEqual(
        ready,
        ready.toSorted((one, other) => one.id - other.id),
      );
      assert.ok(left.every(({ pages, why }) => (why === 'unreadable') === (pages === null)));
      assert.ok(!letters.some(({ pages }) => pages !== null && pages <= most) || ready.length > 0, 'never nothing at all');
    }),
  );
});
