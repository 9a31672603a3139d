import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import { systemContext } from '#platform/context';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as finder from './index.ts';

const stand = await openStand();
const people = await settle(stand);
await accounts.setRoles(people.house, { tenant: finder.stateTenant, account: people.id.paula }, [
  ...(['providerOperator', 'tenantAdministrator', 'editor'] as const),
]);
const { nobody } = people;
const house = systemContext(stand.house.platform, finder.stateTenant, 'admin');
const paula = await people.now('paula');

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<transfer xmlns="urn:rennsteig:xzufi-angelehnt:1">';
const service = (key: string, title: string, more = '') =>
  `<leistung id="${key}"><leistungsbezeichnung>${title}</leistungsbezeichnung><leistungsbezeichnung xml:lang="en">${title}</leistungsbezeichnung>
   <vertrauensniveau>none</vertrauensniveau><vollzugsebene>municipality</vollzugsebene>${more}</leistung>`;

/** A file in pieces that cut through words and elements. */
const inPieces = (text: string, size = 37) =>
  async function* () {
    for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size);
  };

type Options = Partial<Pick<finder.FileImport, 'dryRun' | 'publishes' | 'open'>>;

async function take(text: string, options: Options = {}) {
  const verdicts: finder.ImportVerdict[] = [];
  const counts = await finder.importFile(house, {
    open: inPieces(text),
    dryRun: false,
    publishes: false,
    told: (verdict) => verdicts.push(verdict),
    ...options,
  });
  return { counts, verdicts: verdicts.map(({ key, verdict, reason }) => [key, verdict, reason?.code ?? '']) };
}

const file = (...entries: string[]) => `${head}${entries.join('\n')}</transfer>\n`;

test('a dry run says what would be and changes nothing; then drafts come, and again nothing new', async () => {
  const text = file(
    service('imkerei', 'Bienen halten'),
    service('IMKEREI 2', 'Falsch'),
    '<gibtEsNicht id="x"/>',
    service('wiese', 'Wiese'),
  );
  const expected = [
    ['imkerei', 'created', ''],
    ['IMKEREI 2', 'refused', 'finder.keyForm'],
    ['x', 'refused', 'finder.exchangeForm'],
    ['wiese', 'created', ''],
  ];
  assert.deepEqual((await take(text, { dryRun: true })).verdicts, expected);
  assert.equal(await finder.findEntry(paula, { kind: 'service', key: 'imkerei' }), null);
  assert.deepEqual(await take(text), { verdicts: expected, counts: { created: 2, changed: 0, unchanged: 0, refused: 2 } });
  assert.deepEqual((await take(text)).counts, { created: 0, changed: 0, unchanged: 2, refused: 2 });
  await assert.rejects(finder.getService(nobody, 'imkerei'), { code: 'finder.serviceUnknown' });
  // A person of the office approves what the house brought in.
  const entry = (await finder.findEntry(paula, { kind: 'service', key: 'wiese' })) as number;
  await finder.takeStep(paula, { entry }, 'submit');
  await finder.takeStep(paula, { entry }, 'approve');
});

test('published at once it can be found, replaces what stood there, and never a draft somebody writes', async () => {
  const many = Array.from({ length: 30 }, (_, index) => service(`reihe-${index}`, `Zwergziege${index} halten`));
  assert.equal((await take(file(...many), { publishes: true, dryRun: true })).counts.created, 30);
  assert.equal((await take(file(...many), { publishes: true })).counts.created, 30);
  stand.clock.advance(5);
  assert.equal((await finder.search(nobody, { q: 'Zwergziege7' })).found[0]?.key, 'reihe-7');
  const other = file(service('reihe-7', 'Nasenbär halten'), ...many.slice(8));
  const { counts } = await take(other, { publishes: true });
  assert.deepEqual([counts.changed, counts.unchanged], [1, 22]);
  stand.clock.advance(5);
  assert.equal((await finder.search(nobody, { q: 'Nasenbär' })).found[0]?.key, 'reihe-7');
  const entry = (await finder.findEntry(paula, { kind: 'service', key: 'reihe-3' })) as number;
  const { published, versions } = await finder.getEntry(paula, { entry });
  assert.equal(versions.length, 1);
  await finder.saveDraft(paula, { entry }, { content: { ...published?.content, title: 'Von Paula' }, edition: null });
  assert.deepEqual((await take(file(service('reihe-3', 'Anders')), { publishes: true })).verdicts, [
    ['reihe-3', 'refused', 'finder.draftThere'],
  ]);
  await finder.takeStep(paula, { entry }, 'discard');
});

test('a run that was cut off goes on where it was', async () => {
  const text = file(service('kette-1', 'Eins'), service('kette-2', 'Zwei'), service('kette-3', 'Drei'));
  const cut = new Error('killed');
  let reads = 0;
  const dying = () => {
    reads += 1;
    return reads === 1
      ? inPieces(text)()
      : (async function* () {
          yield text.slice(0, text.indexOf('<leistung id="kette-3"'));
          throw cut;
        })();
  };
  await assert.rejects(take(text, { open: dying }), cut);
  assert.deepEqual((await take(text)).counts, { created: 1, changed: 0, unchanged: 2, refused: 0 });
});

test('a broken file changes nothing, and nobody but the house may', async () => {
  const good = service('heil', 'Heil');
  const doctype = '<!DOCTYPE x [<!ENTITY a "b">]>';
  for (const text of [
    `${head}${good}`,
    `${head}${good}</transfer`,
    `${head}${good}</falsch>`,
    `${doctype}${head}${good}</transfer>`,
    '',
    '{',
    'x',
  ])
    await assert.rejects(take(text), { code: 'finder.exchangeForm' }, text.slice(-20));
  assert.equal(await finder.findEntry(paula, { kind: 'service', key: 'heil' }), null);
  const input = { open: inPieces(file(good)), dryRun: true, publishes: false, told: () => {} };
  await assert.rejects(finder.importFile(paula, input), { kind: 'forbidden' });
});

const event = `<lebenslage id="garten"><leistungsbezeichnung>Garten</leistungsbezeichnung>
  <leistungsbezeichnung xml:lang="en">Garden</leistungsbezeichnung><zusatz feld="icon">other</zusatz><reihenfolge>7</reihenfolge>
  <leistungID>wiese</leistungID><leistungID>imkerei</leistungID></lebenslage>`;

test('what an authority exports, the command line takes back, in both forms', async () => {
  assert.equal((await take(file(event), { publishes: true })).counts.created, 1);
  for (const form of ['json', 'xml'] as const) {
    const text = await finder.exportEntries(paula, form);
    const { counts } = await take(text, { dryRun: true, open: inPieces(text, 65_536) });
    assert.deepEqual([counts.changed, counts.created, counts.refused], [0, 0, 0], form);
    assert.ok(counts.unchanged > 30 && /lifeEvent|lebenslage/.test(text));
  }
});

test('a long file is read as it comes and never held: entries are told before the last piece is there', async () => {
  let [pieces, told] = [0, 0];
  const ahead: number[] = [];
  const open = async function* () {
    yield head;
    for (let index = 0; index < 200; index += 1) {
      pieces = index;
      yield service(`lang-${index}`, `Lang ${index}`);
    }
    yield '</transfer>';
  };
  const hear = () => {
    told += 1;
    ahead.push(pieces - told);
  };
  await finder.importFile(house, { open, dryRun: true, publishes: false, told: hear });
  assert.equal(told, 200);
  assert.ok(Math.max(...ahead) <= 1, 'no more than one piece lies in memory');
});
