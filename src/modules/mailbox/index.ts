/**
 * Letters: from authorities to people and companies, and their answers.
 *
 * Keeps: what each authority has sent, in its own tenant, with how it stands; the mailboxes, in the tenant of the portal; attachments on
 * both sides, encrypted with the key of where they lie.
 *
 * Promises: a letter that was sent goes once into the mailbox, or onto the list for the post. The mail about it says only that there is
 * one. The authority learns when it was opened, and the day on which it counts as delivered by the law it was sent under. Answers
 * reach the authority even when the letter is deleted right afterwards. Every attachment is looked at before somebody reads it. Whoever
 * has a mailbox takes everything along as a ZIP, and deletes it for good.
 *
 * Never: shows a mailbox to an authority, or a letter to colleagues of its author; says in a mail what a letter is about; opens a letter
 * for somebody (the export leaves unopened ones unopened).
 *
 * For the rooms above: `sendLetter` in the transaction of the decision; hear `letterMoved` and `answerReceived`. Files that go from one
 * authority to another by other ways are stored and copied with `storeFiles` and `copyFiles`, too.
 */
export { copyFiles, giveUpFiles, type NewFile, removeBlobs, type ScannedFile, storeFiles, withScans } from './attachment.ts';
export { answerReceived, letterMoved } from './events.ts';
export { exportLetters, type LetterView, listLetters, openLetter, removeLetter, replyTo } from './letter.ts';
export {
  type ChosenLetters,
  chosenLetters,
  letterPdf,
  markAllPosted,
  markPosted,
  type PrintPlan,
  planPrint,
  printLetters,
} from './print.ts';
export { checkBody, limits, type SentState } from './rules.ts';
export type { DeliveryRule } from './rules-delivery.ts';
export {
  answerFile,
  getSent,
  type LetterInput,
  listSent,
  markOfLetter,
  type SentLetter,
  type SentView,
  sendLetter,
  sentFile,
  writeLetter,
} from './send.ts';
export type { HeldFile } from './store/file.ts';
