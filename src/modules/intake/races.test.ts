import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as forms from '#modules/forms';
import * as notifications from '#modules/notifications';
import { asFailure } from '#platform/errors';
import { type Sent, settleOffice, settleOtherOffice } from '../../../test/office.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import * as intake from './index.ts';

/**
 * Two who do something with the same application in the same moment, each on a connection of their own: one outcome, the same for all
 * who look, and a sentence for whoever came second. Each meeting is tried with either of them asking first.
 */

const stand = await openStand();
const people = await settle(stand);
const { nobody, rhoenblick, ellrich } = people;
const { town, send, sendFeast } = await settleOffice(stand, people);
const other = await settleOtherOffice(people);
await workOff(stand);
const [anna, bernd, emil] = [await people.now('anna'), await people.now('bernd'), await people.now('emil')];
await intake.setConsulted(emil, [other]);
await workOff(stand);

type Doing = () => Promise<unknown>;

/** Both at once, then the other way round with another application; what came of each, `done` or the code of the refusal. */
async function meet(one: Doing, two: Doing, isTurned: boolean): Promise<readonly [string, string]> {
  const outcome = (doing: Doing) =>
    doing().then(
      () => 'done',
      (error: unknown) => asFailure(error).code,
    );
  if (!isTurned) return Promise.all([outcome(one), outcome(two)]);
  const [second, first] = await Promise.all([outcome(two), outcome(one)]);
  return [first, second];
}

type Case = Sent & { readonly edition: number };

/** An application of Celik's that Anna works on. */
async function taken(sent = send()): Promise<Case> {
  const found = await sent;
  await workOff(stand);
  await intake.take(anna, found.number, null);
  await workOff(stand);
  return { ...found, edition: (await intake.getItem(anna, found.number)).submission.edition };
}

/** The applicant, the clerk and the tray see one and the same. */
async function agreed({ token, number }: Sent) {
  await workOff(stand);
  const [{ item, submission, happenings }, status] = await Promise.all([
    intake.getItem(anna, number),
    forms.lookAtStatus(nobody, token),
  ]);
  assert.equal(item.state, submission.state);
  assert.equal(status.state, submission.state);
  const count = (step: string) => happenings.filter((one) => one.step === step).length;
  return { item, status, count };
}

const granted = { outcome: 'granted', text: 'Ja.' };

