/**
 * Who is responsible: public services, the authorities behind them, and where which of them is competent.
 *
 * Keeps: the register of areas (official keys, mergers), and what editors write – master texts of the state, supplements of the
 * municipalities, authorities, competences – in versions with author, approver and days; the words of the search; what was
 * searched for and not found (words and days only).
 *
 * Promises: nobody publishes their own text. A tenant speaks for its own area and no other. What the public sees follows what
 * was published, also after a crash. An answer names the rule that made it. A place name that exists twice is asked back, never
 * guessed. Texts are text: markup in them is shown and never run.
 *
 * Never: learns who searches for what, reads another tenant's drafts, sends a person somewhere without saying why.
 */
export { type CatalogueReport, importCatalogue } from './catalogue.ts';
export { type Explanation, explainCompetence, type Responsible } from './competence.ts';
export { fillFinder, type Local, type LocalOffice, localServices } from './demo.ts';
export { type Desk, openDesk } from './desk.ts';
export {
  createEntry,
  type Decision,
  type DraftChange,
  type EntryQuery,
  type EntryRef,
  type EntryView,
  findEntry,
  getEntry,
  listEntries,
  type NewEntry,
  saveDraft,
  takeStep,
} from './entry.ts';
export { entryPublished } from './events.ts';
export { exportEntries, type ImportVerdict, importEntries } from './exchange.ts';
export { type AuthorityFreshness, freshness, freshnessByAuthority, remind } from './freshness.ts';
export { type FileImport, type ImportCounts, importFile } from './import-file.ts';
export { countLifeEvents, getLifeEvent, type LifeEventLine, type LifeEventView, listLifeEvents } from './life-event.ts';
export { finishMiss, listMisses } from './miss.ts';
export { keyForNew, withKeys, withNames } from './naming.ts';
export { type Preview, previewEntry } from './preview.ts';
export {
  type AuthorityView,
  getAuthority,
  getService,
  type ServiceView,
} from './public-service.ts';
export { publishEntry } from './publish.ts';
export { rebuild } from './rebuild.ts';
export { findArea, importRegister, type RegisterReport } from './register.ts';
export { confirmReview } from './review.ts';
export { stateTenant } from './rules.ts';
export type { Area, PlaceAnswer } from './rules-area.ts';
export { type EntryKind, entryKinds, type LifeEventContent, type ServiceContent } from './rules-content.ts';
export { type Found, type SearchAnswer, type SearchInput, search } from './search.ts';
export { listServices, type ServiceLine, supplementsOf, titlesOf } from './service-list.ts';
export { addSynonym, answerMiss, listSynonyms, removeSynonym } from './synonym.ts';
export { type Comparison, compareVersions, inWords, restoreVersion, type WordDifference } from './version.ts';
export { visitService } from './visit.ts';
