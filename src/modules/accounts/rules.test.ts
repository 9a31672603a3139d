import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '#platform/errors';
import { checkAddress, checkEdge, checkHandle, checkRoles, handleCandidates, stateEdges } from './rules.ts';
import { csvLimits, decodeText, parseCsv } from './rules-csv.ts';
import { describeDevice } from './rules-device.ts';
import { checkPassword } from './rules-password.ts';
import {
  appPasswordAlphabet,
  appPasswordLetters,
  joinAppPassword,
  joinToken,
  readAppPassword,
  tenantOfToken,
} from './rules-token.ts';
import { periodOf, thingsOf } from './rules-trail.ts';
import { depthOf, heightOf, unitNames, unitsBelow } from './rules-unit.ts';
import { words } from './words.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

test('that an address is taken does not tell where', () => {
  const { de, en } = words['accounts.addressTaken'] ?? { de: '', en: '' };
  assert.doesNotMatch(`${de} ${en}`, /schon einen Zugang|already an account/);
});

test('an address has one form', () => {
  assert.equal(checkAddress(' Anna.Apel@Ellrich.Example '), 'anna.apel@ellrich.example');
  assert.equal(checkAddress('post@Rhönblick.example'), 'post@xn--rhnblick-o4a.example');
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      try {
        const once = checkAddress(address);
        assert.equal(checkAddress(once), once);
      } catch (error) {
        assert.ok(refusedWith('accounts.addressForm')(error));
      }
    }),
  );
  for (const wrong of [
    'a.@b.de',
    '.a@b.de',
    'a..b@c.de',
    'a@b..de',
    `${'x'.repeat(65)}@b.de`,
    'a@b/c',
    'ä@b.de',
    'a@b.de\n'.repeat(2),
  ])
    assert.throws(() => checkAddress(wrong), refusedWith('accounts.addressForm'), wrong);
});

test('every candidate for a handle is one, whatever the address', () => {
  assert.deepEqual(handleCandidates('anna@ellrich.example', 1), ['anna', 'anna-ellrich', 'anna-ellrich-2']);
  assert.deepEqual(handleCandidates('j.o+hn@a.b', 0), ['j.o-hn', 'j.o-hn-a']);
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string()), (address) => {
      const candidates = handleCandidates(address);
      assert.ok(candidates.length > 40);
      assert.equal(new Set(candidates).size, candidates.length);
      for (const candidate of candidates) assert.equal(checkHandle(candidate), candidate);
    }),
  );
});

test('roles come in one order, each once', () => {
  assert.deepEqual(checkRoles(['auditor', 'providerOperator', 'auditor'], { isProvider: true }), ['providerOperator', 'auditor']);
  assert.throws(() => checkRoles(['providerOperator'], { isProvider: false }), refusedWith('accounts.operatorElsewhere'));
});

test('states change along the edges of the table only', () => {
  const states = ['invited', 'active', 'disabled'] as const;
  for (const from of states) {
    for (const to of states) {
      if (stateEdges.some((edge) => edge.from === from && edge.to === to)) checkEdge(from, to);
      else assert.throws(() => checkEdge(from, to), refusedWith(`accounts.stays.${from}`));
    }
  }
});

const tenantNumber = fc.integer({ min: 1, max: 2_147_483_647 });
const base64url = fc.stringMatching(/^[\w-]{43}$/);

test('a token leads to its tenant, and nothing else does', () => {
  fc.assert(
    fc.property(tenantNumber, base64url, (tenant, secret) => assert.equal(tenantOfToken(joinToken(tenant, secret)), tenant)),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const tenant = tenantOfToken(text);
      if (tenant !== null) assert.equal(joinToken(tenant, text.slice(text.indexOf('.') + 1)), text);
    }),
  );
});

test('an app password leads to its tenant however it is typed', () => {
  const random = fc.uint8Array({ minLength: appPasswordLetters, maxLength: appPasswordLetters });
  fc.assert(
    fc.property(tenantNumber, random, (tenant, bytes) => {
      const secret = joinAppPassword(tenant, bytes);
      assert.deepEqual(readAppPassword(` ${secret.toUpperCase()}\n`), { tenant, secret });
      assert.equal(readAppPassword(`${secret}0`), null);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readAppPassword(text), null)));
  assert.equal(new Set(appPasswordAlphabet).size, 32);
  assert.ok(Math.log2(appPasswordAlphabet.length) * appPasswordLetters >= 128);
});

const rule = { least: 12, most: 200, personal: ['anna.apel@ellrich.example', 'Anna Apel', 'anna'] };

