import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkServiceAddress } from './outside.ts';

test('the address of a service is public and encrypted, or the operator has named it', () => {
  const check = (text: string, isLocalFine = false) =>
    checkServiceAddress(text, { isLocalFine, code: 'test.address', field: 'address' });
  assert.equal(check('https://pay.example/x/'), 'https://pay.example/x');
  for (const wrong of [
    'http://pay.example',
    'https://u:p@pay.example',
    'https://pay.example/?a=1',
    'ftp://pay.example',
    'pay',
    'https://localhost',
  ])
    assert.throws(() => check(wrong), { kind: 'invalid', code: 'test.address' }, wrong);
  assert.equal(check('http://127.0.0.1:9/x', true), 'http://127.0.0.1:9/x');
  assert.throws(() => check('http://pay.example', true), { kind: 'invalid' });
});
