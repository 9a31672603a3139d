import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Config } from '../src/config.ts';

/** A small S3 that keeps its objects in memory and answers badly where it is told to. What is good about S3 a real Ceph shows. */

/** What goes wrong, from the arrival of the request to the last byte of the answer. */
export const faults = [
  'reset', // the connection is reset when the request has come, its body unread
  'resetInBody', // … in the middle of its body
  'refusedInBody', // an answer comes while the body is still being sent, and the connection is closed
  'cut', // no answer
  'cutInHead', // half a head of an answer
  'cutInBody', // half a body
  'busy', // 503 with a code
  'broken', // 500 with something that is no XML
  'nonsense', // it is done, and said so in something that is no XML
  'failureAsSuccess', // success, with an error in it, as S3 does where it has sent the head too early
  'silent', // never an answer
  'stalled', // half an answer, and then silence
  'short', // a whole answer that says it is half as long
] as const;
export type Fault = (typeof faults)[number];

/** What is asked for; `part` is one of a multipart upload. */
export type Deed =
  | 'put'
  | 'copy'
  | 'begin'
  | 'part'
  | 'copyPart'
  | 'complete'
  | 'abort'
  | 'delete'
  | 'deleteMany'
  | 'get'
  | 'head'
  | 'bucket'
  | 'list'
  | 'uploads';

type Stored = { readonly body: Buffer; readonly head: string };
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Buffer | string };
type Asked = { readonly deed: Deed; readonly key: string; readonly query: URLSearchParams };

export type BrokenS3 = {
  readonly config: S3Config;
  readonly objects: ReadonlyMap<string, Stored>;
  /** Multipart uploads that were begun and neither completed nor given up. */
  readonly unfinished: ReadonlyMap<string, unknown>;
  /** What becomes of each request from now on; null: nothing bad. */
  decide(fate: (deed: Deed) => Fault | null): void;
  /** Resolves when the next request of this kind has come. */
  comes(deed: Deed): Promise<void>;
  close(): Promise<void>;
};

function readAsked({ method = '', url = '', headers }: IncomingMessage): Asked {
  const { pathname, searchParams: query } = new URL(url, 'http://s3');
  const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  const deeds: Readonly<Record<string, Deed>> = {
    PUT: query.has('uploadId') ? (isCopy ? 'copyPart' : 'part') : isCopy ? 'copy' : 'put',
    POST: query.has('uploads') ? 'begin' : query.has('delete') ? 'deleteMany' : 'complete',
    DELETE: query.has('uploadId') ? 'abort' : 'delete',
    GET: key !== '' ? 'get' : query.has('uploads') ? 'uploads' : 'list',
    HEAD: key === '' ? 'bucket' : 'head',
  };
  return { deed: deeds[method] as Deed, key, query };
}

