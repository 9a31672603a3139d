import { Connection } from './connection.ts';

/** Requests of one kind over some connections; runs in a process of its own. */
export type LoadJob = {
  readonly port: number;
  readonly authorization: string;
  readonly connections: number;
  readonly count: number;
  readonly method: string;
  /** `{n}` becomes the number of the request. */
  readonly path: string;
  /** The path of each request, in place of `path`. */
  readonly paths?: readonly string[];
  /** Numbers begin again after so many requests. */
  readonly modulus?: number;
  readonly headers?: string;
  readonly bodyBytes?: number;
  readonly body?: string;
  /** Sends one large body in pieces of a MiB instead. */
  readonly largeMiB?: number;
  readonly expected: readonly number[];
};

export type LoadResult = {
  readonly seconds: number;
  readonly perSecond: number;
  readonly bytes: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly firstByteMs: number;
};

function headOf(job: LoadJob, number: number, length: number | null): string {
  const path = job.paths?.[number] ?? job.path.replace('{n}', String(job.modulus ? number % job.modulus : number));
  const lines = [`${job.method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${job.port}`, `Authorization: ${job.authorization}`];
  if (length !== null) lines.push(`Content-Length: ${length}`);
  return `${lines.join('\r\n')}\r\n${job.headers ?? ''}\r\n`;
}

function requestOf(job: LoadJob, number: number): Buffer {
  const body =
    job.body !== undefined ? Buffer.from(job.body) : job.bodyBytes ? Buffer.alloc(job.bodyBytes, String(number)) : null;
  const head = Buffer.from(headOf(job, number, body?.length ?? (job.method === 'PUT' ? 0 : null)));
  return body ? Buffer.concat([head, body]) : head;
}

async function runLoad(job: LoadJob): Promise<LoadResult> {
  const latencies: number[] = [];
  let bytes = 0;
  let firstByteMs = 0;
  let next = 0;
  const piece = Buffer.alloc(2 ** 20, 'rennsteig');
  const connections = await Promise.all(Array.from({ length: job.connections }, () => Connection.open(job.port)));
  const worker = async (connection: Connection): Promise<void> => {
    while (next < job.count) {
      const number = next++;
      const started = performance.now();
      const reply = job.largeMiB
        ? await connection.sendLarge(headOf(job, number, job.largeMiB * 2 ** 20), piece, job.largeMiB)
        : await connection.send(requestOf(job, number));
      if (!job.expected.includes(reply.status)) throw new Error(`${job.method} ${job.path}: ${reply.headers}`);
      latencies.push(performance.now() - started);
      bytes += reply.bytes;
      firstByteMs = reply.firstByteMs;
    }
  };
  const started = performance.now();
  await Promise.all(connections.map(worker));
  const seconds = (performance.now() - started) / 1000;
  for (const connection of connections) connection.close();
  latencies.sort((a, b) => a - b);
  const quantile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] as number;
  return {
    seconds,
    perSecond: job.count / seconds,
    bytes,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    firstByteMs,
  };
}

process.on('message', (job: LoadJob) => {
  runLoad(job).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
