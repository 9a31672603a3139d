/**
 * Applications: forms as data, drafts that are never lost, and what was sent.
 *
 * Keeps: the catalogue of forms in versions (of the state's tenant), the forms each authority writes itself with every step of the
 * writing (`edit*.ts`, docs/decisions/0026), what each municipality sets in them, drafts with their
 * attachments, submissions with their history. Drafts and submissions belong to the tenant whose office gets them.
 *
 * Promises: every answer is stored as soon as it was sent, once, also when it is wrong; where the browser runs scripts what is typed is
 * stored while somebody types (`pages/keep-script.ts`), and an older save never overtakes a later one; a draft stays on the version it was begun
 * with; what was sent is frozen and has one number; a fee is asked for once. Whoever holds the link sees how it stands, who has
 * it, what is missing and by when. Every page works without script and without a cookie.
 *
 * Never: knows who somebody is beyond what the law asks for, keeps a link (only its hash), hands out an attachment nobody has
 * looked at, runs code that stands in a form.
 *
 * For the receiving office above: hear `formSubmitted`, list and read with `listSubmissions` and `getSubmission`, take steps with the verbs
 * of `office.ts`; the applicant sees each of them at once.
 */
export { listApplications, type OwnApplication, takeIntoAccount } from './account.ts';
export { type Arrived, type ArrivedFile, arriveSubmission } from './arrive.ts';
export type { ProofNeed, SentProof } from './assurance.ts';
export { addFile, keepFile, removeFile } from './attachment.ts';
export { type BeginInput, beginDraft, lookAtStart, type StartView } from './begin.ts';
export { type FormLine, listForms, publishBuiltIn, publishDefinition, serviceOf } from './catalogue.ts';
export { beginCorrection, dropCorrection, sendCorrection } from './correct.ts';
export {
  beginAtCounter,
  type CounterInput,
  type CounterLine,
  type CounterPaper,
  lookAtCounter,
  lookAtCounterForm,
  paperOf,
  servedAmong,
} from './counter.ts';
export { keepPage, lookAtPage, type PageView, type Question, type Saved, type SaveInput, savePage } from './draft.ts';
export {
  beginFromFim,
  beginOwnForm,
  continueForm,
  discardOwnForm,
  listContinuable,
  listEditions,
  listOwnForms,
  lookAtOwnForm,
  type NewOwnForm,
  type OwnFormLine,
  type OwnFormView,
  restoreEdition,
  undoOwnForm,
} from './edit.ts';
export { type ConditionView, lookAtCondition, saveCondition } from './edit-condition.ts';
export { type LeftView, lookAtLeft, tickLeft } from './edit-left.ts';
export {
  approveForm,
  lookAtProposal,
  type ProposalView,
  proposeForm,
  publishOwnForm,
  takeBackProposal,
} from './edit-publish.ts';
export {
  addFormPage,
  addQuestion,
  arrangePage,
  arrangeQuestion,
  placePage,
  placeQuestion,
  saveBasics,
  saveFormPage,
  saveQuestion,
} from './edit-step.ts';
export {
  addFeeItem,
  addValue,
  arrangeSum,
  type FeeView,
  lookAtFee,
  lookAtSum,
  lookAtValues,
  type SumInput,
  type SumView,
  saveFee,
  saveSum,
  type ValuesView,
} from './edit-sum.ts';
export { answerTrial, endTrial, lookAtTrial, lookAtTrialEnd } from './edit-trial.ts';
export { formSubmitted, submissionChanged } from './events.ts';
export { type FimReport, importFim } from './fim.ts';
export { tenantOfKey } from './gate.ts';
export { type LocalInput, type LocalLine, type LocalView, listLocal, lookAtLocal, saveLocal } from './local.ts';
export { getOverlay, publishOffer, setOverlay, type TakenForm, takenForms } from './offer.ts';
export {
  type Alongside,
  askForEvidence,
  assignSubmission,
  closeSubmission,
  decideSubmission,
  getSubmission,
  handBackSubmission,
  listSubmissions,
  noteStatement,
  readableAttachment,
  type SubmissionQuery,
  type SubmissionView,
  setSubmissionFee,
  takeSubmission,
} from './office.ts';
export { beginProof, lookAtProof, proveDraft } from './proof.ts';
export { lookAtResume, mailLink, type ResumeView, resumeDraft } from './resume.ts';
export { type IdentityProof, identityProofs } from './rules-counter.ts';
export type { Definition } from './rules-definition.ts';
export { noOverlay, type Overlay } from './rules-overlay.ts';
export { type SubmissionState, type SubmissionStep, whyNot } from './rules-status.ts';
export { waitingOf } from './rules-waiting.ts';
export type { SubmitInput } from './send.ts';
export {
  answerEvidence,
  lookAtStatus,
  payAgain,
  type StatusView,
  supplementSubmission,
  withdrawSubmission,
} from './status.ts';
export { type CheckView, lookAtCheck, submitDraft } from './submit.ts';
export { type Arriving, dropUpload, lookAtArriving } from './upload.ts';
