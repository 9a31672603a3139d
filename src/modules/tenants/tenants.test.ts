import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import { faultsOf } from '#platform/checks';
import { type AccountActor, type Context, type Role, systemContext } from '#platform/context';
import { connect } from '#platform/db';
import { Failure } from '#platform/errors';
import { openEvents } from '#platform/events';
import { inGermanOrder } from '#platform/order';
import { say } from '#platform/words';
import { picture } from '../../../test/picture.ts';
import { openStand } from '../../../test/stand.ts';
import { signAuditHeads } from './trail.ts';

const stand = await openStand();
const { platform } = stand.house;
const house = systemContext(platform, tenants.provider, 'test');

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;
const forbidden = refusedWith('platform.forbidden');
const hidden = refusedWith('platform.notFound');

function person(tenant: number, ...roles: Role[]): Context {
  const actor: AccountActor = {
    kind: 'account',
    tenant,
    account: 1000 + tenant,
    principals: [],
    roles,
    handle: 'x',
    name: 'X',
    address: 'x@example.org',
    via: 'session',
    credential: 1,
  };
  return { ...house, actor };
}

await tenants.create(house, { slug: 'tlrz', name: 'Thüringer Landesrechenzentrum', kind: 'provider' });
const verbund = await tenants.create(house, { slug: 'it-verbund', name: 'IT-Verbund Nordthüringen', kind: 'consortium' });
const ellrich = await tenants.create(house, { slug: 'ellrich', name: 'Stadt Ellrich', kind: 'municipality', parent: verbund });
const werther = await tenants.create(house, { slug: 'werther', name: 'Gemeinde Werther', kind: 'municipality', parent: verbund });

const paula = person(tenants.provider, 'providerOperator');
const dora = person(ellrich, 'tenantAdministrator');
const ida = person(ellrich, 'auditor');
const anna = person(ellrich);
const impostor = person(werther, 'tenantAdministrator', 'providerOperator');

async function actionsIn(tenant: number): Promise<string[]> {
  const entries = await listAudit(platform.db.read(tenant), tenant, { limit: 100 });
  return entries.map(({ action, thing }) => `${action} ${thing}`);
}

test('the first tenant is the provider, and there is only one', async () => {
  assert.equal((await tenants.get(paula, tenants.provider)).kind, 'provider');
  await assert.rejects(
    tenants.create(house, { slug: 'two', name: 'Zwei', kind: 'provider' }),
    refusedWith('tenants.providerExists'),
  );
});

test('a slug is given once', async () => {
  const again = { slug: 'Ellrich', name: 'Ellrich', kind: 'municipality' };
  await assert.rejects(tenants.create(house, again), refusedWith('tenants.slugTaken'));
});

test('what the provider does stands in both books', async () => {
  assert.ok((await actionsIn(ellrich)).includes(`tenants.create tenant:${ellrich}`));
  assert.ok((await actionsIn(tenants.provider)).includes(`tenants.create tenant:${ellrich}`));
  assert.deepEqual(await actionsIn(werther), [`tenants.create tenant:${werther}`]);
});

test('operators manage, administrators decide about their own, auditors look, others know nothing', async () => {
  await assert.rejects(tenants.update(dora, ellrich, { quota: 10 }), forbidden);
  await assert.rejects(tenants.suspend(dora, ellrich, 'Streit'), forbidden);
  await assert.rejects(tenants.setHosts(anna, ellrich, []), forbidden);
  await assert.rejects(tenants.list(dora), hidden);
  await assert.rejects(tenants.get(impostor, ellrich), hidden);
  await assert.rejects(tenants.update(impostor, werther, { quota: 10 }), forbidden, 'the role counts in the provider only');
  await assert.rejects(tenants.setBranding(anna, { tenant: ellrich, name: 'Annas Stadt' }), forbidden);
  assert.equal((await tenants.get(ida, ellrich)).slug, 'ellrich');
  await assert.rejects(tenants.get(anna, ellrich), forbidden);
  const nobody = { ...house, actor: { kind: 'nobody', tenant: ellrich } } as const;
  await assert.rejects(tenants.get(nobody, ellrich), refusedWith('platform.signInFirst'));
});

