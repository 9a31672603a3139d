import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import * as notifications from '#modules/notifications';
import { faultsOf } from '#platform/checks';
import type { Context } from '#platform/context';
import { settleOffice, settleOtherOffice } from '../../../test/office.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import { remindOfStatements } from './care.ts';
import { bringing, fileOfConsultation } from './consultation.ts';
import { officesToAsk } from './consulted.ts';
import * as intake from './index.ts';
import { fileOfStatement } from './statement.ts';
import { endLeftStatements } from './statement-end.ts';

/** Ellrich's tax office asks an office of Rhönblick, whose only clerk is Emil. */

const stand = await openStand();
const people = await settle(stand);
const { nobody, house, ellrich, rhoenblick, id } = people;
const { town, send } = await settleOffice(stand, people);
const office = await settleOtherOffice(people);
await workOff(stand);
const [anna, bernd, emil] = [await people.now('anna'), await people.now('bernd'), await people.now('emil')];
const refused = (code: string) => ({ code });
const notices = async (ctx: Context) => (await notifications.listNotices(ctx)).map(({ sentence }) => sentence);
const none = async function* () {};
const file = async function* (name: string, text: string) {
  yield {
    name,
    type: 'application/pdf',
    bytes: (async function* () {
      yield Buffer.from(text);
    })(),
  };
};

await intake.setConsulted(emil, [office, 999_999, id.anna, -1]);
await workOff(stand);

const question = 'Spricht aus Ihrer Sicht etwas dagegen?';
const asking = { office: `${rhoenblick}:${office}`, question, dueOn: '2026-12-07', sections: [] as string[], attachments: [] };

async function taken(): Promise<number> {
  const { number } = await send();
  await workOff(stand);
  await intake.take(anna, number);
  return number;
}

const repeat = async (event: string, payload: object) => {
  const handler = bringing.find((known) => known.event === event);
  await handler?.job.run(house, payload as never);
};

test('an authority says itself who can be asked; everybody chooses from one list', async () => {
  assert.deepEqual(
    (await officesToAsk(anna)).map(({ source, name }) => [source, name]),
    [[rhoenblick, 'Gemeinde Rhönblick: Bauamt']],
  );
  await assert.rejects(intake.setConsulted(anna, []), refused('platform.forbidden'));
  await assert.rejects(intake.listConsultable(bernd), refused('platform.forbidden'));
});

test('the other authority gets the question with what was chosen, and nothing else; the answer comes back with its document', async () => {
  const submission = await taken();
  const view = await intake.listStatements(anna, submission);
  const gone = view.sections.find(({ rows }) => rows.some(({ value }) => value === 'Rex'));
  const statement = await intake.askForStatement(anna, submission, {
    ...asking,
    sections: [gone?.key ?? '', 'person 0x', '../'],
  });
  await workOff(stand);
  await repeat('intake.statementAsked', { tenant: ellrich, statement, to: rhoenblick });
  const [line, ...more] = await intake.listConsultations(emil);
  assert.deepEqual([more, line?.state, line?.fromName, line?.dueOn], [[], 'open', 'Stadt Ellrich', '2026-12-07']);
  assert.equal(await intake.countConsultations(emil), 1);
  assert.match((await notices(emil)).join(), /Um Ihre Stellungnahme wird gebeten/);
  const number = line?.id as number;
  const seen = JSON.stringify(await intake.getConsultation(emil, number));
  assert.match(seen, /Rex/);
  assert.doesNotMatch(seen, /Celik|Am Bach|celik@post/);
  // Emil still knows nothing of the application itself, and nobody of Ellrich of the row in Rhönblick.
  await assert.rejects(intake.getItem(emil, submission), refused('platform.notFound'));
  for (const other of [anna, bernd, people.dora, people.paula, people.ida])
    await assert.rejects(intake.getConsultation(other, number), refused('platform.notFound'));
  await assert.rejects(intake.getConsultation(nobody, number), refused('platform.signInFirst'));

  await assert.rejects(intake.answerConsultation(emil, number, { text: ' ', files: none() }), refused('platform.textMissing'));
  await intake.answerConsultation(emil, number, { text: 'Keine Bedenken.', files: file('Plan.pdf', '%PDF-1.7 Plan') });
  await assert.rejects(
    intake.answerConsultation(emil, number, { text: 'Doch.', files: none() }),
    refused('intake.statementDone'),
  );
  await workOff(stand);
  await repeat('intake.consultationAnswered', { tenant: rhoenblick, consultation: number, to: ellrich, statement });
  const { statements } = await intake.listStatements(anna, submission);
  assert.deepEqual(
    statements.map(({ state, answer, answeredBy, answerFiles }) => [
      state,
      answer,
      answeredBy,
      answerFiles.map(({ name }) => name),
    ]),
    [['answered', 'Keine Bedenken.', 'Emil Eckardt', ['Plan.pdf']]],
  );
  assert.match((await notices(anna)).join(), /Eine Stellungnahme ist da/);
  // No scanner works in this stand: what nobody has looked into is handed to nobody.
  const [answer] = statements[0]?.answerFiles ?? [];
  await assert.rejects(fileOfStatement(anna, { submission, file: answer?.id ?? 0 }), (error: { code?: string }) =>
    (error.code ?? '').startsWith('scanning.'),
  );
  await assert.rejects(fileOfConsultation(emil, { id: number, file: 424_242 }), refused('platform.notFound'));
  for (const [person, tenant, action] of [
    [people.dora, ellrich, 'intake.askForStatement'],
    [people.dora, ellrich, 'intake.receiveStatement'],
    [emil, rhoenblick, 'intake.receiveConsultation'],
    [emil, rhoenblick, 'intake.answerConsultation'],
  ] as const)
    assert.ok(
      (await accounts.auditTrail(person, { limit: 200 })).some((entry) => entry.action === action),
      `${tenant} ${action}`,
    );
});

