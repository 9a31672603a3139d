import type { Context } from '#platform/context';
import { type Verdict, verdicts } from './rules.ts';
import { type ObjectRow, putObjects } from './store.ts';

export type Count = { readonly objects: number; readonly bytes: number };

/** What a run did, in numbers. */
export type Counts = {
  readonly files: number;
  readonly folders: number;
  /** Of the files. */
  readonly bytes: number;
  /** Objects that got another name. */
  readonly renamed: number;
  readonly verdicts: Readonly<Record<Verdict, Count>>;
};

/** Rows that are written together. Those of a run that dies are found again by looking at what is there. */
const rowsAtOnce = 200;

/** Counts what happens to objects and notes it in the database; in a dry run it only tells `told`. */
export class Tally {
  readonly #ctx: Context;
  readonly #transfer: number | null;
  readonly #told: (row: ObjectRow) => void;
  readonly #verdicts = Object.fromEntries(verdicts.map((verdict) => [verdict, { objects: 0, bytes: 0 }])) as Record<
    Verdict,
    { objects: number; bytes: number }
  >;
  #rows: ObjectRow[] = [];
  #files = 0;
  #folders = 0;
  #bytes = 0;
  #renamed = 0;

  /** @param transfer null in a dry run: nothing is noted */
  constructor(ctx: Context, transfer: number | null, told: (row: ObjectRow) => void) {
    this.#ctx = ctx;
    this.#transfer = transfer;
    this.#told = told;
  }

  async add(row: ObjectRow): Promise<void> {
    const count = this.#verdicts[row.verdict];
    count.objects += 1;
    count.bytes += row.size;
    if (row.isFolder) this.#folders += 1;
    else this.#files += 1;
    this.#bytes += row.size;
    if (row.targetName !== row.name.normalize('NFC')) this.#renamed += 1;
    this.#told(row);
    await this.note(row);
  }

  /** Writes a row that is not a verdict yet. */
  async note(row: ObjectRow): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length >= rowsAtOnce) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    const { platform, actor } = this.#ctx;
    const transfer = this.#transfer;
    if (transfer === null || rows.length === 0) return;
    const last = new Map(rows.map((row) => [`${row.place} ${row.name}`, row]));
    await platform.db.write(actor.tenant, (tx) => putObjects(tx, actor.tenant, transfer, [...last.values()]));
  }

  get counts(): Counts {
    const [files, folders, bytes, renamed] = [this.#files, this.#folders, this.#bytes, this.#renamed];
    return { files, folders, bytes, renamed, verdicts: structuredClone(this.#verdicts) };
  }
}
