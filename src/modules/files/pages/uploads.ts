import type { DetailedError, Upload } from 'tus-js-client';
import type { Found } from './dropped.ts';
import { type Begun, findBegun, forget, readBegun, remember } from './upload-memory.ts';
import { changedEvent } from './watch.ts';

/**
 * Uploads of this browser tab. They live outside of the pages, so that they go on while people walk through them. Each file goes
 * by tus: after a broken connection it goes on where it was.
 */

/** Files on their way at the same time; browsers open six connections, and the pages need some too. */
const atOnce = 3;
/** Smaller files come with the request that announces them; a larger one must know its address before the connection breaks. */
const wholeUpTo = 4 * 2 ** 20;
/** A connection on which nothing has moved for so long is given up and begun anew; longer while the server finishes a file. */
const stalled = { seconds: 40, atEndSeconds: 150, lookSeconds: 5 };
const retryDelays = [500, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000];

export type TakenRule = 'refuse' | 'version' | 'number';

/** What was dropped or chosen together: the question what to do with taken names is asked once for all of it. */
type Batch = { rule: TakenRule | 'skip' | null };

export type State = 'waiting' | 'running' | 'paused' | 'asking' | 'failed' | 'done' | 'skipped';

export type Item = {
  readonly id: string;
  readonly file: File;
  readonly path: string;
  readonly folder: number;
  readonly folderName: string;
  readonly batch: Batch;
  state: State;
  sent: number;
  /** When it last got further, milliseconds. */
  movedAt: number;
  /** Why it failed, as the server said it; null: the network. */
  sentence: string | null;
  status: number;
  url: string | null;
  upload: Upload | null;
};

export type Place = { readonly folder: number; readonly folderName: string };
type Person = { readonly account: number; readonly csrf: string };

const items: Item[] = [];
const hearers = new Set<() => void>();
const changedFolders = new Set<number>();
let person: Person = { account: 0, csrf: '' };
let count = 0;
let isTold = false;

/** Tells whoever shows the uploads, a few times a second at most. */
function tell(): void {
  if (isTold) return;
  isTold = true;
  setTimeout(() => {
    isTold = false;
    for (const folder of changedFolders) dispatchEvent(new CustomEvent(changedEvent, { detail: folder }));
    changedFolders.clear();
    for (const hear of hearers) hear();
  }, 200);
}

