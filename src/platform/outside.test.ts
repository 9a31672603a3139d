import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkServiceAddress, isPrivate } from './outside.ts';

test('private networks in all their clothes', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'])
    assert.ok(isPrivate(address), address);
  for (const address of ['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '[::1]', '64:ff9b::7f00:1'])
    assert.ok(isPrivate(address), address);
  for (const address of ['192.0.2.1', '8.8.8.8', '2001:4860::8888', '::ffff:8.8.8.8']) assert.ok(!isPrivate(address), address);
});

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
