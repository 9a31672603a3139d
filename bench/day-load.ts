import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { Connection } from './connection.ts';

/**
 * People at work: requests begin when a clock says so, not when the answer before has come, and latency counts from that
 * moment. Whoever measures from when the request was sent leaves out the wait of everybody behind a slow one.
 */

/** One of the simulated people. */
export type Clerk = {
  readonly authorization: string;
  readonly cookie: string;
  /** Goes with every form of the session. */
  readonly csrf: string;
  /** Path of the own files, with a slash at the end. */
  readonly home: string;
  /** Space the person manages, and somebody to share it with and not. */
  readonly space: { readonly id: number; readonly name: string; readonly guest: number };
};

export type DayJob = {
  readonly port: number;
  readonly clerks: readonly Clerk[];
  readonly seconds: number;
  /** Times the mix of 3,750 people. */
  readonly factor: number;
  readonly folders: number;
  readonly filesEach: number;
};

export type DayFigures = {
  readonly requests: number;
  readonly perSecond: number;
  readonly errors: readonly string[];
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly worst: number;
  readonly byKind: Readonly<Record<string, { readonly requests: number; readonly p95: number }>>;
};

type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers?: string;
  readonly body?: Buffer;
  readonly expected: readonly number[];
  /** Whose request it is, when the kind of work decides that. */
  readonly clerk?: Clerk;
  /** Called when the answer is as expected. */
  readonly done?: () => void;
};

type Turn = { readonly clerk: Clerk; readonly number: number; readonly job: DayJob };

const propfind = Buffer.from(
  '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:resourcetype/><d:getlastmodified/>' +
    '<d:getcontentlength/><d:getetag/><oc:size/><oc:fileid/><oc:permissions/></d:prop></d:propfind>',
);
const favourite = (value: number) =>
  Buffer.from(
    `<?xml version="1.0"?><d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>${value}</oc:favorite></d:prop></d:set></d:propertyupdate>`,
  );

/** 1 MB, 20 MB and 100 MB of the public suite, a tenth of each, in its shares of 60, 30 and 10 per cent. */
const sizes = [...Array.from({ length: 6 }, () => 100_000), ...Array.from({ length: 3 }, () => 2_000_000), 10_000_000] as const;
export const sizeOf = (number: number): number => sizes[number % sizes.length] as number;
const largest = Buffer.alloc(10_000_000, 'rennsteig');

const folder = ({ number, job }: Turn) => `Ordner ${number % job.folders}`.replace(' ', '%20');

/** Folders that were made and can be thrown away, the oldest first. */
const made: { clerk: Clerk; path: string }[] = [];

function makeFolder({ clerk, number }: Turn): Request {
  const path = `${clerk.home}Eingang/Ordner-${number}`;
  return { method: 'MKCOL', path, expected: [201], done: () => made.push({ clerk, path }) };
}

let moves = 0;

/** Everybody's wandering file goes there and back, one after the other, so that it is where it is looked for. */
function moveFile({ job }: Turn): Request {
  const clerk = job.clerks[moves % job.clerks.length] as Clerk;
  const isBack = Math.floor(moves / job.clerks.length) % 2 === 1;
  moves += 1;
  const places = [`${clerk.home}Ordner%200/Wanderer.txt`, `${clerk.home}Ordner%201/Wanderer.txt`];
  const [from, to] = isBack ? places.toReversed() : places;
  return { method: 'MOVE', path: from as string, headers: `Destination: ${to}\r\n`, expected: [201], clerk };
}

/** Requests a second for 3,750 people: ownCloud's public load suite cdperf, as `shared/design/speed.md` sums it up. */
const mix: Readonly<Record<string, { readonly rate: number; request(turn: Turn): Request }>> = {
  browse: {
    rate: 500,
    request: (turn) => ({
      method: 'PROPFIND',
      path: `${turn.clerk.home}${folder(turn)}/`,
      headers: 'Depth: 1\r\n',
      body: propfind,
      expected: [207],
    }),
  },
  poll: {
    rate: 43,
    request: ({ clerk }) => ({ method: 'PROPFIND', path: clerk.home, headers: 'Depth: 0\r\n', body: propfind, expected: [207] }),
  },
  upload: {
    rate: 12,
    request: ({ clerk, number }) => ({
      method: 'PUT',
      path: `${clerk.home}Eingang/neu-${number}.bin`,
      body: largest.subarray(0, sizeOf(number)),
      expected: [201],
    }),
  },
  newFolder: { rate: 8, request: makeFolder },
  move: { rate: 6, request: moveFile },
  remove: {
    rate: 6,
    request: (turn) => {
      const oldest = made.shift();
      return oldest ? { method: 'DELETE', ...oldest, expected: [204] } : makeFolder(turn);
    },
  },
  download: {
    rate: 17,
    request: ({ clerk, number }) => ({ method: 'GET', path: `${clerk.home}Ablage/Datei-${number % 10}.bin`, expected: [200] }),
  },
  findPeople: {
    rate: 7,
    request: ({ clerk, number }) => ({
      method: 'GET',
      path: `/bereiche/${clerk.space.id}?suche=Person%20${number % 97}`,
      headers: `Cookie: ${clerk.cookie}\r\n`,
      expected: [200],
    }),
  },
  spaces: {
    rate: 3,
    request: ({ clerk }) => ({ method: 'PROPFIND', path: clerk.home, headers: 'Depth: 1\r\n', body: propfind, expected: [207] }),
  },
  share: {
    rate: 20,
    request: ({ clerk, number, job }) => ({
      method: 'POST',
      path: `/bereiche/${clerk.space.id}`,
      headers: `Cookie: ${clerk.cookie}\r\nOrigin: http://127.0.0.1:${job.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n`,
      body: Buffer.from(
        `_form=add-${clerk.space.guest}&principal=${clerk.space.guest}&role=${number % 2 ? 'viewer' : 'editor'}&_csrf=${encodeURIComponent(clerk.csrf)}`,
      ),
      expected: [302, 303],
    }),
  },
  tag: {
    rate: 8,
    request: ({ clerk, number, job }) => ({
      method: 'PROPPATCH',
      path: `${clerk.home}${folder({ clerk, number, job })}/Datei-${number % job.filesEach}.txt`,
      body: favourite(number % 2),
      expected: [207],
    }),
  },
};

