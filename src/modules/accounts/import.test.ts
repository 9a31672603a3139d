import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import { Failure } from '#platform/errors';
import { listMail } from '#platform/mail';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const { platform } = stand.house;
const { anna, dora, paula, id, ellrich, tlrz } = await settle(stand);

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const told = ({ verdicts }: accounts.ImportReport) =>
  verdicts.map(({ line, verdict, reasons, changes }) => [
    line,
    verdict,
    [...reasons.map(({ code }) => code), ...changes].join(' '),
  ]);

const table = csv(
  'E-Mail;Name;Gruppen;Einheit;Telefon',
  'anna@ellrich.example;Anna Apel-Ahrens;Bauamt, Brandschutz;;1',
  'bernd@ellrich.example;Bernd Böhme;;;2',
  'Hilde@Ellrich.example;"Hahn; Hilde";bauamt;Stadtverwaltung;3',
  'emil@rhoenblick.example;Emil;;;4',
  'keine Adresse;Kurt;;;5',
  'karl@ellrich.example;;;;6',
  'hilde@ellrich.example;Noch einmal;;;7',
  'uwe@ellrich.example;Uwe Ulrich;;Mondverwaltung;8',
);

const expected = [
  [2, 'updated', 'name groups'],
  [3, 'unchanged', ''],
  [4, 'created', ''],
  [5, 'refused', 'accounts.addressTaken'],
  [6, 'refused', 'accounts.addressForm'],
  [7, 'refused', 'platform.textMissing'],
  [8, 'refused', 'accounts.rowTwice'],
  [9, 'refused', 'accounts.unitUnknown'],
];

const people = async () => (await accounts.listPeople(dora)).items;
const groupsOf = async (account: number) => (await accounts.getPerson(dora, { account })).groups.map(({ name }) => name);

await accounts.createUnit(dora, { name: 'Stadtverwaltung' });

test('a dry run says what would happen and changes nothing', async () => {
  const before = await people();
  const report = await accounts.importPeople(dora, { csv: table, dryRun: true });
  assert.deepEqual(told(report), expected);
  assert.deepEqual(report.counts, { created: 1, updated: 1, unchanged: 1, refused: 5 });
  assert.deepEqual(report.ignored, ['telefon']);
  assert.deepEqual(report.newGroups, ['Bauamt', 'Brandschutz']);
  assert.deepEqual(
    report.verdicts.map(({ name }) => name).slice(4),
    ['Kurt', null, 'Noch einmal', 'Uwe Ulrich'],
    'also who is refused is named',
  );
  assert.deepEqual(await people(), before);
  assert.deepEqual((await accounts.listGroups(dora)).items, []);
});

test('every mistake of a row is told at once, whatever else is wrong with it', async () => {
  const mistakes = [
    { column: 'mail', good: '', bad: 'keine Adresse', code: 'accounts.addressForm' },
    { column: 'name', good: 'Neue Person', bad: '', code: 'platform.textMissing' },
    { column: 'kennung', good: '', bad: 'nicht erlaubt', code: 'accounts.handleForm' },
    { column: 'gruppen', good: 'Bauamt', bad: '\u202ex|\u202ey|Bauamt', code: 'platform.textUnseen' },
    { column: 'sprache', good: 'de', bad: 'klingonisch', code: 'accounts.localeUnknown' },
    { column: 'einheit', good: '', bad: 'Mondverwaltung', code: 'accounts.unitUnknown' },
  ];
  const choices = Array.from({ length: 2 ** mistakes.length }, (_, bits) =>
    mistakes.map((_, index) => (bits >> index) % 2 === 1),
  );
  const rows = choices.map((isWrong, row) => {
    const cells = mistakes.map(({ good, bad, column }, index) => {
      if (isWrong[index]) return bad;
      return column === 'mail' ? `neu${row}@ellrich.example` : good;
    });
    return cells.join(';');
  });
  const { verdicts } = await accounts.importPeople(dora, {
    csv: csv(mistakes.map(({ column }) => column).join(';'), ...rows),
    dryRun: true,
  });
  assert.deepEqual(
    verdicts.map(({ verdict, reasons }) => [verdict, reasons.map(({ code }) => code)]),
    choices.map((isWrong) => {
      const codes = mistakes.filter((_, index) => isWrong[index]).map(({ code }) => code);
      return [codes.length === 0 ? 'created' : 'refused', codes];
    }),
  );
  assert.equal(verdicts.at(-1)?.reasons.find(({ code }) => code === 'platform.textUnseen')?.params.field, 'groups');
});

