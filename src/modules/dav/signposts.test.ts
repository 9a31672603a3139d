import assert from 'node:assert/strict';
import { test } from 'node:test';
import { davClient } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { signpostAddresses } from './signposts.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const anna = davClient(port, await people.appPassword('anna'));
const principal = '/remote.php/dav/principals/users/anna/';

test('who only knows the server finds the way to their files', async () => {
  const answer = await anna.request('PROPFIND', '/.well-known/webdav');
  assert.deepEqual([answer.status, answer.headers.get('location')], [301, '/remote.php/dav/']);
  const [start, files] = await anna.propfind('/remote.php/dav/', ['d:current-user-principal', 'd:resourcetype'], '1');
  assert.equal(start?.found['d:current-user-principal'], `<d:href>${principal}</d:href>`);
  assert.equal(files?.href, '/remote.php/dav/files/');
  const [, own] = await anna.propfind(files.href, ['d:resourcetype'], '1');
  assert.equal(own?.href, '/remote.php/dav/files/anna/');
  const [home] = await anna.propfind(own.href, ['d:current-user-principal']);
  assert.equal(home?.found['d:current-user-principal'], `<d:href>${principal}</d:href>`);
});

test('a person is a principal with a name, and calendars are not promised', async () => {
  const [self] = await anna.propfind(principal, ['d:displayname', 'd:principal-URL', 'd:resourcetype', 't:calendar-home-set']);
  assert.equal(self?.found['d:displayname'], 'Anna Apel');
  assert.equal(self?.found['d:resourcetype'], '<d:collection/><d:principal/>');
  assert.deepEqual(self?.missing, ['x:calendar-home-set']);
  for (const name of ['caldav', 'carddav']) assert.equal(await anna.status('GET', `/.well-known/${name}`), 404);
});

test('signposts show nobody else, and nothing to who does not sign in', async () => {
  for (const path of ['/remote.php/dav/principals/users/bernd/', '/remote.php/dav/principals/users/emil'])
    assert.equal(await anna.status('PROPFIND', path, { depth: '0' }), 404);
  assert.equal(await anna.status('PROPFIND', '/remote.php/dav/', { depth: 'infinity' }), 403);
  for (const address of signpostAddresses) {
    const answer = await fetch(`http://127.0.0.1:${port}${address.replace(':handle', 'anna')}`, { method: 'PROPFIND' });
    assert.equal(answer.status, 401, address);
  }
});
