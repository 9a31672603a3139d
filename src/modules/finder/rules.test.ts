import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isAuthorityKeyOf, ownArea, steps } from './rules.ts';
import { type Area, findPlace, isWithin, kindOfKey, lineOf, makeRegister, parentKey, placeInQuestion } from './rules-area.ts';
import { compareRules, type Rule, resolve } from './rules-competence.ts';
import { checkContent, compare, type ServiceContent } from './rules-content.ts';
import { fold, stem, wordsOf } from './rules-fold.ts';
import { openState, readHours, spansOn } from './rules-hours.ts';
import { rank } from './rules-index.ts';
import { planRegister, readRegister } from './rules-register.ts';
import { split } from './rules-split.ts';
import { distance, editsFor, makeCorrector } from './rules-typo.ts';

test('folding makes spellings equal and is finished after once', () => {
  assert.equal(fold('Führungszeugnis'), fold('FUEHRUNGSZEUGNIS'));
  assert.equal(fold('Straße'), 'strasse');
  assert.equal(fold('Steuer bauen Quelle'), 'steuer bauen quelle');
  assert.equal(fold('Jörg Goethe Café'), 'jorg gothe cafe');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => wordsOf(wordsOf(text).join(' ')).every((word) => word.length <= 60)),
  );
});

test('forms of a word have one stem, which is never shorter than three letters', () => {
  for (const forms of [
    ['Hund', 'Hunde', 'Hundes', 'Hunden'],
    ['anmelden', 'Anmeldung', 'Anmeldungen'],
    ['Ausweis', 'Ausweise', 'Ausweises'],
    ['Genehmigung', 'genehmigen'],
    ['Heirat', 'heiraten'],
    ['Kind', 'Kinder', 'Kindern', 'Kindes'],
    ['Steuer', 'Steuern'],
    ['Ämter', 'Amt'],
  ])
    assert.equal(new Set(forms.map((form) => stem(fold(form)))).size, 1, forms.join());
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => stem(word).length >= Math.min(3, word.length)));
});

test('a compound made of known words comes apart into them, whatever stands between', () => {
  const known = ['hund', 'steuer', 'anmeldung', 'bewohner', 'park', 'ausweis', 'geburt', 'urkunde', 'baugenehmigung', 'garten'];
  const stems = new Set(known.map(stem));
  const isWord = (text: string) => stems.has(text);
  assert.deepEqual(split('hundesteueranmeldung', isWord), ['hund', 'steu', 'anmeld']);
  assert.deepEqual(split('geburtsurkunde', isWord), ['geburt', 'urkund']);
  assert.deepEqual(split('hund', isWord), []);
  assert.deepEqual(split('quarkspeise', isWord), []);
  fc.assert(
    fc.property(
      fc.constantFrom(...known),
      fc.constantFrom('', 's', 'es', 'n', 'en', 'er'),
      fc.constantFrom(...known),
      (one, link, other) => {
        const parts = split(one + link + other, isWord);
        assert.ok(parts.length >= 2, one + link + other);
        assert.ok(parts.every((part) => stems.has(part)));
      },
    ),
  );
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{1,60}$/), (word) => split(word, isWord).every(isWord)));
});

test('the distance is a metric as far as it looks', () => {
  const word = fc.stringMatching(/^[a-d]{0,7}$/);
  fc.assert(fc.property(word, word, (one, other) => distance(one, other, 9) === distance(other, one, 9)));
  fc.assert(fc.property(word, (one) => distance(one, one) === 0));
  assert.equal(distance('hnud', 'hund'), 1);
  assert.equal(distance('abc', 'xyz'), Number.POSITIVE_INFINITY);
});