test('passwords that everybody tries first are refused', () => {
  const common = [
    ...['Passwort2026!', 'passwort123456', 'P@ssw0rt!!!!', 'Sommer2026!!', 'Willkommen123', 'qwertzuiop123', 'qwertz123456'],
    ...['123456789012', '098765432109', 'aaaaaaaaaaaa', 'abcabcabcabc', 'ababababababab', 'Thüringen2026', 'Rathaus-2026!'],
    ...[
      'rennsteig-demo',
      'hallohallohallo',
      'Montag!Montag!',
      'adminadmin1234',
      'Test.Test.Test',
      '1qay2wsx3edc',
      'IchLiebeDich1!',
    ],
  ];
  for (const password of common)
    assert.throws(() => checkPassword(password, rule), refusedWith('accounts.passwordCommon'), password);
});

test('so are one’s own name and address', () => {
  for (const password of ['annaapel2026', 'Apel.Anna.1987!', 'anna@ellrich.example', 'EllrichEllrich1'])
    assert.throws(() => checkPassword(password, rule), refusedWith('accounts.passwordPersonal'), password);
});

test('an address that stands beside something else is no reason', () => {
  const anna = { least: 12, most: 200, personal: ['anna@musterstadt.example', 'Anna Muster', 'anna'] };
  for (const password of ['musterstadt-rathaus-1', 'Anna tanzt im Regen'])
    assert.doesNotThrow(() => checkPassword(password, anna), password);
  fc.assert(
    fc.property(fc.constantFrom('anna', 'Muster', 'musterstadt'), fc.integer({ min: 1900, max: 2099 }), (word, year) =>
      assert.throws(() => checkPassword(`${word.repeat(3)}${year}!`, anna), /./),
    ),
  );
});

test('length counts, nothing else is demanded', () => {
  const fine = [
    ...[
      'blaue Fliegen tanzen gern',
      'zwölf Kühe im Nebel',
      'vxkmtbwqhzgn',
      '834719560274',
      '🐄🐖🐓🐑🐐🦆🦢🐇🐁🐈🐕🐎 Hofgut',
      'Amtsschimmel wiehert',
    ],
    ...['xxxQuittenbrot', 'Das Schwein pfeift'],
  ];
  for (const password of fine) checkPassword(password, rule);
  assert.throws(() => checkPassword('vxkmtbwqhzg', rule), refusedWith('accounts.passwordTooShort'));
  assert.throws(() => checkPassword('vxkmtbwqhzgn'.repeat(17), rule), refusedWith('accounts.passwordTooLong'));
  fc.assert(
    fc.property(fc.stringMatching(/^[bcfghjkmnpqvxz]{24}$/), (password) => {
      fc.pre(new Set(password).size > 8);
      checkPassword(password, rule);
    }),
  );
});

test('the check of a password ends on whatever is sent', { timeout: 20_000 }, () => {
  for (const text of ['a', 'ab', 'passwort', '1234', 'aB1!']) checkAnything(text.repeat(200).slice(0, 200));
});

function checkAnything(password: string): void {
  try {
    checkPassword(password, { ...rule, personal: Array.from({ length: 50 }, (_, index) => `wort${index}`) });
  } catch (error) {
    assert.ok(error instanceof Failure);
  }
}

test('devices are named in a few words', () => {
  const agents: [string, string][] = [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0',
      'Edge, Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
      'Safari, macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0 Mobile/15E148 Safari/604.1',
      'Chrome, iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36',
      'Chrome, Android',
    ],
    ['Mozilla/5.0 (Linux) mirall/3.7.3git (Nextcloud, debian-6.1.0)', 'Sync-Client, Linux'],
    ['curl/8.0', 'curl'],
    ['<script>alert(1)</script>', ''],
  ];
  for (const [agent, device] of agents) assert.equal(describeDevice(agent), device, agent);
  assert.equal(describeDevice(undefined), '');
});

const cell = fc.string().map((text) => text.replaceAll(/\r\n?/g, '\n'));
const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('whatever stands in a table comes back out of it', () => {
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n', '\r'), (rows, delimiter, end) => {
      const head = ['first', 'second', 'third'];
      const text = [head, ...rows].map((row) => row.map(quote).join(delimiter)).join(end);
      const expected = [head, ...rows].filter((row) => row.some((value) => value.trim() !== ''));
      assert.deepEqual(
        parseCsv(text).map(({ cells }) => cells),
        expected,
      );
    }),
  );
});

