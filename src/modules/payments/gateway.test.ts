import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayContract } from './gateway.contract.ts';
import { isPrivate } from './gateway-http.ts';
import { openSignedForms, signature } from './gateway-signed-forms.ts';
import { openXBezahldienste } from './gateway-xbezahldienste.ts';

gatewayContract('like XBezahldienste', openXBezahldienste, '/x');
gatewayContract('signed forms', openSignedForms, '/f');

test('private networks in all their clothes', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'])
    assert.ok(isPrivate(address), address);
  for (const address of ['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '[::1]', '64:ff9b::7f00:1'])
    assert.ok(isPrivate(address), address);
  for (const address of ['192.0.2.1', '8.8.8.8', '2001:4860::8888', '::ffff:8.8.8.8']) assert.ok(!isPrivate(address), address);
});

test('fields cannot be moved into each other under the same signature', () => {
  assert.notEqual(signature('s', { a: '1', b: '2' }), signature('s', { a: '1&1:b=1:2' }));
  assert.notEqual(signature('s', { a: '1' }), signature('t', { a: '1' }));
});