test('whatever is typed wrong once or twice is found again', () => {
  const words = ['hundesteu', 'personalausweis', 'fuhrungszeugnis', 'wohngeld', 'baugenehmig', 'carport', 'gewerb'];
  const corrector = makeCorrector();
  for (const word of words) corrector.add(word);
  const mistake = fc.record({
    at: fc.nat(30),
    kind: fc.constantFrom('drop', 'swap', 'change', 'add'),
    letter: fc.constantFrom(...'abcxyz'),
  });
  const spoil = (word: string, { at, kind, letter }: { at: number; kind: string; letter: string }) => {
    const index = at % word.length;
    if (kind === 'drop') return word.slice(0, index) + word.slice(index + 1);
    if (kind === 'add') return word.slice(0, index) + letter + word.slice(index);
    if (kind === 'change') return word.slice(0, index) + letter + word.slice(index + 1);
    return word.slice(0, index) + (word[index + 1] ?? '') + word[index] + word.slice(index + 2);
  };
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.array(mistake, { minLength: 1, maxLength: 2 }), (word, mistakes) => {
      const typed = mistakes.reduce(spoil, word);
      fc.pre(typed !== word && distance(typed, word) <= editsFor(typed));
      assert.ok(
        corrector.correct(typed, () => true).some(({ term }) => term === word),
        typed,
      );
    }),
  );
  assert.deepEqual(
    corrector.correct('hnudesteu', (term) => term !== 'hundesteu'),
    [],
  );
});

const area = (key: string, name: string, more: Partial<Area> = {}): Area => ({
  key,
  name,
  designation: name,
  kind: kindOfKey(key) ?? 'municipality',
  parent: parentKey(key),
  postcodes: [],
  population: null,
  endedOn: null,
  successors: [],
  ...more,
});

const register = makeRegister([
  area('16', 'Thüringen'),
  area('16062', 'Nordhausen', { designation: 'Landkreis Nordhausen' }),
  area('16062005', 'Ellrich', { designation: 'Stadt Ellrich', postcodes: ['99755'] }),
  area('16062041', 'Nordhausen', { designation: 'Stadt Nordhausen' }),
  area('16073', 'Saalfeld-Rudolstadt', { designation: 'Landkreis Saalfeld-Rudolstadt' }),
  area('16074', 'Saale-Holzland-Kreis'),
  area('16073046', 'Lehesten', { designation: 'Stadt Lehesten' }),
  area('16074051', 'Lehesten', { designation: 'Gemeinde Lehesten' }),
  area('16062099', 'Altdorf', { endedOn: '2019-01-01', successors: ['16062041'] }),
  area('16062064', 'Heringen/Helme', { designation: 'Stadt Heringen/Helme' }),
]);

const keysOf = (typed: string) => {
  const answer = findPlace(typed, register);
  return answer.kind === 'found' ? [answer.area.key] : answer.kind === 'several' ? answer.areas.map(({ key }) => key) : [];
};

test('a place is found by name, key, postcode, old name or with a typing error; doubles are asked back', () => {
  assert.deepEqual(keysOf('Ellrich'), ['16062005']);
  assert.deepEqual(keysOf('stadt ellrich'), ['16062005']);
  assert.deepEqual(keysOf('99755 Ellrich'), ['16062005']);
  assert.deepEqual(keysOf('99755'), ['16062005']);
  assert.deepEqual(keysOf('16062005'), ['16062005']);
  assert.deepEqual(keysOf('Elrich'), ['16062005']);
  assert.deepEqual(keysOf('Nordhausen'), ['16062041']);
  assert.deepEqual(keysOf('Heringen'), ['16062064']);
  assert.deepEqual(keysOf('Altdorf'), ['16062041']);
  assert.deepEqual(keysOf('Lehesten'), ['16073046', '16074051']);
  assert.deepEqual(keysOf('Lehesten (Saale-Holzland-Kreis)'), ['16074051']);
  assert.equal(findPlace('Hinterm Mond', register).kind, 'unknown');
  assert.equal(findPlace('  ', register).kind, 'none');
  assert.deepEqual(placeInQuestion('Hund anmelden in Ellrich', register), { question: 'Hund anmelden', place: 'Ellrich' });
  assert.equal(placeInQuestion('Ellrich', register), null);
  fc.assert(
    fc.property(fc.string(), (typed) => ['none', 'unknown', 'found', 'several'].includes(findPlace(typed, register).kind)),
  );
});

