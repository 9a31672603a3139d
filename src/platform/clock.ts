/** Where the house gets the time from, so that tests can hold and move it. Never used to order changes: that is what `seq` is for. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
