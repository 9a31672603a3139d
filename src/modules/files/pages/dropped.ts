/** A file to be uploaded, and the folders it stands in below the place it is uploaded to. */
export type Found = { readonly file: File; readonly path: string };

/** What was dropped: files with their folders, and folders with nothing in them. */
export type Dropped = { readonly files: readonly Found[]; readonly emptyFolders: readonly string[] };

/** What one drop may hold; a whole disk is for a client, not for a browser. */
const droppedLimits = { files: 50_000, depth: 90 };

/** What systems leave in folders for themselves; nobody means to hand it over. */
const litter = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);

const folderOf = (path: string) => path.replace(/^\//, '').replace(/\/?[^/]*$/, '');

/** Files out of a file field; those of a chosen folder carry their way. */
export function chosenFiles(files: readonly File[]): readonly Found[] {
  return files
    .filter(({ name }) => !litter.has(name.toLowerCase()))
    .map((file) => ({ file, path: folderOf(file.webkitRelativePath) }));
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // Browsers give a hundred at a time, and an empty answer at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject));

type Collected = { files: Found[]; emptyFolders: string[] };

async function walk(entry: FileSystemEntry, found: Collected, depth: number): Promise<void> {
  if (found.files.length >= droppedLimits.files || depth > droppedLimits.depth) return;
  if (entry.isFile) {
    if (litter.has(entry.name.toLowerCase())) return;
    found.files.push({ file: await fileOf(entry as FileSystemFileEntry), path: folderOf(entry.fullPath) });
    return;
  }
  const children = await childrenOf(entry as FileSystemDirectoryEntry);
  if (children.length === 0) found.emptyFolders.push(entry.fullPath.replace(/^\//, ''));
  for (const child of children) await walk(child, found, depth + 1);
}

/** Reads what was dropped, whole folders included. Must be called while the drop is being handled: later nothing is there. */
export async function readDropped(items: readonly DataTransferItem[], files: readonly File[]): Promise<Dropped> {
  const entries = items.flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (entries.length === 0) return { files: chosenFiles(files), emptyFolders: [] };
  const found: Collected = { files: [], emptyFolders: [] };
  for (const entry of entries) await walk(entry, found, 1);
  return found;
}
