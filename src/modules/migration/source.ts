/** A hash the source gives, hexadecimal. */
export type SourceHash = { readonly algorithm: 'sha256' | 'sha1'; readonly hex: string };

/** Something the source has. */
export type SourceItem = {
  /** As text; bytes that are no text stand as `\xE4`. */
  readonly name: string;
  /** From the top of the source, `/` between the names. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Bytes; 0 for folders. */
  readonly size: number;
  /** Milliseconds since 1970; null when the source does not say. */
  readonly modified: number | null;
  /** What the source calls it; stays when it is renamed, where the source can do that. */
  readonly id: string;
  /** Changes whenever the content does. */
  readonly fingerprint: string;
  readonly hash: SourceHash | null;
  /** Why it cannot be taken at all: a link, a device, something without a length; null for files and folders. */
  readonly obstacle: 'link' | 'special' | 'noLength' | null;
  readonly tags: readonly string[];
  readonly isFavourite: boolean;
  /** Where the source finds it again; its own business. */
  readonly locator: string | Buffer;
};

/** An earlier content of a file. */
export type SourceVersion = {
  readonly size: number;
  readonly modified: number | null;
  open(): Promise<AsyncIterable<Uint8Array>>;
};

export type SourceKind = 'directory' | 'webdav' | 'nextcloud';

/** Where things come from. Reads only; nothing at the source is ever changed. */
export type Source = {
  readonly kind: SourceKind;
  /** Names the source in reports; without user and password. */
  readonly label: string;
  /** Files that may be open at once. */
  readonly parallel: number;
  readonly top: SourceItem;
  /** Everything in a folder, sorted by name. Throws when the list is not complete: half a list would look like deletion. */
  list(folder: SourceItem): Promise<SourceItem[]>;
  /** The bytes of a file. The iteration throws when the source has other bytes than it announced. */
  open(item: SourceItem): Promise<AsyncIterable<Uint8Array>>;
  /** Earlier contents, oldest first; empty where the source keeps none. */
  versions(item: SourceItem): Promise<readonly SourceVersion[]>;
  /** Bytes of everything there is, for an estimate; null when the source cannot say without being walked through. */
  measure(signal: AbortSignal): Promise<number | null>;
  close(): void;
};

/** Most entries of one folder: bounds what is kept in memory at once. */
export const entriesPerFolder = 1_000_000;
