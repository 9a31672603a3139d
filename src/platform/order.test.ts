import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { connect } from './db.ts';
import { inGermanOrder } from './order.ts';

const stand = await openStand();

/** Every pair of these is another question: figures, umlauts, small and large letters, signs, spaces. */
const names = [
  ...['Anlage 10', 'Anlage 2', 'anlage 2', 'Anlage 02', 'Anlage', 'Ärger', 'Arger', 'Arzt', 'Straße 9', 'Strasse 10', 'Öl'],
  ...['Oel', '2026-11-22', '2026-2-1', '10 Gründe', '9 Gründe', '_Entwurf', '(alt)', 'Zettel', 'A 1 b 12', 'A 1 b 2', 'é', 'E'],
];

test('names are ordered alike by the database and by us, figures by their value', async () => {
  const sql = connect(stand.owner, { max: 1 });
  const rows = await sql<
    { name: string }[]
  >`select name from unnest(${names}::text[]) name order by name collate platform.german`;
  await sql.end();
  const sorted = rows.map(({ name }) => name);
  const ours = (list: readonly string[]) => list.toSorted(inGermanOrder);
  // Which comes first of those that the order takes for the same is left to each.
  assert.deepEqual(
    sorted.map((name) => sorted.findIndex((other) => inGermanOrder(name, other) === 0)),
    ours(sorted).map((name) => ours(sorted).findIndex((other) => inGermanOrder(name, other) === 0)),
  );
  assert.ok(sorted.indexOf('Anlage 2') < sorted.indexOf('Anlage 10'));
  assert.ok(sorted.indexOf('Ärger') < sorted.indexOf('Arzt'));
});
