import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '#platform/errors';
import { isFulfilled, parseIf, submittedTokens } from './rules-if.ts';
import { encodeSegment, parseDavPath, parseDestination, withoutQuery } from './rules-path.ts';
import { childOf, type Element, escapeXml, parseXml, textOf, writeContent, xmlLimits } from './xml.ts';

const isInvalid = (error: unknown) => error instanceof Failure && error.kind === 'invalid';

test('any path of any names comes through encoding and parsing as it was', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => !/[/\\\0]/.test(text) && text !== '.' && text !== '..' && text.isWellFormed());
  fc.assert(
    fc.property(fc.array(name, { maxLength: 6 }), (segments) => {
      const path = `/remote.php/dav/files/anna/${segments.map(encodeSegment).join('/')}`;
      assert.deepEqual(parseDavPath(path), { tree: 'files', base: '/remote.php/dav/files/anna', handle: 'anna', segments });
    }),
  );
});

test('paths that try to leave, hide or confuse are refused', () => {
  const refused = ['..', '%2e%2e', '.', 'a%2Fb', 'a%5Cb', 'a%00b', '%', '%zz', '%C3%28', 'x'.repeat(9_000), 'a/'.repeat(130)];
  for (const rest of refused) assert.throws(() => parseDavPath(`/remote.php/webdav/${rest}`), isInvalid, rest);
  assert.throws(() => withoutQuery('/remote.php/webdav/a/#b'), isInvalid);
  assert.throws(
    () => parseDavPath('/remote.php/dav/filesystem/anna'),
    (error: Failure) => error.kind === 'notFound',
  );
});

test('bytes that were sent unencoded are read as UTF-8', () => {
  const raw = Buffer.from('/remote.php/webdav/Bäume').toString('latin1');
  assert.deepEqual(parseDavPath(withoutQuery(raw)).segments, ['Bäume']);
});

test('a destination is a path or an address of ours, nothing else', () => {
  const at = (header: string) => parseDestination(header, 'cloud.example:8080').segments;
  assert.deepEqual(at('/remote.php/webdav/a%20b'), ['a b']);
  assert.deepEqual(at('http://cloud.example:8080/remote.php/webdav/a?x=1'), ['a']);
  assert.throws(
    () => at('http://evil.example/remote.php/webdav/a'),
    (error: Failure) => error.code === 'dav.destinationElsewhere',
  );
  assert.throws(() => at('//evil.example/remote.php/webdav/a'), isInvalid);
  assert.throws(() => at('http://cloud.example:8080/remote.php/webdav/../../etc'), isInvalid);
  assert.throws(() => at('webdav/a'), isInvalid);
  assert.throws(() => parseDestination(undefined, 'x'), isInvalid);
});

const token = 'urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2';

test('the If headers of RFC 4918 mean what the RFC says', () => {
  const is = (header: string, etag: string | null, tokens: readonly string[]) =>
    isFulfilled(parseIf(header), () => ({ etag, tokens }));
  const example = `(<${token}> ["I am an ETag"]) (["I am another ETag"])`; // 10.4.6
  assert.equal(is(example, 'I am an ETag', [token]), true);
  assert.equal(is(example, 'I am an ETag', []), false);
  assert.equal(is(example, 'I am another ETag', []), true);
  const not = `(Not <${token}> <urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092>)`; // 10.4.7
  assert.equal(is(not, null, ['urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092']), true);
  assert.equal(is(not, null, [token, 'urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092']), false);
  assert.equal(is(`(<${token}>) (Not <DAV:no-lock>)`, null, []), true); // 10.4.8
  assert.deepEqual(submittedTokens(parseIf(not)), ['urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092']);
  const tagged = parseIf(`</a> (<${token}>) </b> (["x"])`);
  assert.deepEqual(
    tagged.map(({ resource }) => resource),
    ['/a', '/b'],
  );
  assert.equal(is('(["strong"])(W/"weak")'.replace('(W/"weak")', '([W/"weak"])'), 'weak', []), true);
});

test('what is no If header is refused, however it is garbled', () => {
  for (const header of [
    '',
    '()',
    '(',
    'x',
    `<a> <b> (<${token}>)`,
    `(<${token}>`,
    '(["a)',
    `${'(<a>)'.repeat(65)}`,
    `(<${'a'.repeat(9_000)}>)`,
  ]) {
    if (header === '') assert.deepEqual(parseIf(header), []);
    else assert.throws(() => parseIf(header), isInvalid, header.slice(0, 30));
  }
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('(', ')', '<', '>', '[', ']', '"', ' ', 'a', 'Not') }), (text) => {
      try {
        parseIf(text);
      } catch (error) {
        assert.ok(isInvalid(error));
      }
    }),
  );
});

test('XML that is broken, declares a type or grows without end is refused', () => {
  const billion = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>';
  const external = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>';
  const deep = '<a>'.repeat(xmlLimits.depth + 1) + '</a>'.repeat(xmlLimits.depth + 1);
  const wide = `<a>${'<b/>'.repeat(xmlLimits.elements)}</a>`;
  for (const text of [
    billion,
    external,
    deep,
    wide,
    '',
    '   ',
    '<a>',
    '<a></b>',
    '<a b=c/>',
    '<x:a/>',
    '<a xmlns:x=""/>',
    'plain',
    '<a>&undefined;</a>',
    '<a/><b/>',
  ]) {
    assert.throws(() => parseXml(text), isInvalid, text.slice(0, 40));
  }
});

test('the stray letter of owncloudcmd 2.11 does no harm', () => {
  const root = parseXml('<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop>M</d:propfind>');
  assert.ok(childOf(root, 'DAV:', 'prop'));
});

test('any text survives escaping, but for characters XML cannot hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const root = parseXml(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`);
      const expected = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
      assert.equal(textOf(root), expected);
    }),
  );
});

test('a property’s XML comes back with the same meaning', () => {
  const name = fc.constantFrom('a', 'bC', 'd-e');
  const namespace = fc.constantFrom('', 'DAV:', 'http://example.org/"ns"&');
  const { element } = fc.letrec<{ element: Element }>((tie) => ({
    element: fc.record({
      namespace,
      name,
      attributes: fc.uniqueArray(
        fc.record({ namespace: fc.constantFrom('', 'urn:x'), name, value: fc.string({ unit: 'grapheme', maxLength: 8 }) }),
        {
          selector: (attribute) => `${attribute.namespace} ${attribute.name}`,
          maxLength: 3,
        },
      ),
      children: fc.array(fc.oneof({ maxDepth: 3 }, fc.constantFrom('Text', '<&>', ' '), tie('element')), { maxLength: 3 }),
    }) as fc.Arbitrary<Element>,
  }));
  const plain = ({ namespace: space, name: local, attributes, children }: Element): unknown => [
    space,
    local,
    attributes.map((each) => [each.namespace, each.name, each.value]).sort(),
    children.map((child) => (typeof child === 'string' ? child : plain(child))).reduce<unknown[]>(joinTexts, []),
  ];
  fc.assert(
    fc.property(element, (one) => {
      const again = parseXml(`<root>${writeContent({ namespace: '', name: 'root', attributes: [], children: [one] })}</root>`);
      assert.deepEqual(plain(again.children[0] as Element), plain(one));
    }),
  );
});

function joinTexts(list: unknown[], item: unknown): unknown[] {
  const last = list.at(-1);
  return typeof item === 'string' && typeof last === 'string' ? [...list.slice(0, -1), last + item] : [...list, item];
}
