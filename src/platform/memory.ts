/** What a process remembers of the database for a moment, so that the hot path does not ask the same again and again. */
export type ShortMemory<Key, Value> = {
  /** The value as it was at most `seconds` ago; otherwise loads it. Whoever asks while it is loading waits for the same answer. */
  recall(key: Key, now: Date, load: () => Promise<Value>): Promise<Value>;
  readonly size: number;
};

type Entry<Value> = { readonly asked: number; readonly answer: Promise<Value> };

export type ShortMemoryOptions<Value> = {
  /** Counted from when the question was asked, not from when the answer came: nobody gets an answer older than this. */
  readonly seconds: number;
  /** Most entries; the oldest goes first. */
  readonly most: number;
  /** Answers that are not worth remembering (a wrong token), so that strangers cannot push out the others. */
  readonly isWorthIt?: (value: Value) => boolean;
};

/** Makes an empty one. A clock that jumps back forgets what was asked in its future. */
export function shortMemory<Key, Value>({ seconds, most, isWorthIt }: ShortMemoryOptions<Value>): ShortMemory<Key, Value> {
  const entries = new Map<Key, Entry<Value>>();
  const lifetime = seconds * 1000;

  function ask(key: Key, asked: number, load: () => Promise<Value>): Promise<Value> {
    const entry: Entry<Value> = { asked, answer: load() };
    const forget = () => void (entries.get(key) === entry && entries.delete(key));
    entries.delete(key); // so that the order of the map is the order of asking
    entries.set(key, entry);
    if (entries.size > most) entries.delete(entries.keys().next().value as Key);
    entry.answer.then((value) => (isWorthIt?.(value) ?? true) || forget(), forget);
    return entry.answer;
  }

  return {
    recall: (key, now, load) => {
      const asked = now.getTime();
      const known = entries.get(key);
      const age = known ? asked - known.asked : -1;
      return known && age >= 0 && age < lifetime ? known.answer : ask(key, asked, load);
    },
    get size() {
      return entries.size;
    },
  };
}
