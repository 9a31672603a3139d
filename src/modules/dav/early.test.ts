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
const asAnna = `Authorization: ${credentials.authorization}`;

type Sent = { readonly line: string; readonly fields?: readonly string[]; readonly body?: string; readonly hangsUp?: boolean };

/** Sends a head, and the body when something was answered to the head; resolves with all that was answered. */
function send({ line, fields = [desktop, asAnna], body = 'Hallo', hangsUp = false }: Sent): Promise<string> {
  const head = [line, 'Host: x', ...fields, `Content-Length: ${body.length}`, 'Connection: close', '', ''].join('\r\n');
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (hangsUp) socket.end(head);
      else socket.write(head);
    });
    socket.on('data', (piece) => {
      if (answer === '' && !hangsUp) socket.write(body);
      answer += piece.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

test('a desktop client whose body waits for an acknowledgement of the head gets one at once', async () => {
  assert.match(await send({ line: `PUT ${anna.home}wartet.txt HTTP/1.1` }), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
  assert.equal(await (await anna.get('wartet.txt')).text(), 'Hallo');
  const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/></d:prop></d:propfind>';
  const found = await send({ line: `PROPFIND ${anna.home} HTTP/1.1`, fields: [desktop, asAnna, 'Depth: 1'], body });
  assert.match(found, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 207 /);
});

test('what follows an interim answer is not packed: the client would not unpack it', async () => {
  const rows = 'x'.repeat(120);
  for (let number = 0; number < 60; number += 1) await anna.put(`${number}-${rows}.txt`, 'x');
  const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:resourcetype/></d:prop></d:propfind>';
  const fields = [asAnna, 'Depth: 1', 'Accept-Encoding: gzip, deflate'];
  const ask = (who: readonly string[]) => send({ line: `PROPFIND ${anna.home} HTTP/1.1`, fields: [...who, ...fields], body });
  const listed = await ask([desktop]);
  assert.match(listed, /^HTTP\/1\.1 100 /);
  assert.doesNotMatch(listed, /Content-Encoding/i);
  assert.match(listed, new RegExp(`59-${rows}`));
  const others = await anna.request('PROPFIND', '', { body, headers: { depth: '1', 'accept-encoding': 'gzip' } });
  assert.equal(others.headers.get('content-encoding'), 'gzip', 'large enough to be packed for others');
  await others.arrayBuffer();
});

test('the body of what is refused by its head is not asked for: the client would lose the refusal while it sends', async () => {
  const refused = await send({
    line: `PUT ${anna.home}teil.txt HTTP/1.1`,
    fields: [desktop, asAnna, 'Content-Range: bytes 0-4/10'],
  });
  assert.match(refused, /^HTTP\/1\.1 400 /);
});

test('nobody else gets an answer they need not expect', async () => {
  const line = `PUT ${anna.home}wartet-nicht.txt HTTP/1.1`;
  const others: Readonly<Record<string, Sent>> = {
    'another program': { line, fields: ['User-Agent: curl/7.88.1', asAnna] },
    'a proxy between': { line, fields: [desktop, asAnna, 'X-Forwarded-For: 198.51.100.7'] },
    'the protocol before': { line: line.replace('1.1', '1.0') },
    'somebody without a right to it': { line, fields: [desktop, 'Authorization: Basic eDp5'] },
  };
  for (const [who, sent] of Object.entries(others)) assert.doesNotMatch(await send({ ...sent, hangsUp: true }), / 100 /, who);
  assert.equal(await anna.status('GET', 'wartet-nicht.txt'), 404);
});
