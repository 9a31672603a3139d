import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { httpLimits } from './http.ts';

const { house } = await openStand();
await house.app.listen({ host: '127.0.0.1', port: 0 });
const { port } = house.app.server.address() as AddressInfo;

/** What comes back of raw requests until the connection is closed. */
async function say(requests: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {}); // a reset is one way of being cut off
  socket.write(requests);
  let answers = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answers += text;
  });
  await once(socket, 'close');
  return answers;
}

/** Asks so often on one connection without waiting; how many answers come until it is closed. */
async function answersTo(count: number): Promise<number> {
  const asking = (index: number) =>
    `GET /readyz HTTP/1.1\r\nHost: x\r\n${index === count - 1 ? 'Connection: close\r\n' : ''}\r\n`;
  const answers = await say(Array.from({ length: count }, (_, index) => asking(index)).join(''));
  return answers.split('HTTP/1.1 200').length - 1;
}

test('a connection may ask on a few times without reading, and is cut when it goes on', async () => {
  assert.equal(await answersTo(httpLimits.pipelined), httpLimits.pipelined);
  assert.equal(await answersTo(httpLimits.pipelined + 1), 0);
});

test('a connection that waits for each answer may ask as often as it likes', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  for (let index = 0; index < 2 * httpLimits.pipelined; index += 1) {
    const [answer] = (await once(get({ agent, port, path: '/healthz' }), 'response')) as [IncomingMessage];
    sockets.add(answer.socket);
    await once(answer.resume(), 'end');
  }
  assert.equal(sockets.size, 1);
  agent.destroy();
});

test('a request with no Host or with two is refused', async () => {
  for (const hosts of ['', 'Host: a\r\nHost: b\r\n', 'Host: a\r\nhOST: a\r\n']) {
    const answer = await say(`GET /healthz HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 400 /, JSON.stringify(hosts));
  }
});

test('an address that is none is refused like everything else, and not repeated', async () => {
  for (const url of ['/leistung/%ff%3Cb%3E', '/%', '/dateien/%c0%af']) {
    const answer = await house.app.inject({ method: 'GET', url, headers: { host: 'localhost' } });
    assert.equal(answer.statusCode, 400, url);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.match(answer.body, /Die Anfrage ist nicht in Ordnung/);
    assert.doesNotMatch(answer.body, /%|leistung/);
  }
});
