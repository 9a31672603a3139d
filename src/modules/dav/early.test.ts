import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { davClient } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const credentials = await people.appPassword('anna');
const anna = davClient(port, credentials);

const desktop = 'User-Agent: Mozilla/5.0 (Linux) mirall/3.7.3git (nextcloudcmd, debian)';

/** Sends the head of an upload of five bytes, and the body when something was answered to the head; resolves with all that was answered. */
function upload(name: string, { version = '1.1', more = desktop, hangsUp = false } = {}): Promise<string> {
  const head = `PUT ${anna.home}${name} HTTP/${version}\r\nHost: x\r\n${more.includes('Authorization') ? '' : `Authorization: ${credentials.authorization}\r\n`}${more}\r\nContent-Length: 5\r\nConnection: close\r\n\r\n`;
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (hangsUp) socket.end(head);
      else socket.write(head);
    });
    socket.on('data', (piece) => {
      if (answer === '' && !hangsUp) socket.write('Hallo');
      answer += piece.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

test('a desktop client whose body waits for an acknowledgement of the head gets one at once', async () => {
  assert.match(await upload('wartet.txt'), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
  assert.equal(await (await anna.get('wartet.txt')).text(), 'Hallo');
});

test('nobody else gets an answer they need not expect', async () => {
  const others = {
    'another program': { more: 'User-Agent: curl/7.88.1' },
    'a proxy between': { more: `${desktop}\r\nX-Forwarded-For: 198.51.100.7` },
    'the protocol before': { version: '1.0' },
  };
  for (const [who, how] of Object.entries(others))
    assert.doesNotMatch(await upload('wartet-nicht.txt', { ...how, hangsUp: true }), / 100 /, who);
  assert.equal(await anna.status('GET', 'wartet-nicht.txt'), 404);
});

test('without a right to it the body is not asked for', async () => {
  const wrong = `${desktop}\r\nAuthorization: Basic eDp5`;
  assert.doesNotMatch(await upload('fremd.txt', { more: wrong, hangsUp: true }), / 100 /);
});