for (const isTurned of [false, true]) {
  const order = isTurned ? 'second first' : 'first first';

  test(`two clerks take the same: one has it, the other is told who (${order})`, async () => {
    const sent = await send();
    await workOff(stand);
    const outcomes = await meet(
      () => intake.take(anna, sent.number, null),
      () => intake.take(bernd, sent.number, null),
      isTurned,
    );
    assert.deepEqual([...outcomes].sort(), ['done', 'intake.takenMeanwhile']);
    const { item, count } = await agreed(sent);
    assert.equal(item.handlerName, outcomes[0] === 'done' ? 'Anna Apel' : 'Bernd Böhme');
    assert.equal(count('take'), 1);
  });

  test(`one clicks twice: nothing happens twice, and nobody is told off (${order})`, async () => {
    const sent = await send();
    await workOff(stand);
    const click = () => intake.take(anna, sent.number, null);
    assert.deepEqual(await meet(click, click, isTurned), ['done', 'done']);
    const { count } = await agreed(sent);
    assert.equal(count('take'), 1);
    const ask = () => intake.askBack(anna, sent.number, { text: 'Kassenzeichen?', dueOn: '2026-12-14' });
    assert.deepEqual([...(await meet(ask, ask, isTurned))].sort(), ['done', 'forms.askedAlready']);
    const { status } = await agreed(sent);
    assert.equal(status.requests.length, 1);
  });

  test(`granted and refused at once: it is one of them (${order})`, async () => {
    const found = await taken();
    const outcomes = await meet(
      () => intake.answer(anna, found.number, granted),
      () => intake.answer(anna, found.number, { outcome: 'refused', text: 'Nein.' }),
      isTurned,
    );
    assert.deepEqual([...outcomes].sort(), ['done', 'forms.isDecided']);
    const { item, status, count } = await agreed(found);
    assert.equal(item.outcome, outcomes[0] === 'done' ? 'granted' : 'refused');
    assert.equal(status.result.includes('Ja.'), outcomes[0] === 'done');
    assert.equal(count('decide'), 1);
  });

  test(`withdrawn and decided at once: one of them, and both learn which (${order})`, async () => {
    const found = await taken();
    const outcomes = await meet(
      () => intake.answer(anna, found.number, granted),
      () => forms.withdrawSubmission(nobody, found.token),
      isTurned,
    );
    const { item } = await agreed(found);
    if (item.state === 'withdrawn') assert.deepEqual([...outcomes, item.outcome], ['forms.isWithdrawn', 'done', 'withdrawn']);
    else assert.deepEqual([...outcomes, item.state, item.outcome], ['done', 'forms.isDecided', 'decided', 'granted']);
  });

  test(`an addition comes while it is decided: nobody decides about what they have not read (${order})`, async () => {
    const found = await taken();
    const outcomes = await meet(
      () => intake.answer(anna, found.number, { ...granted, edition: found.edition }),
      () => forms.supplementSubmission(nobody, found.token, 'Der Hund hieß Rexi.'),
      isTurned,
    );
    const { item, count } = await agreed(found);
    if (item.state === 'decided') assert.deepEqual([...outcomes, count('supplement')], ['done', 'forms.isDecided', 0]);
    else assert.deepEqual([...outcomes, count('supplement')], ['intake.changedSince', 'done', 1]);
  });

  test(`an answer comes while it is decided, and once more by a second click (${order})`, async () => {
    const found = await taken();
    await intake.askBack(anna, found.number, { text: 'Kassenzeichen?', dueOn: '2026-12-14' });
    const { requests } = await forms.lookAtStatus(nobody, found.token);
    const answering = { request: requests[0]?.id as number, text: '4711' };
    const reply = () => forms.answerEvidence(nobody, found.token, answering);
    const [[first, second], decided] = await Promise.all([
      meet(reply, reply, isTurned),
      intake.answer(anna, found.number, { ...granted, edition: found.edition + 1 }).then(
        () => 'done',
        (error: unknown) => asFailure(error).code,
      ),
    ]);
    const { item, status, count } = await agreed(found);
    const isAnswered = status.requests[0]?.answer === '4711';
    assert.equal(count('answer'), isAnswered ? 1 : 0);
    assert.deepEqual([first, second], isAnswered ? ['done', 'done'] : ['forms.isDecided', 'forms.isDecided']);
    assert.deepEqual([item.state, decided], isAnswered ? ['inProgress', 'intake.changedSince'] : ['decided', 'done']);
  });

  test(`asked back and given back at once, handed on and decided: who has it is clear (${order})`, async () => {
    const found = await taken();
    const outcomes = await meet(
      () => intake.askBack(anna, found.number, { text: 'Kassenzeichen?', dueOn: '2026-12-14' }),
      () => intake.giveBack(anna, found.number),
      isTurned,
    );
    const { item } = await agreed(found);
    if (outcomes[0] === 'done')
      assert.deepEqual([outcomes[1], item.state, item.handlerName], ['forms.stepImpossible', 'evidenceRequested', 'Anna Apel']);
    else assert.deepEqual([outcomes, item.state, item.handlerName], [['intake.takeFirst', 'done'], 'received', '']);
    const next = await taken();
    const colleague = people.id.bernd;
    const [handed, decided] = await meet(
      () => intake.handTo(anna, next.number, colleague),
      () => intake.answer(anna, next.number, granted),
      isTurned,
    );
    const after = await agreed(next);
    if (decided === 'done') assert.ok(handed === 'done' || handed === 'forms.isDecided');
    else assert.deepEqual([handed, decided, after.item.handlerName], ['done', 'intake.takeFirst', 'Bernd Böhme']);
  });

  test(`corrected while it is taken: either it is corrected before, or it is an addition (${order})`, async () => {
    const sent = await send();
    await workOff(stand);
    await forms.beginCorrection(nobody, sent.token);
    const page = await forms.lookAtPage(nobody, sent.token, { page: 'person', item: 0 });
    assert.ok('step' in page);
    const said = { firstName: 'Celik', lastName: 'Çetin-Berg', born: '3.3.1970' };
    const answers = new Map(Object.entries(said).map(([name, value]) => [name, [value]] as const));
    await forms.savePage(nobody, sent.token, { page: 'person', item: 0, go: 'next', step: page.step, sent: answers });
    const check = await forms.lookAtCheck(nobody, sent.token);
    assert.ok('edition' in check);
    const input = { edition: check.edition, cents: null, isDeclared: true, trap: '' };
    let as: unknown = null;
    const outcomes = await meet(
      async () => {
        ({ asSupplement: as } = await forms.sendCorrection(nobody, sent.token, input));
      },
      () => intake.take(anna, sent.number, null),
      isTurned,
    );
    assert.deepEqual(outcomes, ['done', 'done']);
    const { item, count } = await agreed(sent);
    assert.deepEqual(
      [item.applicant, count('correct'), count('supplement')],
      as === null ? ['Celik Çetin-Berg', 1, 0] : ['Celik Çetin', 0, 1],
    );
  });

  test(`a fee is set twice, and while the applicant withdraws (${order})`, async () => {
    const fee = [{ text: 'Erlaubnis', amount: '45,50' }];
    const found = await taken(sendFeast());
    const set = () => intake.setFee(anna, found.number, fee);
    assert.deepEqual([...(await meet(set, set, isTurned))].sort(), ['done', 'forms.feeNotAwaited']);
    assert.equal((await agreed(found)).count('setFee'), 1);
    const next = await taken(sendFeast());
    const [told, withdrawn] = await meet(
      () => intake.setFee(anna, next.number, fee),
      () => forms.withdrawSubmission(nobody, next.token),
      isTurned,
    );
    assert.equal(withdrawn, 'done');
    const { status } = await agreed(next);
    // Set before it was withdrawn it stays the office's matter; after it there is nothing to set.
    assert.equal(status.payment?.state, told === 'done' ? 'open' : 'withdrawn');
    if (told !== 'done') assert.equal(told, 'forms.isWithdrawn');
  });

  test(`a statement is asked for twice, and while it is decided (${order})`, async () => {
    const found = await taken();
    const asking = {
      office: `${rhoenblick}:${other}`,
      question: `Bedenken? ${order}`,
      dueOn: '2026-12-07',
      sections: [],
      attachments: [],
    };
    const ask = () => intake.askForStatement(anna, found.number, asking);
    assert.deepEqual([...(await meet(ask, ask, isTurned))].sort(), ['done', 'intake.statementAsked']);
    const [asked, decided] = await meet(
      () => intake.askForStatement(anna, found.number, { ...asking, question: 'Noch etwas?' }),
      () => intake.answer(anna, found.number, granted),
      isTurned,
    );
    assert.equal(decided, 'done');
    await workOff(stand);
    const { statements } = await intake.listStatements(anna, found.number);
    assert.equal(statements.length, asked === 'done' ? 2 : 1);
    if (asked !== 'done') assert.equal(asked, 'forms.isDecided');
  });

  test(`an office answers while its question is withdrawn: what it has written is there, or it is told (${order})`, async () => {
    const found = await taken();
    const asking = {
      office: `${rhoenblick}:${other}`,
      question: 'Bedenken?',
      dueOn: '2026-12-07',
      sections: [],
      attachments: [],
    };
    const statement = await intake.askForStatement(anna, found.number, asking);
    await workOff(stand);
    const mine = (await intake.listConsultations(emil)).filter(({ state }) => state === 'open').at(-1)?.id as number;
    const nothing = (async function* () {})();
    const [answered, withdrawn] = await meet(
      () => intake.answerConsultation(emil, mine, { text: 'Keine.', files: nothing }),
      () => intake.withdrawStatement(anna, { submission: found.number, statement }),
      isTurned,
    );
    assert.deepEqual([answered, withdrawn], ['done', 'done']);
    await workOff(stand);
    const { statements } = await intake.listStatements(anna, found.number);
    assert.deepEqual([statements[0]?.state, statements[0]?.answer], ['answered', 'Keine.']);
  });
}

