/** Runs work over items, at most so many at once; results in the order of the items. The first error ends it, after what runs. */
export async function eachLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  let isBroken = false;
  const lane = async () => {
    while (next < items.length && !isBroken) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as Item);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}

/** Visits a tree: every visit names what is to be visited next; at most so many at once. */
export async function walk<Task>(first: Task, limit: number, visit: (task: Task) => Promise<readonly Task[]>): Promise<void> {
  const waiting = [first];
  const running = new Set<Promise<void>>();
  try {
    while (waiting.length > 0 || running.size > 0) {
      while (waiting.length > 0 && running.size < limit) {
        const task = waiting.pop() as Task;
        const run = visit(task).then((next) => {
          running.delete(run);
          for (const each of next.toReversed()) waiting.push(each);
        });
        running.add(run);
      }
      await Promise.race(running);
    }
  } finally {
    await Promise.allSettled(running);
  }
}
