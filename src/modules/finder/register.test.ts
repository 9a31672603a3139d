import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as finder from './index.ts';

const stand = await openStand();
const { house, nobody } = await settle(stand);

const list = [
  'Schlüssel;Bezeichnung;PLZ;Aufgelöst;Nachfolger',
  '16;Land Thüringen;;;',
  '16062;Landkreis Nordhausen;;;',
  '16062041;Stadt Nordhausen;99734;;',
  '16062009;Gemeinde Großlohra;99759;2027-01-01;16062041',
].join('\n');

test('a merger that is known before its day takes effect on that day', async () => {
  const { counts } = await finder.importRegister(house, { csv: list, dryRun: false });
  assert.deepEqual([counts.created, counts.refused], [4, 0]);
  assert.equal((await finder.importRegister(house, { csv: list, dryRun: false })).counts.unchanged, 4);
  stand.clock.advance(5);
  for (const typed of ['Großlohra', '99759', '16062009']) {
    const answer = await finder.findArea(nobody, typed);
    assert.ok(answer.kind === 'found' && answer.area.key === '16062009' && answer.was === null, typed);
  }
  stand.clock.advance(39 * 86_400); // 1 January 2027
  for (const typed of ['Großlohra', '99759', '16062009']) {
    const answer = await finder.findArea(nobody, typed);
    assert.ok(answer.kind === 'found' && answer.area.key === '16062041' && answer.was?.key === '16062009', typed);
  }
});

test('mergers that lead in a circle end somewhere and harm nobody', async () => {
  const circle = [
    'Schlüssel;Bezeichnung;Aufgelöst;Nachfolger',
    '16062041;Stadt Nordhausen;2020-01-01;16062009',
    '16062009;Gemeinde Großlohra;2020-01-01;16062041',
  ].join('\n');
  await finder.importRegister(house, { csv: circle, dryRun: false });
  stand.clock.advance(5);
  assert.ok(['found', 'unknown'].includes((await finder.findArea(nobody, 'Nordhausen')).kind));
});
