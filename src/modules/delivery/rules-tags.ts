/**
 * Authentication tags: the fifth part of an envelope (RFC 7516, 7.1). Two envelopes never have the same one, so that they name what
 * exactly was submitted and what was accepted (docs.fitko.de/fit-connect, “SET-Erzeugung”).
 */
export type Tags = {
  readonly metadata: string;
  readonly data?: string | undefined;
  readonly attachments?: Readonly<Record<string, string>> | undefined;
};

const longest = 100;

/** The tag of an envelope, of which the last hundred characters are enough; empty: it is none. */
export const tagOf = (envelope: string): string => /\.([\w-]+)$/.exec(envelope.slice(-longest))?.[1] ?? '';

/** What was sent: each try to submit made new envelopes, and any of them may be the one that arrived. */
export type SentTags = {
  readonly tries: readonly { readonly metadata: string; readonly data: string }[];
  readonly attachments: Readonly<Record<string, string>>;
};

/** Whether tags name what was sent, all of it and nothing else. */
export function areOfSent({ metadata, data, attachments = {} }: Tags, sent: SentTags): boolean {
  const isTried = sent.tries.some((one) => one.metadata === metadata && one.data === data);
  const ids = Object.keys(sent.attachments);
  const isEach = ids.every((id) => attachments[id] === sent.attachments[id]);
  return isTried && isEach && Object.keys(attachments).length === ids.length;
}

/** The parts that are not what somebody else says they are: `metadata`, `data`, `attachment:UUID`. */
export function differingParts(ours: Tags, said: Tags): string[] {
  const files = { ...said.attachments, ...ours.attachments };
  return [
    ...(ours.metadata === said.metadata ? [] : ['metadata']),
    ...(ours.data === said.data ? [] : ['data']),
    ...Object.keys(files)
      .filter((id) => ours.attachments?.[id] !== said.attachments?.[id])
      .map((id) => `attachment:${id}`),
  ];
}