const xml = (name: string, content: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><${name}>${content}</${name}>`,
});

class Shelf {
  readonly objects = new Map<string, Stored>();
  readonly uploads = new Map<string, { key: string; head: string; parts: Map<number, Buffer> }>();
  #count = 0;

  serve({ deed, key, query }: Asked, { headers }: IncomingMessage, body: Buffer): Answer {
    const id = query.get('uploadId') ?? '';
    const head = String(headers['x-amz-meta-head'] ?? '');
    const source = decodeURIComponent(String(headers['x-amz-copy-source'] ?? '')).replace(/^\/?[^/]+\//, '');
    const copied = this.objects.get(source)?.body ?? Buffer.alloc(0);
    switch (deed) {
      case 'put':
        this.objects.set(key, { body, head });
        return { status: 200, headers: { etag: '"x"' } };
      case 'copy':
        this.objects.set(key, { body: copied, head });
        return xml('CopyObjectResult', '<ETag>x</ETag>');
      case 'begin':
        this.#count += 1;
        this.uploads.set(String(this.#count), { key, head, parts: new Map() });
        return xml('InitiateMultipartUploadResult', `<UploadId>${this.#count}</UploadId>`);
      case 'part':
        this.uploads.get(id)?.parts.set(Number(query.get('partNumber')), body);
        return { status: 200, headers: { etag: '"x"' } };
      case 'copyPart': {
        const [, from, to] = /(\d+)-(\d+)/.exec(String(headers['x-amz-copy-source-range'])) ?? [];
        this.uploads.get(id)?.parts.set(Number(query.get('partNumber')), copied.subarray(Number(from), Number(to) + 1));
        return xml('CopyPartResult', '<ETag>x</ETag>');
      }
      case 'complete':
        return this.#complete(id);
      default:
        return this.#look({ deed, key, query }, headers, body);
    }
  }

  #complete(id: string): Answer {
    const upload = this.uploads.get(id);
    if (!upload) return { ...xml('Error', '<Code>NoSuchUpload</Code>'), status: 404 };
    const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    this.objects.set(upload.key, { body: Buffer.concat(parts), head: upload.head });
    this.uploads.delete(id);
    return xml('CompleteMultipartUploadResult', '<ETag>x</ETag>');
  }

  #look({ deed, key, query }: Asked, { range }: IncomingMessage['headers'], body: Buffer): Answer {
    if (deed === 'abort') this.uploads.delete(query.get('uploadId') ?? '');
    if (deed === 'delete') this.objects.delete(key);
    if (deed === 'abort' || deed === 'delete') return { status: 204 };
    if (deed === 'bucket') return { status: 200 };
    if (deed === 'deleteMany') {
      for (const [, each = ''] of String(body).matchAll(/<Key>(.*?)<\/Key>/g)) this.objects.delete(each);
      return xml('DeleteResult', '');
    }
    const prefix = query.get('prefix') ?? '';
    if (deed === 'uploads') {
      const all = [...this.uploads].filter(([, upload]) => upload.key.startsWith(prefix));
      return xml(
        'ListMultipartUploadsResult',
        all.map(([id, upload]) => `<Upload><Key>${upload.key}</Key><UploadId>${id}</UploadId></Upload>`).join(''),
      );
    }
    if (deed === 'list') {
      const all = [...this.objects].filter(([each]) => each.startsWith(prefix));
      return xml(
        'ListBucketResult',
        all
          .map(
            ([
              each,
              {
                body: { length },
              },
            ]) => `<Contents><Key>${each}</Key><Size>${length}</Size></Contents>`,
          )
          .join(''),
      );
    }
    const found = this.objects.get(key);
    if (!found) return { ...xml('Error', '<Code>NoSuchKey</Code>'), status: 404 };
    const about = { 'x-amz-meta-head': found.head };
    if (deed === 'head') return { status: 200, headers: { ...about, 'content-length': String(found.body.length) } };
    const [, from, to] = /(\d+)-(\d+)/.exec(range ?? '') ?? [];
    const piece = found.body.subarray(Number(from ?? 0), Number(to ?? found.body.length) + 1);
    return { status: 206, headers: { ...about, 'content-range': `bytes ${from}-${to}/${found.body.length}` }, body: piece };
  }
}

/** Answers as it should, or in some part. */
function give(response: ServerResponse, { status, headers = {}, body = '' }: Answer, fault: Fault | null): void {
  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (fault === null) {
    response.writeHead(status, { 'content-length': bytes.length, ...headers }).end(bytes);
    return;
  }
  if (fault === 'short') {
    response.writeHead(status, { ...headers, 'content-length': half.length }).end(half);
    return;
  }
  response.writeHead(status, { 'content-length': bytes.length + 1, ...headers });
  response.flushHeaders();
  response.write(half, () => {
    if (fault === 'cutInBody') response.socket?.destroy();
  });
}

const errors: Partial<Record<Fault, Answer>> = {
  busy: { ...xml('Error', '<Code>SlowDown</Code>'), status: 503 },
  broken: { status: 500, body: '<html>Oh' },
  refusedInBody: { status: 500, headers: { connection: 'close' }, body: '<html>Oh' },
  nonsense: { status: 200, body: 'Oh' },
  failureAsSuccess: xml('Error', '<Code>InternalError</Code>'),
};

/** Opens it; all is fine until {@link BrokenS3.decide} says otherwise. */
export async function openBrokenS3(): Promise<BrokenS3> {
  const shelf = new Shelf();
  let decide = (_deed: Deed): Fault | null => null;
  const awaited = new Map<Deed, () => void>();
  const server = createServer(async (request, response) => {
    const asked = readAsked(request);
    const fault = decide(asked.deed);
    awaited.get(asked.deed)?.();
    const { socket } = request;
    request.on('error', () => {}); // we cut it ourselves
    if (fault === 'reset') return void socket.resetAndDestroy();
    if (fault === 'resetInBody') {
      request.once('end', () => socket.destroy());
      return void request.once('data', () => socket.resetAndDestroy());
    }
    const error = fault && errors[fault];
    if (error && fault === 'refusedInBody') return give(response, error, null);
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      return; // the client has gone
    }
    if (error && error.status >= 400) return give(response, error, null);
    if (fault === 'silent') return;
    if (fault === 'cut') return void socket.destroy();
    if (fault === 'cutInHead') return void socket.write('HTTP/1.1 200 OK\r\nContent-Le', () => socket.destroy());
    const answer = shelf.serve(asked, request, Buffer.concat(pieces));
    if (error) give(response, error, null);
    else give(response, answer, fault);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config: { endpoint, region: 'x', bucket: 'eimer', accessKeyId: 'a', secretAccessKey: 'b' },
    objects: shelf.objects,
    unfinished: shelf.uploads,
    decide: (fate) => {
      decide = fate;
    },
    comes: (deed) => new Promise((resolve) => awaited.set(deed, resolve)),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