test('two questions are open: with the first answer the second one is still waited for', async () => {
  const found = await taken();
  for (const text of ['Kassenzeichen?', 'Chip?']) await intake.askBack(anna, found.number, { text, dueOn: '2026-12-14' });
  const { requests } = await forms.lookAtStatus(nobody, found.token);
  const [one, two] = requests.map(({ id }) => id) as [number, number];
  await forms.answerEvidence(nobody, found.token, { request: one, text: '4711' });
  const between = await agreed(found);
  assert.deepEqual([between.item.state, between.item.awaitedUntil], ['evidenceRequested', '2026-12-14']);
  await forms.answerEvidence(nobody, found.token, { request: two, text: '276098100000001' });
  const after = await agreed(found);
  assert.deepEqual([after.item.state, after.item.awaitedUntil], ['inProgress', null]);
  assert.ok((await notifications.listNotices(anna)).length > 0);
});

test('while an answer is awaited time stands still, on record; with it the deadline is so many days later', async () => {
  const found = await taken();
  const { item: before } = await intake.getItem(anna, found.number);
  await intake.askBack(anna, found.number, { text: 'Kassenzeichen?', dueOn: '2026-12-21' });
  const overdue = async () =>
    (await intake.listTray(anna, { list: 'overdue', limit: 1_000 })).items.some(({ submission }) => submission === found.number);
  stand.clock.advance(25 * 86_400);
  const waiting = await intake.getItem(anna, found.number);
  assert.deepEqual([waiting.due, waiting.item.dueOn > before.dueOn, await overdue()], ['paused', true, false]);
  const { requests, expectedOn } = await forms.lookAtStatus(nobody, found.token);
  assert.ok(expectedOn !== null && expectedOn > before.dueOn);
  await forms.answerEvidence(nobody, found.token, { request: requests[0]?.id as number, text: '4711' });
  const { item } = await agreed(found);
  assert.deepEqual([item.pausedOn, item.firstDueOn, item.dueOn], [null, before.dueOn, waiting.item.dueOn]);
  assert.equal(await overdue(), false);
  stand.clock.advance(40 * 86_400);
  assert.equal(await overdue(), true);
});

test('an answer that does not come lets time go on from the day that was named for it', async () => {
  const found = await taken();
  await intake.askBack(anna, found.number, { text: 'Kassenzeichen?', dueOn: intake.usualAnswerDay(anna) });
  stand.clock.advance(17 * 86_400);
  assert.equal((await intake.getItem(anna, found.number)).due, 'unanswered');
  stand.clock.advance(40 * 86_400);
  assert.equal((await intake.getItem(anna, found.number)).due, 'overdue');
  assert.ok((await intake.countTray(anna)).overdue > 0);
  assert.ok(town.actor.tenant === ellrich);
});
