/**
 * What the house tells somebody: that they were given a role, that there is a comment on their file, that their space is nearly full.
 *
 * Keeps: notices of one person each, as the code of a sentence (in the words of the room that tells), what stands in its gaps, and
 * a path of ours it leads to. A notice about the same thing takes the place of the older one.
 *
 * Promises: a notice is made in the transaction of what it tells about, so that nothing is told that did not happen; whoever
 * reads it reads it in their own language; whoever follows it has read it, and the bell is silent about it; nobody has more than a bounded number, and old ones go by themselves.
 *
 * Never: is the only place where something is said (what it leads to says it too), shows a person's notices to anybody else,
 * grants access: whoever follows its link sees what they may see then.
 */
export { noticesChanged } from './events.ts';
export { countNotices, dismiss, dismissAll, existing, follow, getNotice, listNotices, notify, type Telling } from './notice.ts';
export type { Notice } from './rules.ts';