test('mistakes that show only beside other rows and people come with the others; of a strange account nothing more is said', async () => {
  const report = await accounts.importPeople(dora, {
    csv: csv(
      'mail;name;kennung;einheit',
      'doppelt@ellrich.example;;;',
      'doppelt@ellrich.example;;;Mondverwaltung',
      'anna@ellrich.example;Anna Apel;anders;Mondverwaltung',
      'emil@rhoenblick.example;Emil;anders;Mondverwaltung',
      'frei@ellrich.example;Frei;anna;Mondverwaltung',
    ),
    dryRun: true,
  });
  assert.deepEqual(
    told(report).map(([, , codes]) => codes),
    [
      'platform.textMissing',
      'platform.textMissing accounts.rowTwice accounts.unitUnknown',
      'accounts.handleStays accounts.unitUnknown',
      'accounts.addressTaken accounts.unitUnknown',
      'accounts.handleTaken accounts.unitUnknown',
    ],
  );
});

test('a language may be written out, and a unit’s path as the pages write it', async () => {
  const parent = (await accounts.listUnits(dora)).find(({ name }) => name === 'Stadtverwaltung')?.id ?? null;
  await accounts.createUnit(dora, { name: 'Bauhof', parent });
  const languages = ['de', 'Deutsch', 'GERMAN', 'en', 'Englisch', 'english', 'constructor'];
  const rows = languages.map((locale, row) => `sprache${row}@ellrich.example;Neu;${locale};Stadtverwaltung / Bauhof`);
  const { verdicts } = await accounts.importPeople(dora, { csv: csv('mail;name;sprache;einheit', ...rows), dryRun: true });
  assert.deepEqual(
    verdicts.map(({ reasons }) => reasons.map(({ code }) => code)),
    [[], [], [], [], [], [], ['accounts.localeUnknown']],
  );
});

test('the real run does what the dry run said; a second one finds nothing to do', async () => {
  assert.deepEqual(told(await accounts.importPeople(dora, { csv: table, dryRun: false })), expected);
  assert.equal((await accounts.getPerson(dora, { account: id.anna })).name, 'Anna Apel-Ahrens');
  assert.deepEqual(await groupsOf(id.anna), ['Bauamt', 'Brandschutz']);
  const hilde = (await people()).find(({ address }) => address === 'hilde@ellrich.example');
  assert.deepEqual(
    [hilde?.name, hilde?.handle, hilde?.state, hilde?.unit?.name],
    ['Hahn; Hilde', 'hilde', 'invited', 'Stadtverwaltung'],
  );
  assert.deepEqual(
    hilde?.groups.map(({ name }) => name),
    ['Bauamt'],
    'the group that was there, whatever its case',
  );
  const [mail] = await listMail(platform.db.read(ellrich), ellrich, 5);
  assert.deepEqual([mail?.to, mail?.subject], ['hilde@ellrich.example', 'Ihr Zugang zu Rennsteig (Stadt Ellrich)']);
  const again = await accounts.importPeople(dora, { csv: table, dryRun: false });
  assert.deepEqual(again.counts, { created: 0, updated: 0, unchanged: 3, refused: 5 });
});

test('a groups column says in which groups a person is afterwards; without one they stay', async () => {
  await accounts.importPeople(dora, { csv: csv('email address,name', 'anna@ellrich.example,Anna Apel'), dryRun: false });
  assert.deepEqual(await groupsOf(id.anna), ['Bauamt', 'Brandschutz']);
  const report = await accounts.importPeople(dora, {
    csv: csv('address,name,groups', 'anna@ellrich.example,Anna Apel,Kasse|Bauamt'),
    dryRun: false,
  });
  assert.deepEqual(told(report), [[2, 'updated', 'groups']]);
  assert.deepEqual([report.verdicts[0]?.leaves, report.newGroups], [['Brandschutz'], ['Kasse']]);
  const emptied = csv('address,name,groups', 'anna@ellrich.example,Anna Apel,');
  const [dry] = (await accounts.importPeople(dora, { csv: emptied, dryRun: true })).verdicts;
  assert.deepEqual(dry?.leaves, ['Bauamt', 'Kasse'], 'an empty cell takes somebody out of every group, and that is said');
  assert.deepEqual(await groupsOf(id.anna), ['Bauamt', 'Kasse']);
});

