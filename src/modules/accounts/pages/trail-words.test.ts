import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { policyNames } from '#modules/tenants';
import { detailTexts } from './trail-texts-details.ts';
import { thingTexts, wholeTexts } from './trail-texts-things.ts';
import { valueTexts } from './trail-values.ts';
import { sayDetails, sayThing } from './trail-words.ts';

const source = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

type Syntax = { readonly type?: string; readonly name?: string; readonly [part: string]: unknown };
const isSyntax = (value: unknown): value is Syntax => typeof value === 'object' && value !== null;

/** A node of the syntax and everything below it. */
function* below(node: unknown): Generator<Syntax> {
  if (!isSyntax(node)) return;
  if (typeof node.type === 'string') yield node;
  for (const part of Object.values(node)) yield* below(part);
}

/** Whatever is written into the trail, file by file. */
function* writers(): Generator<{ readonly path: string; readonly text: string; readonly nodes: readonly Syntax[] }> {
  for (const path of globSync('{modules,platform,admin}/**/*.ts', { cwd: source })) {
    const text = readFileSync(resolve(source, path), 'utf8');
    if (/\.test\.ts$|\/pages\//.test(path) || !/\baudit\(|takeStep\(|\bnote\(tx/.test(text)) continue;
    yield { path, text, nodes: [...below(parseSync(path, text).program)] };
  }
}

const named = (node: unknown, name: string) => isSyntax(node) && node.name === name;

/** The objects that are given, or put together, as details; one of two as well. */
function detailsIn(nodes: readonly Syntax[]): Syntax[] {
  const given = nodes.flatMap((node) => {
    if (node.type === 'Property' && named(node.key, 'details')) return [node.value];
    return node.type === 'VariableDeclarator' && named(node.id, 'details') ? [node.init] : [];
  });
  const objects = given.flatMap((value) => {
    if (!isSyntax(value)) return [];
    return value.type === 'ConditionalExpression' ? [value.consequent, value.alternate] : [value];
  });
  return objects.filter(isSyntax).filter(({ type }) => type === 'ObjectExpression');
}

/** Names of the parts, of those too that are spread into it under a condition. */
function namesIn(object: Syntax): string[] {
  const objects = [...below(object)].filter(({ type }) => type === 'ObjectExpression');
  const parts = objects.flatMap(({ properties }) => properties as Syntax[]);
  return parts.flatMap(({ key }) => (isSyntax(key) && key.name ? [key.name] : []));
}

test('every detail that is written into the trail is called something in both languages', () => {
  const missing: string[] = [];
  let found = 0;
  for (const { path, nodes } of writers())
    for (const name of detailsIn(nodes).flatMap(namesIn)) {
      found += 1;
      if (!Object.hasOwn(detailTexts.de, name)) missing.push(`${path}: ${name}`);
    }
  assert.deepEqual(missing, []);
  assert.ok(found > 150, 'the details are found where they are written');
  assert.deepEqual(Object.keys(detailTexts.de).sort(), Object.keys(detailTexts.en).sort());
});

test('every kind of thing the trail names is called something in both languages', () => {
  const missing: string[] = [];
  for (const { path, text } of writers()) {
    const whole = [...text.matchAll(/\bthing: '([^']+)'/g)].map(([, thing = '']) => thing);
    const kinds = [...text.matchAll(/\b(?:thing:|thingOf = .*=>) `(\w+):/g)].map(([, kind = '']) => kind);
    missing.push(...whole.filter((thing) => !Object.hasOwn(wholeTexts.de, thing)).map((thing) => `${path}: ${thing}`));
    missing.push(...kinds.filter((kind) => !Object.hasOwn(thingTexts.de, kind)).map((kind) => `${path}: ${kind}`));
  }
  assert.deepEqual(missing, []);
  for (const { de, en } of [thingTexts, wholeTexts]) assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
});

test('words for values are there in both languages, and for every policy', () => {
  const keys = ({ de }: typeof valueTexts) => Object.entries(de).map(([name, words]) => [name, Object.keys(words)]);
  assert.deepEqual(keys(valueTexts), keys({ de: valueTexts.en, en: valueTexts.de }));
  assert.deepEqual(Object.keys(valueTexts.de.policy ?? {}).sort(), [...policyNames].sort());
});

const said = (action: string, details: Readonly<Record<string, unknown>>) =>
  sayDetails('de', { action, details }).map((pair) => pair.join(': '));

test('details are said as people say them', () => {
  const idle = { policy: 'sessionIdleSeconds', from: 21_600, to: 9_000 };
  assert.deepEqual(said('tenants.setPolicy', idle), [
    'Regel: Abmelden bei Untätigkeit',
    'vorher: 6 Stunden',
    'nachher: 150 Minuten',
  ]);
  const off = { policy: 'appPasswords', from: true, to: false };
  assert.deepEqual(said('tenants.setPolicy', off), ['Regel: App-Passwörter', 'vorher: ja', 'nachher: nein']);
  const counts = { created: 1, updated: 1, unchanged: 0, refused: 1 };
  assert.deepEqual(said('accounts.import', counts), ['eingeladen: 1', 'geändert: 1', 'gleich geblieben: 0', 'abgelehnt: 1']);
  assert.deepEqual(said('accounts.import', { changes: ['groups', 'locale'] }), ['geändert: Gruppen, Sprache']);
  const members = [{ principal: 'Dora Döring', role: 'manager' }];
  assert.deepEqual(said('files.createSpace', { kind: 'shared', members }), [
    'Art: gemeinsam',
    'Mitglieder: Dora Döring (leitet)',
  ]);
  assert.deepEqual(said('payments.refundDone', { cents: 500 }), ['Betrag: 5,00\u00a0€']);
  assert.deepEqual(said('finder.publish', { version: 2, to: 'published' }), ['Version Nr.: 2', 'Zustand: veröffentlicht']);
  assert.deepEqual(said('accounts.moveToUnit', { from: null, to: 22 }), ['nachher: Nr. 22']);
  const source = { files: 2, bytes: 2_048 };
  assert.deepEqual(said('migration.signOff', { source, isComplete: false }), [
    'Quelle: Dateien 2; Größe 2\u00a0KB',
    'vollständig: nein',
  ]);
  assert.deepEqual(said('accounts.disable', { reason: 'constructor' }), ['Begründung: constructor']);
});

test('a thing is called by its name, or by as much of its number as tells it apart', () => {
  assert.equal(sayThing('de', 'group:74', 'Bauhof'), 'Gruppe „Bauhof“');
  assert.equal(sayThing('de', 'intake:tray', null), 'Eingang');
  assert.equal(sayThing('de', 'arrival:13aef2e7-0000-4000-8000-000000000000', null), 'Zustellung 13aef2e7');
  assert.equal(sayThing('en', 'destination:gewerbeanmeldung', null), 'Delivery point for gewerbeanmeldung');
});
