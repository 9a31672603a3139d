/**
 * Where things came from: takes over files and folders from a directory tree or another server, as often as needed until the day
 * of the change.
 *
 * Keeps: for every source and target one transfer, its runs, and for every object of the source its id, path, size, times and
 * hash there, what became of it, and which node it is here.
 *
 * Promises: what came is proved by its hash. A run that died goes on where it was. A later run brings only what is new or
 * changed. What somebody did here meanwhile is never replaced without being asked to, and then it becomes a version. What could
 * not be taken says why. Times and empty folders stay; a name no system could hold is changed, and the report says so.
 *
 * Never: changes anything at the source, follows links out of it, writes an object's content or a secret into report or audit.
 */

export type { Credentials } from './http-client.ts';
export { importNextcloudPeople } from './nextcloud-people.ts';
export { type Difference, type Reconciliation, reconcile } from './reconcile.ts';
export { importUsers } from './several.ts';
export type { Source } from './source.ts';
export { openDirectory } from './source-directory.ts';
export { openWebdav } from './source-webdav.ts';
export type { ObjectRow } from './store.ts';
export type { Counts } from './tally.ts';
export { type ImportResult, importFrom, listObjects, listTransfers, type TransferView } from './transfer.ts';