test('only who works on it asks, while it is open, an office that can be asked, until a day that is one', async () => {
  const submission = await taken();
  await assert.rejects(intake.askForStatement(bernd, submission, asking), refused('intake.takeFirst'));
  await assert.rejects(intake.askForStatement(emil, submission, asking), refused('platform.notFound'));
  for (const wrong of ['', `${ellrich}:${office}`, `${rhoenblick}:1`, 'x:y', `${rhoenblick}:${office};`])
    await assert.rejects(intake.askForStatement(anna, submission, { ...asking, office: wrong }), refused('intake.officeMissing'));
  for (const dueOn of ['', '2026-11-23', '2031-01-01', 'bald'])
    await assert.rejects(intake.askForStatement(anna, submission, { ...asking, dueOn }), refused('intake.dayForm'));
  const allWrong = { ...asking, office: '', question: ' ', dueOn: '' };
  const faults = await intake.askForStatement(anna, submission, allWrong).then(() => [], faultsOf);
  assert.deepEqual(
    faults.map(({ params }) => params.field),
    ['office', 'question', 'dueOn'],
  );
  await assert.rejects(
    intake.askForStatement(anna, submission, { ...asking, question: 'x'.repeat(4_001) }),
    refused('platform.textTooLong'),
  );
  await assert.rejects(intake.askForStatement(anna, submission, { ...asking, attachments: [1] }), refused('platform.notFound'));
  await intake.answer(anna, submission, { outcome: 'granted', text: 'Ja.' });
  await assert.rejects(intake.askForStatement(anna, submission, asking), refused('forms.isDecided'));
  assert.deepEqual((await intake.listStatements(anna, submission)).statements, []);
});

test('withdrawn before it arrives it never arrives; withdrawn later its documents go; an answer under way is not lost', async () => {
  const submission = await taken();
  const before = (await intake.listConsultations(emil)).length;
  const never = await intake.askForStatement(anna, submission, asking);
  await intake.withdrawStatement(anna, { submission, statement: never });
  await workOff(stand);
  assert.equal((await intake.listConsultations(emil)).length, before);
  await assert.rejects(intake.withdrawStatement(anna, { submission, statement: never }), refused('intake.statementDone'));

  const later = await intake.askForStatement(anna, submission, asking);
  await workOff(stand);
  const [open] = await intake.listConsultations(emil);
  await intake.withdrawStatement(anna, { submission, statement: later });
  // Emil has not heard of it yet, and answers.
  await intake.answerConsultation(emil, open?.id ?? 0, { text: 'Bedenken.', files: none() });
  await workOff(stand);
  const { statements } = await intake.listStatements(anna, submission);
  assert.deepEqual(
    statements.map(({ state, answer }) => [state, answer]),
    [
      ['withdrawn', ''],
      ['answered', 'Bedenken.'],
    ],
  );
  const third = await intake.askForStatement(anna, submission, asking);
  await workOff(stand);
  const [last] = await intake.listConsultations(emil);
  await intake.withdrawStatement(anna, { submission, statement: third });
  await workOff(stand);
  assert.equal((await intake.getConsultation(emil, last?.id ?? 0)).state, 'withdrawn');
  await assert.rejects(
    intake.answerConsultation(emil, last?.id ?? 0, { text: 'Zu spät', files: none() }),
    refused('intake.statementDone'),
  );
});