test('keys are nested', () => {
  assert.deepEqual(lineOf('16062005-12'), ['16062005-12', '16062005', '16062', '16']);
  assert.ok(isWithin('16062005', '16062') && !isWithin('16062005', '16063') && !isWithin('16', '16062'));
  assert.equal(ownArea(7, '16066000'), '16066');
  assert.equal(ownArea(7, '160620050005'), '16062005');
  assert.equal(ownArea(7, '160625005005'), '16062005', 'an ARS names the association in between');
  assert.equal(ownArea(7, '160620000000'), '16062');
  assert.ok(isAuthorityKeyOf('16062005.standesamt', '16062005') && !isAuthorityKeyOf('16062005', '16062041'));
});

const rule = (id: number, given: Partial<Rule>): Rule => ({
  id,
  service: '*',
  area: '16',
  authority: null,
  level: null,
  unit: '',
  except: [],
  source: '',
  ...given,
});

test('the most particular rule wins, and the answer says which', () => {
  const rules = [
    rule(1, { level: 'district' }),
    rule(2, { service: 'hund', area: '16062', authority: 'kreis' }),
    rule(3, { service: 'hund', area: '16062005', authority: 'stadt' }),
    rule(4, { area: '16062005', authority: 'andere' }),
    rule(5, { service: 'hund', area: '16062', authority: 'sonder', except: ['16062005'] }),
  ];
  const answer = (service: string, place: string) =>
    resolve({ service, level: 'municipality', area: place, rules, administrationOf: (key) => `verwaltung-${key}` });
  assert.equal(answer('hund', '16062005').rule?.id, 3);
  assert.equal(answer('hund', '16062041').authority, 'sonder');
  assert.equal(answer('katze', '16062005').authority, 'andere');
  assert.equal(answer('katze', '16063001').authority, 'verwaltung-16063');
  assert.deepEqual(answer('hund', '16062005').passedOver.find(({ why }) => why === 'excepted')?.rule.id, 5);
});

test('rules have one order, and the winner does not depend on how they were read', () => {
  const anyRule = fc.record({
    id: fc.integer({ min: 1, max: 50 }),
    service: fc.constantFrom('hund', '*'),
    area: fc.constantFrom('16', '16062', '16062005'),
    authority: fc.constantFrom('a', null),
  });
  fc.assert(
    fc.property(fc.uniqueArray(anyRule, { selector: ({ id }) => id, maxLength: 8 }), (given) => {
      const rules = given.map((one) => rule(one.id, { ...one, level: one.authority ? null : 'district' }));
      const winner = (list: readonly Rule[]) =>
        resolve({ service: 'hund', level: 'municipality', area: '16062005', rules: list, administrationOf: () => null }).rule?.id;
      assert.equal(winner(rules), winner([...rules].reverse()));
      assert.equal(winner(rules), [...rules].sort(compareRules)[0]?.id);
    }),
  );
});

test('opening hours: week, exceptions, holidays, and what cannot be read', () => {
  const hours = readHours('Mo–Do 9–12, 13:30–16\nFr geschlossen\n24.12.2026 9–11\n');
  assert.deepEqual(spansOn(hours, '2026-11-23'), [
    { from: 540, to: 720 },
    { from: 810, to: 960 },
  ]);
  assert.deepEqual(spansOn(hours, '2026-12-24'), [{ from: 540, to: 660 }]);
  assert.deepEqual(spansOn(hours, '2026-12-25'), []);
  assert.equal(openState(hours, new Date('2026-11-23T08:30:00Z')).isOpen, true);
  assert.deepEqual(openState(hours, new Date('2026-11-26T16:00:00Z')).next, { iso: '2026-11-30', from: 540 });
  assert.deepEqual(spansOn(readHours(`Mo  9${' '.repeat(20_000)}– 12 Uhr`), '2026-11-23'), [{ from: 540, to: 720 }]);
  for (const line of ['Montag früh', 'Mo 12-9', 'Mo 9-25', '31.2.2026 9-12', 'Fr-Mo 9-12', 'Mo 9-12, 11-13'])
    assert.throws(() => readHours(line), { code: 'finder.hoursForm' }, line);
});

test('clocks go forward and back without moving the hours', () => {
  const hours = readHours('So 1–4\nMo 9–12');
  assert.equal(openState(hours, new Date('2026-10-25T00:30:00Z')).isOpen, true); // 2:30 for the first time
  assert.equal(openState(hours, new Date('2026-10-25T01:30:00Z')).isOpen, true); // 2:30 once more
  assert.equal(openState(hours, new Date('2026-03-29T01:30:00Z')).isOpen, true); // 3:30, 2:30 does not exist
});

