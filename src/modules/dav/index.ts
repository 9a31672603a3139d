/**
 * The door for programs: WebDAV (RFC 4918, classes 1, 2 and 3) under `/remote.php/dav/files/HANDLE/` and
 * `/remote.php/webdav/`, with app passwords.
 *
 * Keeps nothing: every method parses, calls one verb of `files`, and renders. A path is read once, here, into segments.
 *
 * Promises: an answer that could not be finished is cut off, never short; a conditional request is judged under the lock of
 * the space; infinite listings, deep or large XML and entities are refused.
 *
 * Never: takes the session cookie of the browser (another site could make it send requests), shows another person's root.
 */
export type { PropertyName } from './properties.ts';
