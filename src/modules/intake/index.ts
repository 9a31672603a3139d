/**
 * The receiving office: for offices that have no specialist software, and the fallback that stays useful when they get some.
 *
 * Keeps: one row for each submission that has arrived, as its office needs it for lists, deadlines and figures; who stands in for
 * whom; how many working days a service may take. What was answered, the attachments and the history stay with the forms.
 *
 * Also keeps: what an office asks of others before it decides (statements), and what others ask of it (consultations), each side in its
 * own tenant: the house carries question and answer over, with copies of exactly the documents that were chosen.
 *
 * Promises: what was sent is in the tray of its office, once, however often the house says so; every act of the office is one
 * transaction of the forms' step, this room's row, the audit and the events. Whoever looks at something about a person is noted, lists too.
 * Deadlines end on working days of Thüringen.
 *
 * Never: shows a submission to somebody who is not of the office (for them it does not exist), hands out an attachment that was not found
 * clean, moves a deadline once something has arrived.
 *
 * For the rooms above (records, cases): hear `submissionClosed`, and read with `getItem` and the downloads of `package.ts`.
 */
export {
  type Absence,
  type AbsenceInput,
  type Absences,
  clearDeputy,
  listAbsences,
  possibleDeputies,
  setDeputy,
} from './absence.ts';
export {
  answerConsultation,
  bringStatement,
  type ConsultationLine,
  type ConsultationView,
  countConsultations,
  getConsultation,
  listConsultations,
} from './consultation.ts';
export { listConsultable, publishConsulted, setConsulted } from './consulted.ts';
export { listDeadlines, type ServiceDeadline, setDeadline } from './deadline.ts';
export {
  answer,
  askBack,
  type Colleague,
  close,
  colleaguesFor,
  getItem,
  giveBack,
  handTo,
  type ItemView,
  take,
  usualAnswerDay,
} from './desk.ts';
export { bringBack, layAside } from './elsewhere.ts';
export { submissionClosed } from './events.ts';
export { type AwaitedFee, type FeeLine, type FeeVerdict, listAwaitedFees, setFee, setFees } from './fees.ts';
export { countTray, findItems, listTray, type TrayLine, type TrayQuery, trayFigures } from './list.ts';
export { dataOfItem, packageOfItem, type StoredFile } from './package.ts';
export {
  type OfficeAct,
  type Outcome,
  type TrayList,
  type TraySort,
  type TrayState,
  trayLists,
  traySorts,
} from './rules.ts';
export {
  askForStatement,
  awaitedOffices,
  listStatements,
  remindOfStatement,
  type StatementView,
  withdrawStatement,
} from './statement.ts';
export { catchUp } from './tray.ts';