const service = (more: Partial<ServiceContent> = {}): unknown => ({
  title: 'Titel',
  summary: 'S',
  details: '',
  plain: 'P',
  titleEn: 'T',
  summaryEn: 'S',
  documents: [],
  fees: [],
  deadlines: [],
  duration: '',
  steps: [],
  legal: [],
  keywords: [],
  lifeEvents: [],
  form: null,
  assurance: 'none',
  assuranceSource: '',
  level: 'municipality',
  leika: null,
  ...more,
});

test('content is checked field by field; markup is text', () => {
  const hostile = '<script>alert(1)</script> & "Anführung"';
  assert.equal(checkContent('service', service({ title: hostile })).title, hostile);
  assert.throws(() => checkContent('service', service({ title: '' })), { code: 'platform.textMissing' });
  assert.throws(() => checkContent('service', service({ level: 'galaxy' as never })), { code: 'finder.choiceForm' });
  assert.throws(() => checkContent('service', service({ leika: '123' })), { code: 'finder.leikaForm' });
  assert.throws(() => checkContent('service', service({ summary: 'a\u202eb' })), { code: 'platform.textUnseen' });
  assert.throws(() => checkContent('service', service({ fees: 'viel' as never })), { code: 'finder.fieldForm' });
  assert.throws(() => checkContent('service', service({ keywords: Array(41).fill('x') })), { code: 'finder.tooManyItems' });
  assert.throws(() => checkContent('competence', { service: 'a', area: '16' }), { code: 'finder.oneAnswer' });
  assert.throws(() => checkContent('authority', { name: 'A', web: 'javascript:alert(1)' }), { code: 'finder.webForm' });
  assert.ok(!('extra' in checkContent('service', { ...(service() as object), extra: 1 })));
  fc.assert(
    fc.property(fc.anything(), (given) => {
      try {
        checkContent('authority', given);
      } catch (error) {
        assert.equal((error as { name?: string }).name, 'Failure');
      }
    }),
  );
});

test('a difference names the fields and nothing else', () => {
  const before = checkContent('service', service());
  const after = checkContent('service', service({ fees: ['10 Euro'] }));
  assert.deepEqual(compare('service', before, after), [{ field: 'fees', before: '', after: '10 Euro' }]);
  assert.deepEqual(compare('service', before, before), []);
});

test('a list of areas is planned row by row; nobody ends by being missing', () => {
  const known = [
    area('16', 'Thüringen'),
    area('16062', 'Nordhausen'),
    area('16062005', 'Ellrich'),
    area('16062041', 'Nordhausen'),
  ];
  const rows = readRegister(
    [
      'Schlüssel;Bezeichnung;PLZ;Einwohner;Aufgelöst;Nachfolger',
      '16062005;Stadt Ellrich;99755;5.400;2027-01-01;16062041',
      '16062005;Stadt Ellrich;;;;',
      '16062200;Gemeinde Neu;99999;12;;',
      '16099001;Gemeinde Ohne Kreis;;;;',
      'abc;Gemeinde Falsch;;;;',
      '16062201;Gemeinde Halb;;;2027-01-01;',
      '16062202;Gemeinde Tag;;;2027-02-30;16062041',
    ].join('\n'),
  );
  const plan = planRegister(rows, known);
  assert.deepEqual(
    plan.verdicts.map(({ verdict, why }) => why ?? verdict),
    ['ended', 'finder.row.double', 'created', 'finder.row.parent', 'finder.row.key', 'finder.row.end', 'finder.row.day'],
  );
  assert.deepEqual(plan.missing, ['16062041']);
  assert.throws(() => readRegister('a;b\n1;2'), { code: 'finder.listColumns' });
});

test('what answers all words stands before what answers one', () => {
  assert.deepEqual(
    rank(
      [
        { service: 1, score: 12, covered: 1 },
        { service: 2, score: 10, covered: 2 },
        { service: 3, score: 1, covered: 1 },
      ],
      2,
    ).map(({ service: id }) => id),
    [2, 1],
  );
  assert.ok(steps.approve.who === 'other');
});
