import { ensure, Failure } from '#platform/errors';
import type { FastifyInstance, FastifyRequest } from '#platform/http';

/** Largest body of an operation, in bytes. */
export const bodyBytes = 65_536;

/** More than any operation takes. */
const mostFields = 200;

/** Fields of a form by name; one that is given several times as a list. */
function readForm(text: string): Record<string, string | string[]> {
  const given = [...new URLSearchParams(text)];
  ensure(given.length <= mostFields, 'tooLarge', 'platform.tooLarge', { limit: mostFields });
  const fields = Map.groupBy(given, ([name]) => name);
  return Object.fromEntries([...fields].map(([name, values]) => [name, oneOrAll(values.map(([, value]) => value))]));
}

const oneOrAll = (values: string[]) => (values.length === 1 ? (values[0] as string) : values);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('invalid', 'platform.invalid', { detail: 'JSON' }, error);
  }
}

/** Takes what clients send to operations: JSON or a form, and from some of them an empty body under either name. */
export function takeBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: bodyBytes },
    async (request: FastifyRequest, body: string | Buffer) => {
      const text = String(body);
      if (text.trim() === '') return {};
      const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
      if (type === 'application/json') return readJson(text);
      ensure(type === 'application/x-www-form-urlencoded', 'unsupported', 'platform.unsupportedType', { detail: type ?? '' });
      return readForm(text);
    },
  );
}
