import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openXml } from './xml.ts';

const refuse = (why: string): never => {
  throw new Error(why);
};
const read = (text: string) => {
  const parser = openXml(refuse);
  let count = 0;
  parser.onopentag = ({ attributes }) => {
    count += Object.keys(attributes).length;
  };
  parser.write(text).close();
  return count;
};

test('a prefix nobody has bound is none, also where it is called like something every object has', () => {
  for (const prefix of ['t', 'toString', 'constructor', 'hasOwnProperty', '__proto__'])
    assert.throws(() => read(`<${prefix}:a/>`), /namespace/i, prefix);
  assert.equal(read('<a xml:lang="de" xmlns:toString="urn:x"><toString:b/></a>'), 2);
});

test('an element has so many attributes and no more; a document has as many as it likes', () => {
  const attributes = (count: number) => Array.from({ length: count }, (_, index) => ` a${index}="x"`).join('');
  assert.equal(read(`<a${attributes(500)}/>`), 500);
  assert.equal(read(`<a>${`<b${attributes(400)}/>`.repeat(5)}</a>`), 2_000);
  assert.throws(() => read(`<a${attributes(501)}/>`), /too many attributes/);
  assert.throws(() => read(`<a${attributes(501).replaceAll(' a', ' xmlns:a')}/>`), /too many attributes/);
});
