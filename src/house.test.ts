import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { openStand } from '../test/stand.ts';
import { OperatorError } from './house.ts';

test('a port on which somebody else listens is named in a sentence, with what can be done', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { house } = await openStand({ settings: { RENNSTEIG_PORT: String(port) } });
  await assert.rejects(house.listen(), (error) => {
    assert.ok(error instanceof OperatorError);
    assert.match(error.message, new RegExp(`port ${port}: another programme is listening there.*--port`));
    return true;
  });
  other.close();
});