test('the database itself shows a tenant its own rows only, and the provider all', async () => {
  const seenBy = async (tenant: number) =>
    (await platform.db.read(tenant)<{ tenant: number }>`select tenant from tenants.tenant order by tenant`).map(
      (row) => row.tenant,
    );
  assert.deepEqual(await seenBy(ellrich), [ellrich]);
  assert.deepEqual(await seenBy(tenants.provider), [tenants.provider, verbund, ellrich, werther]);
  const raise = (tenant: number) =>
    platform.db.read(ellrich)`update tenants.tenant set quota = 1 where tenant = ${tenant} returning 1`;
  assert.equal((await raise(ellrich)).length, 0, 'not even its own quota');
  assert.equal((await raise(werther)).length, 0);
  const refusedByDatabase = (error: unknown) => error instanceof Failure && (error.cause as { code?: string }).code === '42501';
  const decideFor = (tenant: number) =>
    platform.db.read(ellrich)`insert into tenants.policy (tenant, name, value) values (${tenant}, 'trashDays', '1')`;
  await assert.rejects(decideFor(werther), refusedByDatabase);
  await assert.rejects(decideFor(tenants.provider), refusedByDatabase);
});

test('a tenant moves, but never below itself', async () => {
  const ort = await tenants.create(paula, { slug: 'ortsteil', name: 'Ortsteil', kind: 'authority', parent: ellrich });
  await assert.rejects(tenants.update(paula, ellrich, { kind: 'authority', parent: ort }), refusedWith('tenants.cycle'));
  await assert.rejects(tenants.update(paula, verbund, { kind: 'authority' }), refusedWith('tenants.childKind'));
  await assert.rejects(tenants.update(paula, ort, { parent: 4711 }), refusedWith('tenants.parentUnknown'));
  await tenants.update(paula, ort, { parent: werther, name: 'Ortsteil Haferungen' });
  assert.deepEqual((await tenants.get(paula, ort)).parent, werther);
});

test('one area has one who governs it; an authority may share its key', async () => {
  const key = '16062005';
  const ars = '160625005005';
  await tenants.update(paula, ellrich, { municipalityKey: key });
  await tenants.update(paula, ellrich, { municipalityKey: key, quota: null });
  const taken = { kind: 'conflict', code: 'tenants.keyTaken', params: { field: 'municipalityKey', key, name: 'Stadt Ellrich' } };
  await assert.rejects(tenants.update(paula, werther, { municipalityKey: key }), taken);
  const second = { slug: 'zweite', name: 'Zweite', municipalityKey: key };
  await assert.rejects(tenants.create(paula, { ...second, kind: 'municipality' }), taken);
  const asArs = tenants.create(paula, { ...second, kind: 'municipality', municipalityKey: ars });
  await assert.rejects(asArs, refusedWith('tenants.keyTaken'), 'the same place, in twelve digits');
  const works = await tenants.create(paula, { ...second, kind: 'authority', parent: ellrich });
  await assert.rejects(tenants.update(paula, works, { kind: 'municipality', parent: verbund }), taken);
  const { municipalityKey } = await tenants.get(paula, works);
  assert.equal(municipalityKey, key);
  await tenants.update(paula, ellrich, { municipalityKey: '' });
});

test('the short name is made of the name where nobody chooses one, and is not to blame for a name that is missing', async () => {
  const wrong = tenants.create(paula, { name: ' ', kind: 'municipality', quota: Number.NaN });
  const faults = await wrong.then(() => [], faultsOf);
  assert.deepEqual(
    faults.map(({ params }) => params.field),
    ['name', 'quota'],
  );
  const sentence = say(platform.words, 'de', 'tenants.quotaForm', faults[1]?.params);
  assert.match(sentence, /höchstens 1\.024 TB/);
  const tenant = await tenants.create(paula, { name: 'Stadt Bad Köstritz', kind: 'municipality' });
  assert.equal((await tenants.get(paula, tenant)).slug, 'stadt-bad-koestritz');
  await assert.rejects(tenants.create(paula, { name: '???', kind: 'municipality' }), refusedWith('tenants.slugForm'));
});

