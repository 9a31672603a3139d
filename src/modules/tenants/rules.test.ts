import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '#platform/errors';
import { say } from '#platform/words';
import { picture, pngChunk } from '../../../test/picture.ts';
import { agsOf, checkHost, checkMunicipalityKey, checkPlace, checkSlug, limits, slugFrom, tenantKinds } from './rules.ts';
import { brandColours, checkColour, cleanCrest, contrast, crestLimits } from './rules-branding.ts';
import {
  checkPolicyValue,
  type Decision,
  effective,
  type PolicyDefinition,
  policies,
  policyNames,
  valuesOf,
} from './rules-policy.ts';
import { words } from './words.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#ffffff', '#000000'), 21);
  assert.equal(contrast('#777777', '#777777'), 1);
  assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54'); // the well-known lightest grey for text on white
});

test('a colour that is accepted can be read in both themes, and what is suggested is accepted', () => {
  fc.assert(
    fc.property(colour, (given) => {
      try {
        const { light, dark } = brandColours(checkColour(given));
        assert.ok(contrast(light, '#ffffff') >= 4.5);
        assert.ok(contrast(dark, '#1b2230') >= 4.5);
      } catch (error) {
        assert.ok(error instanceof Failure && error.code === 'tenants.colourTooLight');
        assert.equal(checkColour(String(error.params.suggestion)), error.params.suggestion);
      }
    }),
  );
  assert.throws(() => checkColour('red'), refusedWith('tenants.colourForm'));
});

test('a crest keeps its picture and loses everything else', () => {
  const plain = picture();
  assert.deepEqual(cleanCrest(plain), plain);
  const text = pngChunk('tEXt', Buffer.from('Comment\0<script>alert(1)</script>'));
  const cleaned = cleanCrest(Buffer.concat([picture({ extra: [text] }), Buffer.from('<svg onload=…>')]));
  assert.ok(!cleaned.includes('script') && !cleaned.includes('svg'));
});

test('what is not a small plain PNG is refused, and told what is wrong with it', () => {
  const bad: [string, string, Buffer][] = [
    ['SVG', 'NoPng', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a large table', 'NoPng', Buffer.alloc(crestLimits.bytes + 1, 'a;b')],
    ['empty', 'Missing', Buffer.alloc(0)],
    ['signature only', 'Damaged', picture().subarray(0, 8)],
    ['cut', 'Damaged', picture().subarray(0, -6)],
    ['too large in pixels', 'Pixels', picture({ width: crestLimits.mostPixels + 1 })],
    ['too small', 'Pixels', picture({ height: 8 })],
    ['interlaced', 'Interlaced', picture({ interlace: 1 })],
    ['unpacks to more', 'Damaged', picture({ bytes: 5_000_000 })],
    ['unpacks to less', 'Damaged', picture({ bytes: 100 })],
    ['too large in bytes', 'TooLarge', picture({ extra: [pngChunk('tEXt', Buffer.alloc(crestLimits.bytes))] })],
  ];
  for (const [name, fault, bytes] of bad) {
    assert.throws(() => cleanCrest(bytes), refusedWith(`tenants.crest${fault}`), name);
    assert.ok(words[`tenants.crest${fault}`], fault);
  }
  assert.match(say(words, 'de', 'tenants.crestTooLarge', crestLimits), /höchstens 65,5 KB\./);
});

test('no flipped byte makes it past the checks as another picture', () => {
  const whole = picture();
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
      const damaged = Buffer.from(whole);
      damaged[position] = (damaged[position] as number) ^ change;
      assert.throws(() => cleanCrest(damaged), refusedWith(`tenants.crest${position < 8 ? 'NoPng' : 'Damaged'}`));
    }),
  );
});

const decisionValue = fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.constantFrom('standard', 'all', 'none'));

test('whatever was once stored, the policies in force are complete and within their bounds', () => {
  const decisions = fc.dictionary(
    fc.constantFrom<string>(...policyNames, 'somethingOld'),
    decisionValue.map((value): Decision => ({ value, tenant: 5, origin: 'Ellrich' })),
  );
  fc.assert(
    fc.property(decisions, (given) => {
      const all = effective(given);
      const values = valuesOf(all);
      for (const name of policyNames) {
        checkPolicyValue(name, all[name].value);
        assert.equal(all[name].tenant === null, all[name].origin === null);
        if (all[name].tenant !== null) assert.equal(all[name].value, given[name]?.value);
      }
      assert.ok(values.sessionIdleSeconds <= values.sessionLongestSeconds);
    }),
  );
});

