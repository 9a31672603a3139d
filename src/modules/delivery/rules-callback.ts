import { createHmac } from 'node:crypto';
import { type Static, Type } from 'typebox';
import Schema from 'typebox/schema';

/** That there is something new, as a delivery service tells a receiver (docs.fitko.de/fit-connect, “Verwendung von Callbacks”). */

const type = 'https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions';
/** A call is believed for so many seconds before and after the time it names. */
export const callbackSeconds = 300;
/** Most bytes of a call. */
export const largestCallback = 65_536;

const id = Type.String({ maxLength: 36 });
const Named = Type.Object({ destinationId: id, submissionId: id, caseId: id });
const CallbackSchema = Type.Object({
  type: Type.Literal(type),
  submissions: Type.Array(Named, { maxItems: 500 }),
});
export type NamedSubmission = Static<typeof Named>;

/** What is sent. `submissionIds` is the former way to say it, and some read only that. */
export const writeCallback = (submissions: readonly NamedSubmission[]): string =>
  JSON.stringify({ type, submissionIds: submissions.map(({ submissionId }) => submissionId), submissions });

/** The submissions a call names; null: it is none. */
export function readCallback(body: string): readonly NamedSubmission[] | null {
  try {
    const value: unknown = JSON.parse(body);
    return Schema.Check(CallbackSchema, value) ? value.submissions : null;
  } catch {
    return null;
  }
}

/** RFC 2104 with SHA-512 over the time and the body as they are sent, with a dot between them. @param at seconds since 1970, as text */
export const callbackMac = (secret: string, at: string, body: string): Buffer =>
  createHmac('sha512', secret).update(`${at}.${body}`).digest();