test('two moves at once cannot make a circle together', async () => {
  const [a, b] = await Promise.all(
    ['ring-a', 'ring-b'].map((slug) => tenants.create(paula, { slug, name: slug, kind: 'authority' })),
  );
  const outcomes = await Promise.allSettled([
    tenants.update(paula, a as number, { parent: b as number }),
    tenants.update(paula, b as number, { parent: a as number }),
  ]);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('the list is ordered like a German directory, can be searched and comes page by page', async () => {
  await tenants.create(paula, { slug: 'oe', name: 'Ödland 100%', kind: 'authority' });
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof tenants.list>> = await tenants.list(paula, { cursor, limit: 2 });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== null);
  assert.deepEqual(names, names.toSorted(inGermanOrder));
  assert.equal(names.length, new Set(names).size);
  const search = async (text: string) => (await tenants.list(paula, { search: text })).items.map(({ slug }) => slug);
  assert.deepEqual(await search('THÜRING'), ['it-verbund', 'tlrz']);
  assert.deepEqual(await search('0%'), ['oe']);
  assert.deepEqual(await search('_'), []);
});

test('a policy comes from the nearest one above who decided, with its name; decisions are kept as history', async () => {
  const trash = async (tenant: number) => {
    const { value, origin } = (await tenants.effectivePolicies(paula, tenant)).trashDays;
    return [value, origin];
  };
  assert.deepEqual(await trash(ellrich), [30, null]);
  await tenants.setPolicy(paula, { tenant: verbund, name: 'trashDays', value: 60 });
  assert.deepEqual(await trash(ellrich), [60, 'IT-Verbund Nordthüringen']);
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'trashDays', value: 14 });
  assert.deepEqual(await trash(ellrich), [14, 'Stadt Ellrich']);
  assert.deepEqual(await trash(werther), [60, 'IT-Verbund Nordthüringen']);
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'trashDays', value: null });
  assert.deepEqual(await trash(ellrich), [60, 'IT-Verbund Nordthüringen']);
  const history = await tenants.policyHistory(ida, ellrich, 'trashDays');
  assert.deepEqual(
    history.map(({ from, to }) => [from, to]),
    [
      [14, null],
      [null, 14],
    ],
  );
  await assert.rejects(
    tenants.setPolicy(dora, { tenant: ellrich, name: 'trashDays', value: 0 }),
    refusedWith('tenants.policyBounds'),
  );
  await assert.rejects(
    tenants.setPolicy(dora, { tenant: ellrich, name: '__proto__', value: 0 }),
    refusedWith('tenants.policyUnknown'),
  );
  await assert.rejects(tenants.setPolicy(dora, { tenant: werther, name: 'trashDays', value: 5 }), hidden);
});

test('what every request needs is fresh within half a second', async () => {
  const state = async () => (await tenants.profile(platform, werther))?.state;
  assert.equal(await state(), 'active');
  await tenants.suspend(paula, werther, 'Umzug des Rechenzentrums');
  stand.clock.advance(0.5);
  assert.equal(await state(), 'suspended');
  assert.equal((await tenants.get(person(werther, 'auditor'), werther)).stateReason, 'Umzug des Rechenzentrums');
  await assert.rejects(tenants.suspend(paula, werther, 'noch einmal'), refusedWith('tenants.already.suspended'));
  await tenants.resume(paula, werther);
  stand.clock.advance(0.5);
  assert.equal(await state(), 'active');
  await assert.rejects(tenants.suspend(paula, tenants.provider, 'alle'), refusedWith('tenants.providerStays'));
  await assert.rejects(tenants.suspend(paula, ellrich, ' '), refusedWith('platform.textMissing'));
  assert.equal(await tenants.profile(platform, 4711), null);
});

test('a host shows its tenant’s pages, every other host the provider’s', async () => {
  await tenants.setHosts(paula, ellrich, ['Cloud.Ellrich.example', 'cloud.ellrich.example.']);
  assert.equal(await tenants.tenantOfHost(platform, 'cloud.ellrich.example'), ellrich);
  assert.equal(await tenants.tenantOfHost(platform, 'unbekannt.example'), tenants.provider);
  await assert.rejects(tenants.setHosts(paula, werther, ['cloud.ellrich.example']), refusedWith('tenants.hostTaken'));
  assert.deepEqual((await tenants.get(paula, ellrich)).hosts, ['cloud.ellrich.example']);
});