test('first and last names, handles, languages and Windows-1252', async () => {
  const latin = Buffer.from(
    'Nachname;Vorname;Mail;Kennung;Sprache\nM\xfcller;J\xf6rg;joerg@ellrich.example;JM1;en\nX;Y;y@ellrich.example;jm1;de\n',
    'latin1',
  );
  const report = await accounts.importPeople(dora, { csv: latin, dryRun: false, sendsMail: false });
  assert.deepEqual(told(report), [
    [2, 'created', ''],
    [3, 'refused', 'accounts.handleTaken'],
  ]);
  const joerg = (await people()).find(({ handle }) => handle === 'jm1');
  assert.deepEqual([joerg?.name, joerg?.locale], ['Jörg Müller', 'en']);
  const changed = csv('mail;name;kennung', 'joerg@ellrich.example;Jörg Müller;anders');
  assert.deepEqual(told(await accounts.importPeople(dora, { csv: changed, dryRun: true })), [
    [2, 'refused', 'accounts.handleStays'],
  ]);
});

test('groups are found whatever their case, also in letters that are hard to fold', async () => {
  const rows = csv(
    'mail;name;gruppen',
    'anna@ellrich.example;Anna Apel;İzmir|STRAßE|strasse',
    'bernd@ellrich.example;Bernd Böhme;izmir',
  );
  await accounts.importPeople(dora, { csv: rows, dryRun: false });
  assert.deepEqual((await groupsOf(id.anna)).toSorted(), ['STRAßE', 'strasse', 'İzmir'].toSorted());
});

test('what is not such a table is refused as a whole, and not everybody may import', async () => {
  const run = (bytes: Uint8Array) => accounts.importPeople(dora, { csv: bytes, dryRun: true });
  await assert.rejects(run(csv('Vorname;Telefon', 'Anna;1')), refusedWith('accounts.csvColumns'));
  await assert.rejects(run(Buffer.alloc(0)), refusedWith('accounts.csvEmpty'));
  await assert.rejects(run(Buffer.from('PK\u0003\u0004\u0014\0\u0006\0;x')), refusedWith('accounts.csvBinary'));
  await assert.rejects(run(csv('mail;name', '"offen;x')), refusedWith('accounts.csvQuotes'));
  await assert.rejects(accounts.importPeople(anna, { csv: table, dryRun: true }), refusedWith('platform.forbidden'));
  await assert.rejects(accounts.importPeople(dora, { tenant: tlrz, csv: table, dryRun: true }), refusedWith('platform.notFound'));
});

test('an administrator of the provider cannot rename its operators by a table', async () => {
  const address = 'lokal@tlrz.example';
  const { account } = await accounts.invite(paula, { address, name: 'Lena Lokal', roles: ['tenantAdministrator'] });
  const actor = { ...(dora.actor as Extract<typeof dora.actor, { kind: 'account' }>), tenant: tlrz, account };
  const report = await accounts.importPeople(
    { ...dora, actor },
    { csv: csv('mail;name', 'paula@tlrz.example;Ich'), dryRun: false },
  );
  assert.deepEqual(told(report), [[2, 'refused', 'platform.forbidden']]);
});

test('five thousand people at once, and not one more', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => `p${index}@gross.example;Person ${index};Gruppe ${index % 50}`);
  const report = await accounts.importPeople(dora, { csv: csv('mail;name;gruppen', ...rows), dryRun: false });
  assert.equal(report.counts.created, 5_000);
  assert.equal((await accounts.listGroups(dora, { search: 'Gruppe 7' })).items[0]?.members, 100);
  const tooMany = csv('mail;name', ...rows, 'noch@gross.example;Eine');
  await assert.rejects(accounts.importPeople(dora, { csv: tooMany, dryRun: true }), refusedWith('accounts.csvTooLong'));
});

test('a row names a hundred groups at most, and a table makes five hundred: more is a mistake, and changes nothing', async () => {
  const names = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `Gruppe ${from + index}`).join('|');
  const { verdicts } = await accounts.importPeople(dora, {
    csv: csv('mail;name;gruppen', `viele@ellrich.example;Viele;${names(100)}`, `mehr@ellrich.example;Mehr;${names(40_000)}`),
    dryRun: true,
  });
  assert.deepEqual(
    verdicts.map(({ verdict, reasons }) => [verdict, reasons.map(({ code }) => code)]),
    [
      ['created', []],
      ['refused', ['accounts.rowGroups']],
    ],
  );
  const rows = Array.from({ length: 6 }, (_, row) => `g${row}@ellrich.example;Person;${names(100, row * 100)}`);
  const wide = accounts.importPeople(dora, { csv: csv('mail;name;gruppen', ...rows), dryRun: false });
  await assert.rejects(wide, { kind: 'tooLarge', code: 'accounts.groupsMade' });
  const again = await accounts.importPeople(dora, { csv: csv('mail;name', 'g0@ellrich.example;Person'), dryRun: true });
  assert.equal(again.verdicts[0]?.verdict, 'created', 'nobody of the table is there');
});