export function hearUploads(hear: () => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

export const allUploads = (): readonly Item[] => items;

/** For whom uploads run; their token changes with every session. */
export function setPerson(next: Person): void {
  const isOther = person.account !== 0 && person.account !== next.account;
  person = next;
  if (isOther) for (const item of [...items]) cancel(item.id);
}

/** Adds files to what is on its way. */
export function addUploads(found: readonly Found[], { folder, folderName }: Place): void {
  const batch: Batch = { rule: null };
  for (const { file, path } of found) {
    count += 1;
    const wanted = { name: file.name, path, size: file.size, modified: file.lastModified, folder };
    const url = findBegun(person.account, wanted)?.url ?? null;
    const fresh = { state: 'waiting', sent: 0, movedAt: 0, sentence: null, status: 0, url, upload: null } as const;
    items.push({ id: `upload-${count}`, file, path, folder, folderName, batch, ...fresh });
  }
  pump();
}

function pump(): void {
  const running = items.filter(({ state }) => state === 'running').length;
  const isOffline = typeof navigator !== 'undefined' && !navigator.onLine;
  const free = isOffline ? 0 : Math.max(0, atOnce - running);
  const next = items.filter(({ state }) => state === 'waiting').slice(0, free);
  for (const item of next) void start(item);
  tell();
}

function metadataOf({ file, path, folder, batch }: Item): Record<string, string> {
  const taken = batch.rule === null || batch.rule === 'skip' ? 'refuse' : batch.rule;
  return { filename: file.name, folder: String(folder), path, modified: String(file.lastModified), taken };
}

async function start(item: Item): Promise<void> {
  item.state = 'running';
  item.sentence = null;
  item.movedAt = Date.now();
  // The library comes with the first upload: most pages never need it.
  const { Upload: TusUpload } = await import('tus-js-client');
  if (item.state !== 'running') return;
  const upload = new TusUpload(item.file, {
    endpoint: '/dateien/hochladen',
    headers: { 'x-csrf-token': person.csrf },
    metadata: metadataOf(item),
    retryDelays,
    storeFingerprintForResuming: false,
    removeFingerprintOnSuccess: false,
    uploadDataDuringCreation: item.file.size <= wholeUpTo,
    ...(item.url !== null && { uploadUrl: item.url }),
    onUploadUrlAvailable: () => keep(item, upload),
    onProgress: (sent) => {
      item.movedAt = Date.now();
      item.sent = sent;
      tell();
    },
    onShouldRetry: (error) => isWorthRetrying(error as DetailedError),
    onSuccess: () => settle(item, 'done'),
    onError: (error) => refuse(item, error as DetailedError),
  });
  item.upload = upload;
  upload.start();
}

/** Small files are quicker sent again than asked about. */
function keep(item: Item, upload: Upload): void {
  item.url = upload.url;
  if (upload.url === null || item.file.size <= wholeUpTo) return;
  const { file, path, folder, folderName } = item;
  const facts = { name: file.name, path, size: file.size, modified: file.lastModified, folder, folderName };
  remember(person.account, { ...facts, url: upload.url, at: Date.now() });
}

const statusOf = (error: DetailedError) => error.originalResponse?.getStatus() ?? 0;

type Problem = { readonly title: string; readonly detail: string };

function problemOf(error: DetailedError): Problem {
  try {
    return JSON.parse(error.originalResponse?.getBody() ?? '') as Problem;
  } catch {
    return { title: '', detail: '' };
  }
}

/** The connection, a server that restarts, or one that is still busy with the connection before: these pass. */
function isWorthRetrying(error: DetailedError): boolean {
  const status = statusOf(error);
  if (status === 0) return navigator.onLine;
  if (status === 409) return !problemOf(error).title.startsWith('files.exists') && problemOf(error).title !== 'files.isAFolder';
  return status === 423 || status === 429 || (status >= 500 && status !== 507);
}

function refuse(item: Item, error: DetailedError): void {
  const { title, detail } = problemOf(error);
  item.status = statusOf(error);
  item.sentence = detail || null;
  const isTaken = title === 'files.exists' || title === 'files.isAFolder';
  if (isTaken) {
    if (item.url !== null) forget(person.account, item.url);
    item.url = null; // it was announced with another answer to the question
  }
  if (isTaken && item.batch.rule === null) settle(item, 'asking');
  else if (isTaken && item.batch.rule === 'skip') settle(item, 'skipped');
  else settle(item, 'failed');
}

function settle(item: Item, state: State): void {
  item.state = state;
  if (state === 'done') {
    item.sent = item.file.size;
    changedFolders.add(item.folder);
  }
  if (state === 'done' && item.url !== null) forget(person.account, item.url);
  item.upload = null;
  pump();
}

/** What shall happen with all files of these batches whose names are taken. */
export function answerTaken(rule: 'version' | 'number' | 'skip'): void {
  for (const item of items.filter(({ state }) => state === 'asking')) {
    item.batch.rule = rule;
    item.state = rule === 'skip' ? 'skipped' : 'waiting';
  }
  pump();
}

const byId = (id: string) => items.find((item) => item.id === id);

export function pause(id: string): void {
  const item = byId(id);
  if (!item || (item.state !== 'running' && item.state !== 'waiting')) return;
  void item.upload?.abort();
  settle(item, 'paused');
}

/** Goes on with one that was paused or has failed. */
export function resume(id: string): void {
  const item = byId(id);
  if (!item || (item.state !== 'paused' && item.state !== 'failed')) return;
  item.state = 'waiting';
  pump();
}

/** Gives an upload up; what has arrived is removed on the server too. */
export function cancel(id: string): void {
  const item = byId(id);
  if (!item) return;
  items.splice(items.indexOf(item), 1);
  if (item.url !== null) {
    forget(person.account, item.url);
    void abandon(item.url);
  }
  void item.upload?.abort();
  pump();
}

/** Takes what is over out of the list. */
export function clearOver(): void {
  const rest = items.filter(({ state }) => state !== 'done' && state !== 'skipped' && state !== 'failed');
  items.splice(0, items.length, ...rest);
  tell();
}

/** An upload of an earlier visit that shall not go on. */
export async function abandon(url: string): Promise<void> {
  forget(person.account, url);
  tell();
  const headers = { 'tus-resumable': '1.0.0', 'x-csrf-token': person.csrf };
  await fetch(url, { method: 'DELETE', headers }).catch(() => {});
}

/** Uploads of an earlier visit that wait for their file to be chosen again. */
export function interrupted() {
  const known = new Set(items.map(({ url }) => url));
  return readBegun(person.account).filter(({ url }) => !known.has(url));
}

/** Interrupted uploads for which another file was chosen. */
const mistaken = new Set<string>();

export const isMistaken = ({ url }: Begun): boolean => mistaken.has(url);

/** Goes on with an interrupted upload, if this is its file. */
export function continueUpload(begun: Begun, file: File): void {
  const isSame = file.name === begun.name && file.size === begun.size && file.lastModified === begun.modified;
  if (isSame) {
    mistaken.delete(begun.url);
    addUploads([{ file, path: begun.path }], { folder: begun.folder, folderName: begun.folderName });
  } else mistaken.add(begun.url);
  tell();
}

const isBusy = (): boolean => items.some(({ state }) => state === 'running' || state === 'waiting');

/** Stops what runs, keeping what has arrived. */
function interrupt(item: Item, state: 'waiting' | 'failed'): void {
  void item.upload?.abort();
  item.status = 0;
  settle(item, state);
}

/** A connection can die without anybody being told. */
function lookForStalled(): void {
  const now = Date.now();
  for (const item of items.filter(({ state }) => state === 'running')) {
    const seconds = item.sent >= item.file.size ? stalled.atEndSeconds : stalled.seconds;
    if (now - item.movedAt > seconds * 1_000) interrupt(item, 'waiting');
  }
}

if (typeof addEventListener === 'function' && typeof document !== 'undefined') {
  setInterval(lookForStalled, stalled.lookSeconds * 1_000);
  addEventListener('offline', () => {
    for (const item of items.filter(({ state }) => state === 'running')) interrupt(item, 'failed');
  });
  // Back on the network, what it stopped goes on by itself.
  addEventListener('online', () => {
    for (const item of items) if (item.state === 'failed' && item.status === 0) resume(item.id);
    pump();
  });
  addEventListener('beforeunload', (event) => {
    if (isBusy()) event.preventDefault();
  });
}