test('the crest is shown to everybody, at an address that changes with it', async () => {
  const png = picture();
  await tenants.setBranding(dora, { tenant: ellrich, name: 'Stadt Ellrich am Harz', colour: '#1B5E20', crest: png });
  stand.clock.advance(0.5);
  const { branding } = (await tenants.profile(platform, ellrich)) as tenants.TenantProfile;
  assert.equal(branding.name, 'Stadt Ellrich am Harz');
  assert.equal(branding.colours?.light, '#1b5e20');
  const answer = await stand.house.app.inject({ url: branding.crest ?? '' });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['content-type'], 'image/png');
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.deepEqual(answer.rawPayload, png);
  await tenants.setBranding(dora, { tenant: ellrich, crest: null });
  assert.equal((await stand.house.app.inject({ url: branding.crest ?? '' })).statusCode, 404);
  assert.equal((await tenants.profile(platform, ellrich))?.branding.colours?.light, '#1b5e20', 'what was left out stays');
});

test('every room ticks itself off for a new tenant; a failure says why and is tried again', async () => {
  const visits: number[] = [];
  let isReady = false;
  const spaces = tenants.onTenantCreated('files', async (ctx, { tenant }) => {
    assert.equal(ctx.actor.tenant, tenant, 'the room works in the new tenant’s name');
    visits.push(tenant);
    if (!isReady) throw new Failure('quotaExceeded', 'platform.diskFull');
  });
  const withRooms = { ...platform, events: openEvents([spaces]) };
  const provider = { ...paula, platform: withRooms };
  const tenant = await tenants.create(provider, { slug: 'neu', name: 'Neustadt', kind: 'municipality' });
  const ticks = async () => (await tenants.listTicks(provider, tenant)).map(({ room, state, error }) => [room, state, error]);
  const work = () => spaces.job.run(systemContext(withRooms, tenant, 'test'), { tenant } as never);
  assert.deepEqual(await ticks(), [['files', 'waiting', null]]);
  const owner = connect(stand.owner, { max: 1 });
  const queued = await owner`
    select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${spaces.job.name}`;
  await owner.end();
  assert.deepEqual(
    queued.map((row) => row.payload),
    [{ tenant, payload: { tenant } }],
  );
  await assert.rejects(work());
  assert.deepEqual(await ticks(), [['files', 'failed', 'platform.diskFull']]);
  isReady = true;
  await tenants.retryTick(provider, tenant, 'files');
  assert.deepEqual(await ticks(), [['files', 'waiting', null]]);
  await work();
  assert.deepEqual(await ticks(), [['files', 'done', null]]);
  await work();
  assert.deepEqual(visits, [tenant, tenant], 'what is ticked off is not done again');
  await assert.rejects(tenants.retryTick(provider, tenant, 'kitchen'), hidden);
  await assert.rejects(tenants.retryTick(dora, tenant, 'files'), hidden);
});

test('all audit chains verify, and a signed head finds even a chain that was rewritten whole', async () => {
  const before = await tenants.verifyAudits(platform);
  assert.ok(before.entries > 10);
  assert.deepEqual(before.problems, []);
  await signAuditHeads.run(house, {});
  const owner = connect(stand.owner, { max: 1 });
  try {
    // Whoever has the database's owner can compute every hash anew, but not the signature.
    await owner`
      with recursive chain as (
        select 0::bigint as seq, ''::text as entry, sha256(convert_to('rennsteig audit ' || ${ellrich}::text, 'UTF8')) as hash
        union all
        select a.seq, n.entry, sha256(chain.hash || convert_to(n.entry, 'UTF8'))
        from chain join platform.audit a on a.tenant = ${ellrich} and a.seq = chain.seq + 1,
          lateral (select replace(a.entry, 'Stadt Ellrich', 'Stadt Andernorts') as entry) n
      ), rewritten as (
        update platform.audit a set entry = chain.entry, hash = chain.hash from chain
        where a.tenant = ${ellrich} and a.seq = chain.seq returning a.seq
      )
      update platform.audit_head h set hash = (select hash from chain order by seq desc limit 1) where h.tenant = ${ellrich}`;
  } finally {
    await owner.end();
  }
  const after = await tenants.verifyAudits(platform);
  assert.deepEqual(
    after.problems.map(({ tenant, problem }) => [tenant, problem]),
    [[ellrich, 'the chain up to this entry was rewritten: it contradicts a signed head']],
  );
});
