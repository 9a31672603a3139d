import type { Context } from '#platform/context';
import { asFailure } from '#platform/errors';
import { say } from '#platform/words';
import type { ClientOptions, Credentials } from './http-client.ts';
import type { RunOptions } from './run.ts';
import type { Source } from './source.ts';
import { openWebdav } from './source-webdav.ts';
import type { ObjectRow } from './store.ts';
import type { Counts } from './tally.ts';
import { authorize, importFrom } from './transfer.ts';

export type SeveralInput = {
  /** Address of the Nextcloud. */
  readonly url: string;
  /** Who is who: the user there and the address of the person here. */
  readonly people: readonly { readonly credentials: Credentials; readonly person: string }[];
  readonly folder: string | null;
  readonly options: RunOptions;
  readonly client?: ClientOptions;
  /** Asked before each person's files: who wants to see how far it is. */
  readonly observe?: (person: string) => Observer;
};

/** Somebody who watches one person's import. */
export type Observer = {
  /** The source, watched. */
  watch(source: Source): Source;
  told(row: ObjectRow): void;
  end(): void;
};

export type UserResult = {
  readonly user: string;
  readonly person: string;
  /** Null when nothing of theirs could be taken over; `failure` says why. */
  readonly counts: Counts | null;
  readonly failure: string | null;
};

/** Takes over the files of several users of a Nextcloud, one after the other; a failure of one does not stop the others. */
export async function importUsers(ctx: Context, input: SeveralInput): Promise<UserResult[]> {
  authorize(ctx.actor, 'migrate', null);
  const results: UserResult[] = [];
  for (const one of input.people) {
    const who = { user: one.credentials.user, person: one.person };
    try {
      results.push({ ...who, counts: await importUser(ctx, input, one), failure: null });
    } catch (error) {
      const { kind, code, params } = asFailure(error);
      if (kind === 'unavailable' || kind === 'internal') throw error;
      results.push({ ...who, counts: null, failure: say(ctx.platform.words, 'en', code, params) });
    }
  }
  return results;
}

async function importUser(ctx: Context, input: SeveralInput, one: SeveralInput['people'][number]): Promise<Counts> {
  const { credentials, person } = one;
  const url = `${input.url.replace(/\/+$/, '')}/remote.php/dav/files/${encodeURIComponent(credentials.user)}`;
  const source = openWebdav({ url, credentials, ...(input.client ? { client: input.client } : {}) });
  const target = { person, space: null, makesSpace: false, folder: input.folder };
  const observer = input.observe?.(person);
  const watched = { source: observer?.watch(source) ?? source, ...(observer && { told: observer.told }) };
  try {
    return (await importFrom(ctx, { ...watched, target, options: input.options })).counts;
  } finally {
    observer?.end();
    source.close();
  }
}