test('a table from Excel and one from LibreOffice read the same', () => {
  const rows = parseCsv('Name;Adresse\r\nMüller;m@x.de\r\n\r\n"Groß; Gero";"g@x.de"\r\n');
  assert.deepEqual(rows, [
    { line: 1, cells: ['Name', 'Adresse'] },
    { line: 2, cells: ['Müller', 'm@x.de'] },
    { line: 4, cells: ['Groß; Gero', 'g@x.de'] },
  ]);
  assert.deepEqual(parseCsv('"a,b",c\n1,'), [
    { line: 1, cells: ['a,b', 'c'] },
    { line: 2, cells: ['1', ''] },
  ]);
  assert.deepEqual(
    parseCsv('"two\nlines";x\nthird;y').map(({ line }) => line),
    [1, 3],
  );
  assert.throws(() => parseCsv('a;b\n"open;x'), refusedWith('accounts.csvQuotes'));
  assert.throws(() => parseCsv('a;b\n"x"y;z'), refusedWith('accounts.csvQuotes'));
  assert.throws(() => parseCsv('a,b\n'.repeat(csvLimits.rows + 2)), refusedWith('accounts.csvTooLong'));
  assert.throws(() => parseCsv('\n'.repeat(csvLimits.lines + 1)), refusedWith('accounts.csvTooLong'));
  assert.throws(() => parseCsv(','.repeat(csvLimits.columns)), refusedWith('accounts.csvTooWide'));
});

test('no text makes the parser fail otherwise than on purpose', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', 'a', ' ') }), (text) => {
      try {
        parseCsv(text);
      } catch (error) {
        assert.ok(error instanceof Failure, String(error));
      }
    }),
  );
});

test('files are read in the encodings offices have', () => {
  const text = 'Müller – Straße €';
  assert.equal(decodeText(Buffer.from(text)), text);
  assert.equal(decodeText(Buffer.from(`\ufeff${text}`)), text);
  assert.equal(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le')), text);
  assert.equal(decodeText(Buffer.concat([Buffer.from('M'), Buffer.of(0xfc), Buffer.from('ller '), Buffer.of(0x80)])), 'Müller €');
  assert.throws(() => decodeText(new Uint8Array(csvLimits.bytes + 1)), refusedWith('platform.tooLarge'));
});

test('walks through the tree of units end on any input', () => {
  const unit = fc.record({ id: fc.integer({ min: 1, max: 12 }), parent: fc.option(fc.integer({ min: 1, max: 12 })) });
  const units = fc.uniqueArray(unit, { selector: ({ id }) => id });
  fc.assert(
    fc.property(units, fc.integer({ min: 1, max: 12 }), (all, id) => {
      assert.ok(unitsBelow(all, id).has(id));
      assert.ok(depthOf(all, id) <= all.length + 1);
      assert.ok(heightOf(all, id) <= all.length + 1);
      unitNames(all.map((one) => ({ ...one, name: `unit ${one.id}` })));
    }),
  );
  const tree = [
    { id: 1, parent: null, name: 'Stadt' },
    { id: 2, parent: 1, name: 'Bauamt' },
    { id: 3, parent: 2, name: 'Sekretariat' },
    { id: 4, parent: 1, name: 'Sekretariat' },
  ];
  assert.deepEqual([depthOf(tree, 3), heightOf(tree, 1), heightOf(tree, 4)], [3, 3, 1]);
  const names = unitNames(tree);
  assert.deepEqual([names.get('bauamt'), names.get('sekretariat'), names.get('stadt/bauamt/sekretariat')], [2, null, 3]);
});

test('every sentence is there in both languages', () => {
  for (const [code, { de, en }] of Object.entries(words)) {
    assert.match(code, /^accounts\./);
    const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    assert.deepEqual(placeholders(de), placeholders(en), code);
  }
});

test('a day of the trail begins at midnight on the wall, in summer and in winter', () => {
  assert.equal(periodOf({ from: '2026-07-01' }).since, '2026-06-30T22:00:00.000Z');
  assert.deepEqual(periodOf({ from: '2026-03-29', to: '2026-03-29' }), {
    since: '2026-03-28T23:00:00.000Z', // the day on which the clocks go forward has 23 hours
    until: '2026-03-29T22:00:00.000Z',
  });
  for (const wrong of ['2026-02-30', 'gestern', '2026-1-1', '20261-01-01'])
    assert.throws(() => periodOf({ from: wrong }), refusedWith('accounts.trailDay'), wrong);
  fc.assert(
    fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (at) => {
      const day = at.toISOString().slice(0, 10);
      const { since = '', until = '' } = periodOf({ from: day, to: day });
      const hours = (Date.parse(until) - Date.parse(since)) / 3_600_000;
      assert.ok([23, 24, 25].includes(hours), `${day}: ${hours}`);
    }),
  );
});

test('a thing of the trail is meant by number or by name', () => {
  assert.deepEqual(thingsOf('node:17'), ['node:17']);
  assert.ok(thingsOf('17').includes('node:17') && thingsOf('17').includes('orgUnit:17'));
  assert.deepEqual(thingsOf('Haushalt 2026'), []);
});
