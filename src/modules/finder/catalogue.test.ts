import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lifeEvents, texts } from './catalogue/index.ts';
import { checkContent } from './rules-content.ts';

const keys = new Set(texts.map(({ key }) => key));

test('every text is whole in both languages, point for point', () => {
  assert.ok(texts.length >= 40);
  for (const { key, content } of texts) {
    assert.ok(content.titleEn && content.summaryEn && content.plain, key);
    for (const part of ['documents', 'fees', 'deadlines', 'steps'] as const)
      assert.equal(content[`${part}En`].length, content[part].length, `${key}: ${part}`);
    for (const part of ['details', 'duration', 'assuranceSource'] as const)
      assert.equal(content[`${part}En`] !== '', content[part] !== '', `${key}: ${part}`);
    assert.ok(content.keywordsEn.length > 0, key);
  }
});

test('amounts and days are the same in both languages', () => {
  const numbers = (text: string) => (text.replaceAll(/(?<=\d),(?=\d)/g, '.').match(/\d+(\.\d+)?/g) ?? []).sort();
  for (const { key, content } of texts)
    for (const part of ['fees', 'deadlines', 'steps'] as const)
      assert.deepEqual(numbers(content[`${part}En`].join(' ')), numbers(content[part].join(' ')), `${key}: ${part}`);
});

test('every situation in life is whole and names services that exist, and every service has one', () => {
  const known = new Set(lifeEvents.map(({ key }) => key));
  for (const { key, content } of lifeEvents) {
    assert.ok(content.title && content.text && content.plain && content.titleEn && content.textEn, key);
    assert.deepEqual(
      content.services.filter((service) => !keys.has(service)),
      [],
      key,
    );
    checkContent('lifeEvent', content);
  }
  for (const { key, content } of texts) {
    assert.ok(content.lifeEvents.length > 0, key);
    assert.deepEqual(
      content.lifeEvents.filter((event) => !known.has(event)),
      [],
      key,
    );
    checkContent('service', content);
  }
});
