import type { IncomingMessage } from 'node:http';

const largestBody = 262_144;

/** What was sent to a service of the demonstration, as text. Throws beyond 256 KB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > largestBody) throw new Error('The body is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