test('every policy’s default is one that could be chosen', () => {
  for (const name of policyNames) assert.equal(checkPolicyValue(name, policies[name].fallback), policies[name].fallback, name);
});

test('a number outside its bounds or of another kind is refused', () => {
  for (const name of policyNames) {
    const definition: PolicyDefinition = policies[name];
    if (definition.kind === 'choice' || definition.kind === 'yesNo') continue;
    for (const wrong of [definition.least - 1, definition.most + 1, definition.least + 0.5, Number.NaN, '12', null])
      assert.throws(() => checkPolicyValue(name, wrong), refusedWith('tenants.policyBounds'), `${name}: ${wrong}`);
  }
  assert.throws(() => checkPolicyValue('versionThinning', 'toString'), refusedWith('tenants.policyChoice'));
  assert.throws(() => checkPolicyValue('appPasswords', 'yes'), refusedWith('tenants.policyYesNo'));
});

test('the hierarchy has one root, no circle, and an end', () => {
  const line = [
    { tenant: 4, kind: 'district' },
    { tenant: 1, kind: 'provider' },
  ] as const;
  checkPlace({ tenant: 9, kind: 'municipality' }, line);
  checkPlace({ tenant: 1, kind: 'provider' }, []);
  assert.throws(() => checkPlace({ tenant: 4, kind: 'authority' }, line), refusedWith('tenants.cycle'));
  assert.throws(() => checkPlace({ tenant: 9, kind: 'state' }, line), refusedWith('tenants.parentKind'));
  assert.throws(() => checkPlace({ tenant: 9, kind: 'provider' }, line), refusedWith('tenants.parentKind'));
  assert.throws(() => checkPlace({ tenant: 9, kind: 'authority' }, []), refusedWith('tenants.parentKind'));
  assert.throws(() => checkPlace({ tenant: 9, kind: 'authority' }, line, ['district']), refusedWith('tenants.childKind'));
  const deep = Array.from({ length: limits.depth }, (_, index) => ({ tenant: 100 + index, kind: 'authority' as const }));
  assert.throws(() => checkPlace({ tenant: 9, kind: 'authority' }, deep), refusedWith('tenants.tooDeep'));
  for (const kind of tenantKinds.filter((kind) => kind !== 'provider'))
    checkPlace({ tenant: 9, kind }, [{ tenant: 1, kind: 'provider' }]);
});

test('official keys are AGS or ARS', () => {
  assert.equal(checkMunicipalityKey(' 16 0 62 005 '), '16062005');
  assert.equal(checkMunicipalityKey('160620005005'), '160620005005');
  assert.equal(checkMunicipalityKey(''), null);
  assert.deepEqual(['16062005', '160625005005', '160660000000'].map(agsOf), ['16062005', '16062005', '16066000']);
  for (const wrong of ['1606200', '160620051', '17062005', '00062005', '1606200a'])
    assert.throws(() => checkMunicipalityKey(wrong), refusedWith('tenants.keyForm'), wrong);
});

test('slugs and hosts are what addresses can hold', () => {
  assert.equal(checkSlug(' Heringen-Helme '), 'heringen-helme');
  for (const wrong of ['', '-a', 'a-', 'ä', 'a b', 'a.b', 'x'.repeat(64)])
    assert.throws(() => checkSlug(wrong), refusedWith('tenants.slugForm'), wrong);
  assert.equal(checkHost('Cloud.Rhönblick.example.'), 'cloud.xn--rhnblick-o4a.example');
  for (const wrong of ['', 'a:80', 'a/b', '-a.de', 'a..b', 'a b', `${'x'.repeat(64)}.de`])
    assert.throws(() => checkHost(wrong), refusedWith('tenants.hostForm'), wrong);
});

test('every sentence is there in both languages', () => {
  for (const [code, { de, en }] of Object.entries(words)) {
    assert.match(code, /^tenants\./);
    const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    assert.deepEqual(placeholders(de), placeholders(en), code);
  }
});

test('a name makes a slug that may stand in an address', () => {
  assert.equal(slugFrom('Stadt Bad Köstritz'), 'stadt-bad-koestritz');
  assert.equal(slugFrom('  Café (Weiß) & Söhne! '), 'cafe-weiss-soehne');
  assert.equal(slugFrom('—'), '');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const slug = slugFrom(name);
      if (slug !== '') assert.equal(checkSlug(slug), slug);
    }),
  );
});
