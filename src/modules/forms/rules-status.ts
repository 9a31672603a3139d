import type { Permissions } from '#platform/authorize';
import type { Actor } from '#platform/context';
import { addDays, dayAt, endOfPeriod } from '#platform/day';
import { ensure } from '#platform/errors';

/** The life of a submission, and who may do what with it. */

export type SubmissionState = 'unpaid' | 'received' | 'inProgress' | 'evidenceRequested' | 'decided' | 'closed' | 'withdrawn';

export const submissionStates: readonly SubmissionState[] = [
  ...(['unpaid', 'received', 'inProgress', 'evidenceRequested', 'decided', 'closed', 'withdrawn'] as const),
];

export type SubmissionStep =
  | 'settle'
  | 'take'
  | 'assign'
  | 'handBack'
  | 'ask'
  | 'answer'
  | 'supplement'
  | 'consult'
  | 'consulted'
  | 'correct'
  | 'setFee'
  | 'decide'
  | 'close'
  | 'withdraw';
export type StepTaker = 'applicant' | 'office' | 'house';

type Edge = {
  readonly from: readonly SubmissionState[];
  /** Null: it stays what it was. */
  readonly to: SubmissionState | null;
  readonly by: StepTaker;
};

/** What is not here cannot happen. The events are `formSubmitted` for `settle` from `unpaid`, and `submissionChanged` for every other step. */
export const submissionEdges: Readonly<Record<SubmissionStep, Edge>> = {
  settle: { from: ['unpaid'], to: 'received', by: 'house' },
  take: { from: ['received', 'inProgress'], to: 'inProgress', by: 'office' },
  // To a colleague, also before anybody has begun and while an answer is awaited.
  assign: { from: ['received', 'inProgress', 'evidenceRequested'], to: null, by: 'office' },
  handBack: { from: ['inProgress'], to: 'received', by: 'office' },
  ask: { from: ['received', 'inProgress', 'evidenceRequested'], to: 'evidenceRequested', by: 'office' },
  answer: { from: ['evidenceRequested'], to: 'inProgress', by: 'applicant' },
  supplement: { from: ['received', 'inProgress', 'evidenceRequested'], to: null, by: 'applicant' },
  // As long as nobody has taken it: see `canCorrect`.
  correct: { from: ['received'], to: null, by: 'applicant' },
  // Another office is asked for its statement; what it says may come when it is too late, and is written down all the same.
  consult: { from: ['received', 'inProgress', 'evidenceRequested'], to: null, by: 'office' },
  consulted: { from: ['received', 'inProgress', 'evidenceRequested', 'decided', 'closed', 'withdrawn'], to: null, by: 'house' },
  // What an official was left to say; also with the decision.
  setFee: { from: ['received', 'inProgress', 'evidenceRequested', 'decided'], to: null, by: 'office' },
  decide: { from: ['received', 'inProgress', 'evidenceRequested'], to: 'decided', by: 'office' },
  close: { from: ['decided'], to: 'closed', by: 'office' },
  // Until it is decided: an application belongs to who made it.
  withdraw: { from: ['unpaid', 'received', 'inProgress', 'evidenceRequested'], to: 'withdrawn', by: 'applicant' },
};

/** Why nothing of this kind can be done (any more): the code of the sentence that says so. */
export function whyNot(state: SubmissionState): string {
  if (state === 'withdrawn') return 'forms.isWithdrawn';
  return state === 'decided' || state === 'closed' ? 'forms.isDecided' : 'forms.stepImpossible';
}

/** Whether the answers themselves can still be changed: nobody has taken it, and it was handed to nobody. */
export const canCorrect = ({ state, handler }: { readonly state: SubmissionState; readonly handler: number | null }): boolean =>
  submissionEdges.correct.from.includes(state) && handler === null;

/** Steps the applicant can take now. */
export const openTo = (by: StepTaker, state: SubmissionState): SubmissionStep[] =>
  (Object.keys(submissionEdges) as SubmissionStep[]).filter(
    (step) => submissionEdges[step].by === by && submissionEdges[step].from.includes(state),
  );

