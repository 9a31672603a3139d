import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openStand } from '../../test/stand.ts';
import { connect, openDatabase } from './db.ts';

const stand = await openStand();
const db = openDatabase(stand.app);
const owner = connect(stand.owner, { max: 1 });
after(() => Promise.all([db.close(), owner.end()]));

const tenants = Array.from({ length: 24 }, (_, index) => index + 1);

/** What each of many tenants reads at the same moment, over the few connections there are. */
const lookAll = () =>
  Promise.all(
    tenants.map(async (tenant) => {
      const rows = await db.read(tenant)<{ tenant: number }>`select * from platform.probe where tenant = ${tenant}`;
      return rows.map((row) => row.tenant);
    }),
  );

/** The same in transactions, each with two statements that travel together. */
const lookAllWithin = () =>
  Promise.all(
    tenants.map((tenant) =>
      db.write(tenant, async (tx) => {
        const [own, counted] = await Promise.all([
          tx<{ tenant: number }[]>`select * from platform.probe where tenant = ${tenant}`,
          tx`select p.*, 1 as one from platform.probe p where tenant = ${tenant}`,
        ]);
        return [...own.map((row) => row.tenant), counted.length];
      }),
    ),
  );

test('a table that gets a column while others read it looks empty to nobody', async () => {
  await owner`create table platform.probe (tenant integer primary key)`;
  await owner`call platform.protect('platform.probe')`;
  await owner`insert into platform.probe select generate_series(1, 24)`;
  const own = tenants.map((tenant) => [tenant]);
  const within = tenants.map((tenant) => [tenant, 1]);
  for (let round = 0; round < 5; round += 1) {
    assert.deepEqual(await lookAll(), own);
    assert.deepEqual(await lookAllWithin(), within);
    // Statements that are prepared fail once now; asked again by the driver they stand behind those of other tenants.
    await owner.unsafe(`alter table platform.probe add column more${round} text`);
    assert.deepEqual(await lookAll(), own, `round ${round}`);
    assert.deepEqual(await lookAllWithin(), within, `round ${round}`);
  }
});

test('where the switch to a tenant fails, nothing that was asked behind it is answered for the one before', async () => {
  const few = openDatabase(stand.app);
  after(() => few.close());
  const look = (tenant: number) => few.read(tenant)`select current_setting('app.tenant') as tenant`;
  // As many as there are connections: each belongs to a tenant.
  await Promise.all([1, 2, 3, 4].map(look));
  const spoilt = { toString: () => '\0' } as unknown as number;
  const answers = await Promise.allSettled([look(spoilt), look(spoilt), look(spoilt)]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  );
  assert.deepEqual([...(await look(3))], [{ tenant: '3' }]);
});
