import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import * as payments from '#modules/payments';
import * as tenants from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';
import { noteDemo, readDemo } from '#platform/demo';
import { OperatorError } from '#platform/errors';
import { settle } from '../../test/people.ts';
import { openStand } from '../../test/stand.ts';
import { fillArchive } from './archive.ts';
import { fillDemo, guide, openPractice } from './index.ts';
import { ellrich } from './places/ellrich.ts';
import { others } from './places/others.ts';
import { rhoenblick } from './places/rhoenblick.ts';
import { moment } from './stage.ts';

const today = new Date('2026-11-23T08:00:00Z');
const papers = [...others, rhoenblick, ellrich].flatMap((place) =>
  (place.papers?.(today) ?? []).map((paper) => ({ place, paper })),
);
const day = 86_400_000;

async function contextOf(platform: Platform, address: string): Promise<Context> {
  const { tenant, id } = await accounts.findPerson(systemContext(platform, tenants.provider, 'test'), address);
  const actor = await accounts.actorOf(platform, tenant, id);
  assert.ok(actor, address);
  return { platform, actor, request: 'test', locale: 'de', network: '192.0.2.1' };
}

/** How a file of each kind begins. */
const beginnings: Readonly<Record<string, RegExp>> = {
  pdf: /^%PDF-1/,
  png: /^\u0089PNG/,
  svg: /^<svg xmlns/,
  docx: /^PK/,
  xlsx: /^PK/,
  odt: /^PK.{28}mimetypeapplication\/vnd\.oasis\.opendocument\.text/s,
  zip: /^PK/,
  csv: /^\u00ef\u00bb\u00bf/,
  eml: /^From: /,
  txt: /^[^\0]+\r\n$/s,
  md: /^# /,
};

test('every paper is what its name says, and every version another', { timeout: 120_000 }, async () => {
  assert.ok(papers.length >= 250, `${papers.length} papers`);
  for (const { paper } of papers) {
    const days = [paper.ago].flat();
    const seen = new Set<string>();
    for (const [index, ago] of days.entries()) {
      const content = await paper.make({ draft: index + 1, drafts: days.length, day: moment(today, ago) });
      const kind = paper.path.split('.').at(-1) ?? '';
      assert.match(content.toString('latin1'), beginnings[kind] ?? /never/, paper.path);
      seen.add(content.toString('base64'));
    }
    assert.ok(seen.size >= Math.min(2, days.length), `${paper.path} has versions that do not differ`);
  }
});

test('no path is used twice, and everybody named works there', () => {
  const paths = papers
    .filter(({ paper }) => paper.trashed === undefined)
    .map(({ place, paper }) => `${place.tenant} ${paper.by} ${paper.path}`);
  assert.deepEqual(paths.length, new Set(paths).size);
  for (const { place, paper } of papers) {
    const [space = '', ...rest] = paper.path.split('/');
    const plan = place.spaces?.find(({ name }) => name === space);
    assert.ok(rest.length === 0 || plan || !paper.comments, `${paper.path} is commented by others and lies in no space`);
  }
});

test('nobody works at the weekend, or tomorrow', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.nat(1_200),
      fc.nat(),
      (now, ago, seed) => {
        const at = moment(now, ago, seed);
        assert.ok(at <= now || ago === 1 || ago === 2, `${at.toISOString()} after ${now.toISOString()}`);
        if (ago > 0) assert.ok(![0, 6].includes(at.getUTCDay()));
        if (ago > 0) assert.ok(at.getUTCHours() >= 7 && at.getUTCHours() < 16);
      },
    ),
  );
});