export const limits = {
  /** Drafts that were not touched for so long are removed; every page says when. */
  draftDays: 30,
  /** Files of one draft. */
  files: 60,
  /** Least time between beginning and sending: people read what they sign, robots do not. */
  leastSeconds: 3,
  text: 4_000,
  happenings: 500,
  /** Supplements of one application: more of them nobody can read. */
  supplements: 50,
  /** Days for an answer when the office does not say. */
  answerDays: 14,
  forms: 500,
  references: 5,
  /** Applications a citizen sees on one page. */
  own: 200,
  /** Applications that are taken out of an account that is removed. */
  forgotten: 10_000,
  /** Files of one answer to the office, and the largest of them in bytes. */
  evidenceFiles: 10,
  evidenceBytes: 20_000_000,
  /** Files of one draft that are still arriving. */
  unfinished: 20,
  /** A file nobody goes on sending is forgotten after this. */
  uploadHours: 24,
  /** What arrives is made durable in pieces of so many bytes: so much at most is lost when we die in the middle. */
  uploadPartBytes: 4 * 2 ** 20,
  /** Pieces of one file: whoever sends byte by byte makes us keep no more. */
  uploadParts: 2_000,
};

/** What somebody wrote in their own words. Throws `invalid` when it is empty or too long. */
export const checkText = (text: string): string => {
  const clean = text.normalize('NFC').replaceAll('\0', '').trim();
  ensure(clean !== '', 'invalid', 'platform.textMissing', { field: 'text' });
  ensure(clean.length <= limits.text, 'invalid', 'platform.textTooLong', { field: 'text', limit: limits.text });
  return clean;
};

/** The last day (ISO) of a period of so many days that begins at a moment; never a day on which nobody works. */
export const periodEnd = (from: Date, days: number): string => endOfPeriod(addDays(dayAt(from), days));

export type FormsAction = 'readSubmission' | 'workOn' | 'name' | 'editForms' | 'publishForms' | 'setOverlay' | 'list' | 'serve';
/** A tenant's forms and submissions; `works`: the office that works on the submission it is about. */
export type FormsThing = { readonly tenant: number; readonly works?: number | null };

const isHouse = (actor: Actor) => actor.kind === 'system';
const isMember = (actor: Actor, { tenant }: FormsThing) => actor.kind === 'account' && actor.tenant === tenant;

/** Who works in the office, and administrators where no office is set. A guest of the town is neither. */
function isOffice(actor: Actor, thing: FormsThing): boolean {
  if (actor.kind !== 'account' || actor.tenant !== thing.tenant) return false;
  const { works = null } = thing;
  return works === null ? actor.roles.includes('tenantAdministrator') : actor.principals.includes(works);
}

const readsTrail = (actor: Actor) =>
  actor.kind === 'account' && (actor.roles.includes('tenantAdministrator') || actor.roles.includes('auditor'));

const edits = (actor: Actor, thing: FormsThing) =>
  isHouse(actor) || (isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('editor'));

/** Applicants do not stand here: what they may, they may by the link they hold. */
export const formsPermissions: Permissions<FormsAction, FormsThing> = {
  see: (actor, thing) => isHouse(actor) || isMember(actor, thing),
  may: {
    readSubmission: (actor, thing) => isHouse(actor) || isOffice(actor, thing),
    workOn: (actor, thing) => isHouse(actor) || isOffice(actor, thing),
    list: (actor, thing) => isHouse(actor) || isMember(actor, thing),
    // For the trail: what an application is called, and nothing that is in it.
    name: (actor, thing) => isHouse(actor) || (isMember(actor, thing) && readsTrail(actor)),
    editForms: edits,
    // By another editor than the one who proposed: the verb looks at that.
    publishForms: edits,
    setOverlay: edits,
    serve: (actor, thing) => isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('counter'),
  },
};
