/** Uploads that have begun, so that they go on after the page was loaded anew. Kept in this browser, for the person alone. */

/** What is known of an upload that was interrupted; the file itself has to be chosen again. */
export type Begun = {
  readonly url: string;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly folder: number;
  readonly folderName: string;
  readonly at: number;
};

/** The server forgets what nobody goes on with after a day. */
const lifetime = 86_400_000;
const most = 200;

const keyOf = (account: number) => `rennsteig:uploads:${account}`;

function isBegun(value: unknown): value is Begun {
  return typeof value === 'object' && value !== null && 'url' in value && 'size' in value && 'at' in value;
}

/** The interrupted uploads of the person. */
export function readBegun(account: number, now = Date.now()): readonly Begun[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(account)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isBegun).filter(({ at }) => now - at < lifetime) : [];
  } catch {
    return []; // no storage, or not ours: uploads then do not survive the page, and nothing else is lost
  }
}

function write(account: number, begun: readonly Begun[]): void {
  try {
    localStorage.setItem(keyOf(account), JSON.stringify(begun.slice(-most)));
  } catch {
    // full or forbidden: as above
  }
}

export function remember(account: number, upload: Begun): void {
  write(account, [...readBegun(account).filter(({ url }) => url !== upload.url), upload]);
}

export function forget(account: number, url: string): void {
  write(
    account,
    readBegun(account).filter((upload) => upload.url !== url),
  );
}

/** The interrupted upload of this very file to this very place. */
export function findBegun(account: number, wanted: Omit<Begun, 'url' | 'at' | 'folderName'>): Begun | undefined {
  return readBegun(account).find(
    ({ name, path, size, modified, folder }) =>
      name === wanted.name &&
      path === wanted.path &&
      size === wanted.size &&
      modified === wanted.modified &&
      folder === wanted.folder,
  );
}