test('an empty instance becomes three years of work', { timeout: 600_000 }, async () => {
  const { house } = await openStand();
  const { platform } = house;
  assert.equal(await fillDemo(platform), true);
  assert.equal(await readDemo(platform.db.instance), 'filled');
  const anna = await contextOf(platform, 'anna@ellrich.example');
  const { mounts } = await files.readHome(anna);
  assert.deepEqual(
    mounts.map(({ name }) => name),
    ['Bauamt', 'Haushalt', 'Öffentlichkeitsarbeit', 'Ordnungsamt', 'Projekt Ortsumgehung', 'Stadtrat', 'Vorlagen und Formulare'],
  );
  const opinion = await files.resolvePath(anna, ['Bauamt', 'Stellungnahme Regionalplan.docx']);
  assert.equal((await files.listVersions(anna, opinion)).length, 4);
  assert.equal((await files.listComments(anna, opinion)).length, 3);
  assert.equal((await files.listTrash(anna, await files.resolvePath(anna, ['Bauamt']))).items.length, 3);
  assert.equal(
    (await files.listLocks(anna, await files.resolvePath(anna, ['Bauamt', 'Straßen', 'Sperrung Feldstraße.docx']))).length,
    1,
  );
  const cases = await files.resolvePath(anna, ['Bauamt', 'Bauanträge']);
  const { nodes } = await files.listFolder(anna, cases);
  const oldest = Math.min(...nodes.map(({ created }) => created));
  assert.ok(platform.clock.now().getTime() - oldest > 2.5 * 365 * day, 'the oldest case is nearly three years old');
  const dora = await contextOf(platform, 'dora@ellrich.example');
  assert.equal((await accounts.listPeople(dora, { state: 'invited' })).items.length, 1);
  const paula = await contextOf(platform, 'paula@tlrz.example');
  assert.deepEqual(
    (await tenants.list(paula, { state: 'suspended' })).items.map(({ slug }) => slug),
    ['kyffhaeuserland'],
  );
  assert.deepEqual((await tenants.verifyAudits(platform)).problems, []);
  const kept = await payments.treasuryFigures(await contextOf(platform, 'm.sauerland@ellrich.example'));
  const states = kept.states.map(({ state }) => state).sort();
  // Those whose time has run out expire when the queue works.
  assert.deepEqual(states, ['awaitingFee', 'disputed', 'open', 'paid', 'underWay', 'withdrawn']);
  assert.ok(kept.refundsWaiting >= 1, 'a large refund waits for a second person');
  const staff = [...guide('').matchAll(/^ {4}(\S+@\S+) +(.*)$/gm)].filter(([, , what]) => !what?.startsWith('citizen'));
  assert.ok(staff.length >= 9);
  for (const [, address = '', what = ''] of staff) {
    const { actor } = await contextOf(platform, address);
    const roles: readonly string[] = 'roles' in actor ? actor.roles : [];
    assert.equal(roles.includes('editor'), what.includes('editor'), `${address}: ${what}`);
    assert.equal(roles.includes('counter'), what.includes('counter'), `${address}: ${what}`);
    assert.equal(roles.includes('treasurer'), what.includes('treasurer'), `${address}: ${what}`);
  }
  await assert.rejects(contextOf(platform, 'celik@post.example'), { kind: 'notFound' }, 'a citizen is nobody of the staff');
  assert.equal(await fillDemo(platform), true, 'the second start finds it filled');
  const service = await openPractice(0);
  try {
    const town = systemContext({ ...platform, config: { ...platform.config, demo: true } }, anna.actor.tenant, 'test');
    await assert.rejects(payments.checkGateway(town), { code: 'payments.gatewaySilent' });
    assert.equal(await fillDemo(platform, service), true);
    await payments.checkGateway(town);
    assert.equal((await payments.getSettings(town)).address, `${service.url}/x`, 'paying goes where the service is now');
  } finally {
    await service.close();
  }
});

test('the large folder can be interrupted and goes on where it stopped', async () => {
  const stand = await openStand();
  const { emil, house, rhoenblick: tenant, id } = await settle(stand);
  const inTenant: Context = { ...house, actor: { kind: 'system', tenant, job: 'test' } };
  await files.createSpace(inTenant, { name: 'Archiv' }, [{ principal: id.emil, role: 'manager' }]);
  const stop = new AbortController();
  const running = fillArchive(emil, stop.signal);
  const count = async () => {
    const folder = await files.resolvePath(emil, ['Archiv', 'Scans Altakten']).catch(() => null);
    return folder ? (await files.listFolder(emil, folder)).total : 0;
  };
  while ((await count()) < 50);
  stop.abort();
  assert.equal(await running, false);
  const before = await count();
  const again = new AbortController();
  const second = fillArchive(emil, again.signal);
  while ((await count()) < before + 50);
  again.abort();
  await second;
});

test('an instance in use stays as it is', async () => {
  const stand = await openStand();
  await settle(stand);
  const { platform } = stand.house;
  assert.equal(await fillDemo(platform), false);
  assert.equal(await readDemo(platform.db.instance), null);
});

test('a demonstration that was interrupted while it was filled is not served', async () => {
  const { house } = await openStand();
  await noteDemo(house.platform.db.instance, 'filling');
  await assert.rejects(fillDemo(house.platform), OperatorError);
});

test('the guide names the address and everybody who can sign in', () => {
  const text = guide('http://127.0.0.1:8080');
  assert.match(text, /anna@ellrich\.example/);
  assert.match(text, /http:\/\/127\.0\.0\.1:8080\/anmelden/);
});