/** Connections that wait for their next request; as many are opened as are busy at once. */
class Pool {
  readonly #port: number;
  readonly #free: Connection[] = [];
  readonly #all: Connection[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  async send(
    person: Clerk,
    { method, path, headers = '', body, expected, clerk = person, done }: Request,
  ): Promise<string | null> {
    const connection = this.#free.pop() ?? (await this.#open());
    const isPage = headers.includes('Cookie: ');
    const lines = [`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${this.#port}`];
    if (!isPage) lines.push(`Authorization: ${clerk.authorization}`);
    if (body) lines.push(`Content-Length: ${body.length}`);
    const head = Buffer.from(`${lines.join('\r\n')}\r\n${headers}\r\n`);
    const reply = await connection.send(body ? Buffer.concat([head, body]) : head);
    this.#free.push(connection);
    if (!expected.includes(reply.status)) return `${method} ${path}: ${reply.status}`;
    done?.();
    return null;
  }

  async #open(): Promise<Connection> {
    const connection = await Connection.open(this.#port);
    this.#all.push(connection);
    return connection;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }
}

type Arrival = { readonly at: number; readonly kind: string };

/** When which request begins, in milliseconds from the start: each kind on its own, at random, as independent people are. */
function arrivals({ seconds, factor }: DayJob): Arrival[] {
  const all = Object.entries(mix).flatMap(([kind, { rate }]) => {
    const list: Arrival[] = [];
    for (let at = 0; ; ) {
      at -= (Math.log(1 - Math.random()) / (rate * factor)) * 1000;
      if (at > seconds * 1000) return list;
      list.push({ at, kind });
    }
  });
  return all.sort((a, b) => a.at - b.at);
}

const microseconds = (milliseconds: number) => Math.max(1, Math.round(milliseconds * 1000));

async function play(job: DayJob): Promise<DayFigures> {
  const pool = new Pool(job.port);
  const whole = createHistogram({ figures: 3 });
  const kinds = new Map<string, RecordableHistogram>();
  const errors: string[] = [];
  const pending: Promise<void>[] = [];
  const began = performance.now();
  // Grows faster than any rate: a later round must not use the names of an earlier one.
  let number = (Date.now() * 10) % 1_000_000_000;
  for (const { at, kind } of arrivals(job)) {
    const intended = began + at;
    const early = intended - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    number += 1;
    const clerk = job.clerks[number % job.clerks.length] as Clerk;
    const request = mix[kind]?.request({ clerk, number, job }) as Request;
    const note = (error: string | null) => {
      const taken = microseconds(performance.now() - intended);
      whole.record(taken);
      const own = kinds.get(kind) ?? createHistogram({ figures: 3 });
      kinds.set(kind, own);
      own.record(taken);
      if (error !== null && errors.length < 20) errors.push(error);
    };
    pending.push(pool.send(clerk, request).then(note, (error) => note(`${kind}: ${String(error)}`)));
  }
  await Promise.all(pending);
  pool.close();
  const of = (histogram: RecordableHistogram, share: number) => histogram.percentile(share) / 1000;
  return {
    requests: whole.count,
    perSecond: whole.count / job.seconds,
    errors,
    p50: of(whole, 50),
    p95: of(whole, 95),
    p99: of(whole, 99),
    worst: whole.max / 1000,
    byKind: Object.fromEntries([...kinds].map(([kind, own]) => [kind, { requests: own.count, p95: of(own, 95) }])),
  };
}

process.on('message', (job: DayJob) => {
  play(job).then(
    (figures) => process.send?.({ figures }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
