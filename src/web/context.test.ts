import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localPath } from './context.ts';

test('a path of ours stays as it is', () => {
  for (const path of ['/', '/konto', '/dateien/7?ab=%C3%A4#x', '/a//b']) assert.equal(localPath(path), path);
});

test('whatever is given, the way back never leaves this server', () => {
  const starts = fc.constantFrom('/', '//', '/\\', '/\t/', '/\n/', '\\', 'https://', 'javascript:', '/%2f', '/.//', '/../', ' /');
  fc.assert(
    fc.property(starts, fc.webUrl(), fc.string(), (start, url, rest) => {
      for (const given of [`${start}${rest}`, `${start}${url}`, `${start}fremd.example/${rest}`]) {
        const target = new URL(localPath(given), 'https://hier.example/konto');
        assert.equal(target.origin, 'https://hier.example', given);
      }
    }),
  );
});

test('anything but a text is the start page', () => {
  for (const given of [null, undefined, 7, {}, '', 'konto']) assert.equal(localPath(given), '/');
});