test('nobody answers in another one’s name: an answer counts from the authority that was asked', async () => {
  const submission = await taken();
  const statement = await intake.askForStatement(anna, submission, asking);
  await workOff(stand);
  const [open] = await intake.listConsultations(emil);
  await intake.answerConsultation(emil, open?.id ?? 0, { text: 'Von uns.', files: none() });
  await repeat('intake.consultationAnswered', { tenant: people.werther, consultation: open?.id, to: ellrich, statement });
  assert.equal((await intake.listStatements(anna, submission)).statements[0]?.state, 'asked');
  await workOff(stand);
  assert.equal((await intake.listStatements(anna, submission)).statements[0]?.state, 'answered');
});

test('once it is decided or withdrawn nobody is asked any more: the other office hears of it, and what it was shown is gone', async () => {
  const answered = await taken();
  const given = await intake.askForStatement(anna, answered, asking);
  await workOff(stand);
  const [first] = await intake.listConsultations(emil);
  await intake.answerConsultation(emil, first?.id ?? 0, { text: 'Keine Bedenken.', files: none() });
  await workOff(stand);
  const open = await intake.countConsultations(emil);
  await intake.askForStatement(anna, answered, asking);
  await workOff(stand);
  assert.equal(await intake.countConsultations(emil), open + 1);
  await notifications.dismissAll(emil);
  assert.deepEqual(
    await intake.awaitedOffices(anna, answered),
    ['Gemeinde Rhönblick: Bauamt'],
    'the one that has answered is not',
  );
  await assert.rejects(intake.awaitedOffices(emil, answered), refused('platform.notFound'));
  await intake.answer(anna, answered, { outcome: 'granted', text: 'Ja.' });
  assert.deepEqual(await intake.awaitedOffices(anna, answered), []);
  const states = async () =>
    (await intake.listStatements(anna, answered)).statements.map(({ id, state }) => [id === given, state]);
  assert.deepEqual(await states(), [
    [true, 'answered'],
    [false, 'withdrawn'],
  ]);
  await workOff(stand);
  await intake.close(anna, answered);
  await workOff(stand);
  assert.equal(await intake.countConsultations(emil), open);
  const told = (await notices(emil)).filter((sentence) => sentence.startsWith('Über den Antrag ist entschieden'));
  assert.equal(told.length, 1);

  const { number, token } = await send();
  await workOff(stand);
  await intake.take(anna, number);
  await intake.askForStatement(anna, number, asking);
  await workOff(stand);
  await forms.withdrawSubmission(nobody, token);
  await workOff(stand);
  assert.equal(await intake.countConsultations(emil), open);
  const trail = await accounts.auditTrail(people.dora, { limit: 200 });
  const ends = trail.filter(({ action }) => action === 'intake.endStatement').map(({ details }) => details);
  assert.deepEqual(
    ends.map((details) => (details as { because?: string }).because),
    ['withdrawn', 'decided'],
  );
});

test('a question that was left open in a case that is done with is taken back in the night', async () => {
  const submission = await taken();
  const statement = await intake.askForStatement(anna, submission, asking);
  await intake.answer(anna, submission, { outcome: 'refused', text: 'Nein.' });
  // As it was before decisions took their questions along.
  await stand.house.platform.db.write(ellrich, (tx) => tx`update intake.statement set state = 'asked' where id = ${statement}`);
  for (let time = 0; time < 2; time += 1) await endLeftStatements(town);
  const { statements } = await intake.listStatements(anna, submission);
  assert.deepEqual(
    statements.map(({ state }) => state),
    ['withdrawn'],
  );
  await workOff(stand);
});

test('it is reminded of by hand and by the house, on both sides, once', async () => {
  const submission = await taken();
  const statement = await intake.askForStatement(anna, submission, asking);
  await workOff(stand);
  await notifications.dismissAll(emil);
  await intake.remindOfStatement(anna, { submission, statement });
  await workOff(stand);
  assert.match((await notices(emil)).join(), /Auf Ihre Stellungnahme wird gewartet/);
  await notifications.dismissAll(emil);
  await notifications.dismissAll(anna);
  stand.clock.advance(20 * 86_400);
  const there = { ...town, actor: { kind: 'system' as const, tenant: rhoenblick, job: 'test' } };
  for (let time = 0; time < 2; time += 1) {
    await remindOfStatements(town);
    await remindOfStatements(there);
  }
  assert.equal((await notices(anna)).filter((sentence) => sentence.startsWith('Eine Stellungnahme ist überfällig')).length, 1);
  assert.equal((await notices(emil)).filter((sentence) => sentence.startsWith('Auf Ihre Stellungnahme')).length, 1);
  assert.equal((await intake.listStatements(anna, submission)).statements[0]?.isOverdue, true);
});
