import { ensure, type Params } from '#platform/errors';

/** A notice as the person reads it. */
export type Notice = {
  readonly id: number;
  /** Kind and id of the thing it is about, e.g. `node:4711`. */
  readonly about: string;
  /** In the language of who reads it. */
  readonly sentence: string;
  /** A path of ours. */
  readonly link: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The person has followed it. */
  readonly isRead: boolean;
};

/** A notice as it is kept. */
export type KeptNotice = Omit<Notice, 'sentence'> & { readonly code: string; readonly params: Params };

export const limits = {
  /** Notices of one person; beyond, the oldest go. */
  perAccount: 100,
  /** People who are told at once. */
  accounts: 2_000,
  /** Longest value in a gap of a sentence, in characters. */
  valueCharacters: 200,
  linkCharacters: 500,
  /** Days after which a notice that nobody dismissed goes by itself. */
  days: 90,
};

const linkForm = /^\/(?![/\\])[^\s\p{Cc}\\]*$/u;

/** Throws `internal` for a link that is no path of ours: the room that tells has made a mistake. */
export function checkLink(link: string): string {
  ensure(linkForm.test(link) && link.length <= limits.linkCharacters, 'internal', 'platform.internal');
  return link;
}

/** Values short enough for a sentence. */
export function shorten(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value] as const),
  );
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > limits.valueCharacters ? `${characters.slice(0, limits.valueCharacters - 1).join('')}…` : text;
}
