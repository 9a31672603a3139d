import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '#platform/errors';
import {
  allows,
  checkName,
  doomedVersions,
  etagOf,
  freeBytes,
  highestRole,
  limits,
  nameKey,
  numberedName,
  permissions,
  type SpaceRole,
  spaceRoles,
} from './rules.ts';

const refused = (code: string) => (error: unknown) => error instanceof Failure && error.kind === 'invalid' && error.code === code;

test('names that one of the three systems cannot hold are refused with the reason', () => {
  const wrong: [string, string][] = [
    ['', 'files.nameEmpty'],
    ['.', 'files.nameEmpty'],
    ['..', 'files.nameEmpty'],
    ['a/b', 'files.nameCharacter'],
    ['a\\b', 'files.nameCharacter'],
    ['a:b', 'files.nameCharacter'],
    ['Zeile\nzwei', 'files.nameCharacter'],
    ['null\0', 'files.nameCharacter'],
    ['Rechnung\u202efdp.exe', 'files.nameTurns'],
    ['\u2067umgekehrt', 'files.nameTurns'],
    ['Entwurf.', 'files.nameEnd'],
    ['Entwurf ', 'files.nameEnd'],
    ['con', 'files.nameReserved'],
    ['NUL.txt', 'files.nameReserved'],
    ['Com1.pdf', 'files.nameReserved'],
    ['ü'.repeat(128), 'files.nameLong'],
    ['\ud800', 'files.nameNotText'],
  ];
  for (const [name, code] of wrong) assert.throws(() => checkName(name), refused(code), JSON.stringify(name));
});

test('names people really use are fine', () => {
  for (const name of [
    'Haushalt 2027.xlsx',
    '.gitignore',
    'Straße & Plätze (neu).pdf',
    '🏛️ Rathaus',
    'חוזה \u200f2026.pdf',
    'a'.repeat(255),
    'consul.txt',
    'com10',
  ]) {
    assert.equal(checkName(name), name);
  }
});

test('both spellings of an umlaut are one name', () => {
  assert.equal(checkName('Ba\u0308ume.txt'), 'B\u00e4ume.txt');
  assert.equal(nameKey('BA\u0308UME.TXT'), nameKey('b\u00e4ume.txt'));
});

test('whatever passes the check is stable, and its key does not depend on case or form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
      let name: string;
      try {
        name = checkName(text);
      } catch {
        return;
      }
      assert.equal(checkName(name), name);
      assert.ok(!/[/\\\0]/.test(name));
      assert.ok(Buffer.byteLength(name) <= limits.nameBytes);
      assert.equal(nameKey(name.normalize('NFD')), nameKey(name));
      assert.equal(nameKey(nameKey(name)), nameKey(name));
    }),
  );
});

test('a numbered name keeps the extension and stays within the limit', () => {
  assert.equal(numberedName('Bericht.pdf', 2), 'Bericht (2).pdf');
  assert.equal(numberedName('Ordner', 3), 'Ordner (3)');
  assert.equal(numberedName('.profile', 2), '.profile (2)');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      fc.integer({ min: 2, max: 999 }),
      (stem, number) => {
        const name = numberedName(`${stem}.pdf`, number);
        assert.ok(name.endsWith(` (${number}).pdf`));
        assert.ok(Buffer.byteLength(name) <= limits.nameBytes);
      },
    ),
  );
});

test('a role may all that a lesser one may', () => {
  for (const action of Object.keys(permissions.may) as (keyof typeof permissions.may)[]) {
    const answers = spaceRoles.map((role) => allows(role, action));
    assert.deepEqual(answers, [...answers].sort(), action);
    assert.ok(allows('manager', action));
  }
  assert.equal(permissions.see({ kind: 'nobody', tenant: 1 }, { role: null }), false);
});

test('of several roles the highest counts', () => {
  assert.equal(highestRole([]), null);
  assert.equal(highestRole(['viewer', 'manager', 'editor']), 'manager');
  fc.assert(
    fc.property(fc.array(fc.constantFrom<SpaceRole>(...spaceRoles), { minLength: 1 }), (roles) => {
      const best = highestRole(roles) as SpaceRole;
      assert.ok(roles.every((role) => spaceRoles.indexOf(role) <= spaceRoles.indexOf(best)));
    }),
  );
});

test('the smallest room counts, and no limit is no limit', () => {
  assert.equal(freeBytes([{ used: 5, quota: null }]), null);
  assert.equal(
    freeBytes([
      { used: 5, quota: 10 },
      { used: 1, quota: 3 },
    ]),
    2,
  );
  assert.equal(freeBytes([{ used: 50, quota: 10 }]), 0);
});

test('etags of different spaces, nodes or changes differ', () => {
  const few = fc.oneof(fc.nat(2), fc.nat(1e9)); // small ones meet often
  const place = fc.record({ space: few, id: few, etag: few });
  const isSame = (a: Parameters<typeof etagOf>[0], b: typeof a) => a.space === b.space && a.id === b.id && a.etag === b.etag;
  fc.assert(fc.property(place, place, (a, b) => assert.equal(etagOf(a) === etagOf(b), isSame(a, b))));
});

const now = new Date('2026-11-23T08:00:00Z');
const versionsAged = (hours: readonly number[]) =>
  hours.map((age, index) => ({ id: hours.length - index, replacedAt: new Date(now.getTime() - age * 3_600_000), label: null }));

test('standard thinning keeps everything of a day, then less and less', () => {
  const everyTenMinutes = versionsAged(Array.from({ length: 24 * 6 * 10 }, (_, index) => index / 6));
  const doomed = new Set(doomedVersions(everyTenMinutes, { versions: 'standard', versionDays: 3_650 }, now));
  const kept = everyTenMinutes.filter(({ id }) => !doomed.has(id));
  const ageInDays = ({ replacedAt }: { replacedAt: Date }) => (now.getTime() - replacedAt.getTime()) / 86_400_000;
  assert.equal(kept.filter((version) => ageInDays(version) <= 1).length, 145);
  const ofTheWeek = kept.filter((version) => ageInDays(version) > 1 && ageInDays(version) <= 7).length;
  assert.ok(ofTheWeek >= 143 && ofTheWeek <= 146, `${ofTheWeek} of the week`);
  assert.ok(kept.filter((version) => ageInDays(version) > 7).length <= 4);
});

test('thinning again changes nothing; a label protects; age and number end everything else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 80 }),
      fc.integer({ min: 1, max: 400 }),
      (hours, versionDays) => {
        const versions = versionsAged([...hours].sort((a, b) => a - b));
        const policy = { versions: 'standard', versionDays } as const;
        const doomed = doomedVersions(versions, policy, now);
        const rest = versions.filter(({ id }) => !doomed.includes(id));
        assert.deepEqual(doomedVersions(rest, policy, now), []);
        assert.ok(rest.every(({ replacedAt }) => now.getTime() - replacedAt.getTime() <= versionDays * 86_400_000));
        const labelled = versions.map((version) => ({ ...version, label: 'Beschlussfassung' }));
        assert.deepEqual(doomedVersions(labelled, { versions: 'none', versionDays: 1 }, now), []);
        assert.equal(doomedVersions(versions, { versions: 'none', versionDays: 1 }, now).length, versions.length);
      },
    ),
  );
});
