import { Readable } from 'node:stream';
import { readConfig } from '../../src/config.ts';
import { openPlatform } from '../../src/house.ts';
import * as forms from '../../src/modules/forms/index.ts';
import { limits } from '../../src/modules/forms/rules-status.ts';
import { appendToUpload, beginUpload, finishUpload } from '../../src/modules/forms/upload.ts';
import * as payments from '../../src/modules/payments/index.ts';
import type { Context } from '../../src/platform/context.ts';
import type { WorkerSettings } from './endless.ts';

/**
 * A process that goes the way of an applicant, from wherever it stands to the paid fee, says where it is, and is killed somewhere. What it
 * says to be kept has been acknowledged. It ends by itself when everything is done.
 */
const { app, owner, environment, token, answers } = JSON.parse(process.argv[2] ?? '') as WorkerSettings & {
  readonly token: string;
  readonly answers: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
// A process is faster than a person who reads.
limits.leastSeconds = Number.NEGATIVE_INFINITY;
const platform = await openPlatform({ config: readConfig([], environment), app, owner });
const say = (word: string) => process.stdout.write(`${word}\n`);
const { db } = platform;
const told: typeof db = {
  ...db,
  write: async (tenant, run) => {
    say('begins');
    const result = await db.write(tenant, async (tx) => {
      const made = await run(tx);
      say('commits');
      return made;
    });
    say('committed');
    return result;
  },
  together: (tenant, work, item) =>
    told.write(tenant, async (tx) => {
      const [made] = await work.run(tx, [item]);
      if (made instanceof Error) throw made;
      return made as never;
    }),
};
const ctx: Context = {
  platform: { ...platform, db: told },
  actor: { kind: 'nobody', tenant: 1 },
  request: 'test',
  locale: 'de',
  network: '192.0.2.1',
};

/** A scan of several pieces, the same in every life. */
const proof = Buffer.concat([Buffer.from('%PDF-1.7 Schwerbehindertenausweis\n'), Buffer.alloc(2_200_000, 'x')]);
const [name, at] = ['Ausweis.pdf', { page: 'proof', field: 'exemptProof' }];
limits.uploadPartBytes = 500_000;

/** As a browser does that finds its page again: goes on where the house says, or begins. */
async function upload(): Promise<void> {
  const { files } = await forms.lookAtPage(ctx, token, { page: at.page, item: 0 }).then(filesOf);
  if (files > 0) return;
  const known = (await forms.lookAtArriving(ctx, token))[at.field]?.[0];
  const wish = { id: platform.blobs.reserve(), where: at, name, length: proof.length, modified: null };
  const { id, received } = known ?? (await beginUpload(ctx, token, wish));
  say(`has ${id} ${received}`);
  const append = { id, offset: received, source: Readable.from(piecesFrom(id, received)) };
  if (received < proof.length) await appendToUpload(ctx, token, append);
  await finishUpload(ctx, token, id);
  say('attached');
}

function* piecesFrom(id: string, start: number): Generator<Buffer> {
  for (let position = start; position < proof.length; position += 100_000) {
    // What lies a whole piece behind is durable.
    say(`sends ${id} ${position}`);
    yield proof.subarray(position, position + 100_000);
  }
}

const filesOf = (view: Awaited<ReturnType<typeof forms.lookAtPage>>) => ({
  files: 'questions' in view ? view.questions.flatMap(({ files }) => files).length : 0,
});

async function answer(page: string): Promise<void> {
  const view = await forms.lookAtPage(ctx, token, { page, item: 0 });
  if (!('step' in view)) throw new Error(`${page} is not asked`);
  if (page === 'proof') await upload();
  const sent = new Map(Object.entries(answers[page] ?? {}).map(([name, value]) => [name, [value]] as const));
  await forms.savePage(ctx, token, { page, item: 0, go: 'next', step: view.step, sent });
  say(`kept ${page}`);
}

async function send(): Promise<void> {
  const check = await forms.lookAtCheck(ctx, token);
  if (!('edition' in check)) throw new Error('the form is not complete');
  const cents = check.fee?.kind === 'sum' ? check.fee.cents : null;
  await forms.submitDraft(ctx, token, { edition: check.edition, cents, isDeclared: true, trap: '' });
  say('kept sent');
}

/** As a browser does: to the service, the button there, and back. */
async function pay(): Promise<void> {
  const { payment } = await forms.lookAtStatus(ctx, token);
  if (payment?.state === 'paid') return;
  const link = (await forms.payAgain(ctx, token)).split('/').at(-1) as string;
  await payments.comeBack(ctx, link);
  if ((await payments.viewByLink(ctx, link)).state === 'paid') return;
  const address = await payments.pay(ctx, link);
  say('pays');
  await fetch(address, { method: 'POST', body: new URLSearchParams({ do: 'paid' }), redirect: 'manual' });
  say('back');
  await payments.comeBack(ctx, link);
}

for (let goTo = ''; goTo !== 'status'; ) {
  ({ goTo } = await forms.resumeDraft(ctx, token));
  if (goTo === 'pruefen') await send();
  else if (goTo !== 'status') await answer(goTo);
}
await pay();
await platform.signals.close();
await db.close();
