import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayContract } from './gateway.contract.ts';

import { openSignedForms, signature } from './gateway-signed-forms.ts';
import { openXBezahldienste } from './gateway-xbezahldienste.ts';

gatewayContract('like XBezahldienste', openXBezahldienste, '/x');
gatewayContract('signed forms', openSignedForms, '/f');

test('fields cannot be moved into each other under the same signature', () => {
  assert.notEqual(signature('s', { a: '1', b: '2' }), signature('s', { a: '1&1:b=1:2' }));
  assert.notEqual(signature('s', { a: '1' }), signature('t', { a: '1' }));
});
