import type { PageHouse, Part } from './context.ts';

type Upload = {
  readonly fields: Readonly<Record<string, string>>;
  /** The files behind the fields, as they arrive; to be read once. */
  readonly files: AsyncIterable<{ readonly name: string; readonly type: string; readonly bytes: AsyncIterable<Uint8Array> }>;
};

/**
 * A form with files: its fields stand before them. What was typed goes into `form`, so that it is still there when something is refused.
 */
export async function readUpload(house: PageHouse, form: FormData): Promise<Upload> {
  const parts = house.parts()[Symbol.asyncIterator]();
  const fields: Record<string, string> = {};
  let next: IteratorResult<Part> = await parts.next();
  for (; !next.done && next.value.kind === 'field'; next = await parts.next()) {
    fields[next.value.name] = next.value.value;
    form.set(next.value.name, next.value.value);
  }
  async function* files() {
    for (; !next.done; next = await parts.next()) {
      if (next.value.kind !== 'file') continue;
      const { fileName, type, stream } = next.value;
      yield { name: fileName, type, bytes: stream as AsyncIterable<Uint8Array> };
    }
  }
  return { fields, files: files() };
}
