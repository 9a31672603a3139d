import { connect } from 'node:net';
import type { BasicCredentials } from './people.ts';

/** A WebDAV client for tests: as plain as possible, so that the tests say what goes over the wire. */
export type DavClient = {
  /** Address of the person's root folder, with a slash at the end. */
  readonly home: string;
  request(method: string, path: string, options?: RequestInit): Promise<Response>;
  put(path: string, content: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Status of a request without a body. */
  status(method: string, path: string, headers?: Record<string, string>): Promise<number>;
  propfind(path: string, properties: readonly string[], depth?: '0' | '1'): Promise<Listing>;
  etag(path: string): Promise<string>;
};

/** Properties of each address in an answer: by `oc:id` or `d:getetag`, as XML. */
export type Listing = readonly {
  readonly href: string;
  readonly found: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}[];

const namespaces = 'xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns" xmlns:t="urn:test"';

/** The body of a PROPFIND for some properties. */
function propfindBody(properties: readonly string[]): string {
  return `<?xml version="1.0"?><d:propfind ${namespaces}><d:prop>${properties.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`;
}

/** Reads a multistatus as our server writes it. */
export function readListing(xml: string): Listing {
  return [...xml.matchAll(/<d:response>(.*?)<\/d:response>/gs)].map(([, response = '']) => {
    const href = /<d:href>(.*?)<\/d:href>/.exec(response)?.[1] ?? '';
    const found: Record<string, string> = {};
    const missing: string[] = [];
    for (const [, props = '', status] of response.matchAll(/<d:propstat><d:prop>(.*?)<\/d:prop><d:status>HTTP\/1\.1 (\d+)/gs)) {
      for (const [, name = '', , value = ''] of props.matchAll(/<([\w-]+:[\w-]+)(?: [^>]*?)?(\/>|>(.*?)<\/\1>)/gs)) {
        if (status === '200') found[name] = value;
        else missing.push(name);
      }
    }
    return { href, found, missing };
  });
}

/** A client for one person. */
export function davClient(port: number, { user, authorization }: BasicCredentials): DavClient {
  const origin = `http://127.0.0.1:${port}`;
  const home = `/remote.php/dav/files/${encodeURIComponent(user)}/`;
  const addressOf = (path: string) => (path.startsWith('/') ? path : home + path.split('/').map(encodeURIComponent).join('/'));
  const request = (method: string, path: string, options: RequestInit = {}) =>
    fetch(origin + addressOf(path), { ...options, method, headers: { authorization, ...options.headers }, redirect: 'manual' });
  const propfind = async (path: string, properties: readonly string[], depth: '0' | '1' = '0') => {
    const answer = await request('PROPFIND', path, { body: propfindBody(properties), headers: { depth } });
    const text = await answer.text();
    if (answer.status !== 207) throw new Error(`${answer.status}: ${text}`);
    return readListing(text);
  };
  return {
    home,
    request,
    propfind,
    put: (path, content, headers = {}) => request('PUT', path, { body: content, headers }),
    get: (path, headers = {}) => request('GET', path, { headers }),
    status: async (method, path, headers = {}) => {
      const answer = await request(method, path, { headers });
      await answer.arrayBuffer();
      return answer.status;
    },
    etag: async (path) => (await propfind(path, ['d:getetag']))[0]?.found['d:getetag'] ?? '',
  };
}

/** Sends bytes exactly as given over a fresh connection and returns what comes back until the server closes or is silent. */
export function sendRaw(port: number, bytes: string | Buffer, { until = /\r\n\r\n/ }: { until?: RegExp } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (piece) => {
      answer += piece.toString('latin1');
      if (until.test(answer)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
