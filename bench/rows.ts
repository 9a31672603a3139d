import type { LoadJob, LoadResult } from './load.ts';

/** Where a job runs: our instance, or the bare server beside it. */
export type Target = {
  /** Path of a folder to work in, with a slash at the end. */
  readonly home: string;
  readonly origin: string;
  load(job: Omit<LoadJob, 'port' | 'authorization'>): Promise<LoadResult>;
};

/** A row of the table: what is measured, which way is good, and what `shared/design/speed.md` asks for. */
export type Row = {
  readonly key: string;
  readonly what: string;
  readonly unit: 'files/s' | 'req/s' | 'MiB/s' | 'ms' | 's' | 'MB';
  readonly must: number;
  readonly aim: number;
};

export const isMoreBetter = ({ unit }: Row): boolean => unit.endsWith('/s');

export const fileRows: readonly Row[] = [
  { key: 'put', what: 'PUT 10 KiB, 8 parallel', unit: 'files/s', must: 650, aim: 1_500 },
  { key: 'get', what: 'GET 10 KiB, 8 parallel', unit: 'files/s', must: 3_300, aim: 6_000 },
  { key: 'putLarge', what: 'PUT 1 GiB', unit: 'MiB/s', must: 350, aim: 450 },
  { key: 'getLarge', what: 'GET 1 GiB', unit: 'MiB/s', must: 1_000, aim: 1_600 },
  { key: 'propfind', what: 'PROPFIND depth 0, 16 parallel', unit: 'req/s', must: 5_000, aim: 10_000 },
  { key: 'list', what: 'PROPFIND depth 1, 10,000 entries', unit: 'ms', must: 120, aim: 70 },
  { key: 'listFirst', what: '… its first byte', unit: 'ms', must: 10, aim: 2 },
  { key: 'move', what: 'MOVE a folder of 10,000', unit: 'ms', must: 20, aim: 2 },
  { key: 'trash', what: 'trash a folder of 10,000', unit: 'ms', must: 50, aim: 5 },
];

export const memoryRow: Row = {
  key: 'memory',
  what: 'memory at peak, database included',
  unit: 'MB',
  must: 500,
  aim: 350,
};

/** What the desktop client asks for; the captured protocol stands in `shared/design/clients.md`. */
export const propfindBody =
  '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:resourcetype/><d:getlastmodified/>' +
  '<d:getcontentlength/><d:getetag/><oc:size/><oc:id/><oc:fileid/><oc:permissions/><oc:checksums/></d:prop></d:propfind>';

const rounds = 3;
const small = 2_000;
const many = 10_000;
const largeMiB = 1_024;

const best = (values: readonly number[], direction: 'most' | 'least') =>
  direction === 'most' ? Math.max(...values) : Math.min(...values);

async function repeat<T>(work: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await work(round));
  return results;
}

/** Measures every row of files at one target: the best of three, as everything that disturbs only makes it slower. */
export async function measureFiles(target: Target): Promise<Record<string, number>> {
  return { ...(await measureSmall(target)), ...(await measureLarge(target)), ...(await measureFolders(target)) };
}

async function measureSmall({ home, load }: Target): Promise<Record<string, number>> {
  const put = (folder: string, count: number) =>
    load({ connections: 8, count, method: 'PUT', path: `${home}${folder}/f{n}.bin`, bodyBytes: 10_240, expected: [201] });
  const make = (folder: string) => load({ connections: 1, count: 1, method: 'MKCOL', path: home + folder, expected: [201] });
  await make('warm');
  await put('warm', 500);
  const puts = await repeat(async (round) => {
    await make(`put${round}`);
    return put(`put${round}`, small);
  });
  const gets = await repeat(() =>
    load({ connections: 8, count: small * 2, method: 'GET', path: `${home}warm/f{n}.bin`, modulus: 500, expected: [200] }),
  );
  const propfinds = await repeat(() => load({ ...propfind, connections: 16, count: 8_000, path: home, headers: 'Depth: 0\r\n' }));
  const most = (results: readonly LoadResult[]) =>
    best(
      results.map(({ perSecond }) => perSecond),
      'most',
    );
  return { put: most(puts), get: most(gets), propfind: most(propfinds) };
}

const propfind = { method: 'PROPFIND', body: propfindBody, expected: [207] } as const;

async function measureLarge({ home, load }: Target): Promise<Record<string, number>> {
  const one = { connections: 1, count: 1 } as const;
  const puts = await repeat((round) =>
    load({ ...one, method: 'PUT', path: `${home}large${round}.bin`, largeMiB, expected: [201] }),
  );
  const gets = await repeat((round) => load({ ...one, method: 'GET', path: `${home}large${round}.bin`, expected: [200] }));
  const fastest = (results: readonly LoadResult[]) =>
    best(
      results.map(({ seconds }) => largeMiB / seconds),
      'most',
    );
  return { putLarge: fastest(puts), getLarge: fastest(gets) };
}

async function measureFolders({ home, origin, load }: Target): Promise<Record<string, number>> {
  const one = { connections: 1, count: 1 } as const;
  await load({ ...one, method: 'MKCOL', path: `${home}ordner0`, expected: [201] });
  await load({ connections: 8, count: many, method: 'PUT', path: `${home}ordner0/f{n}.txt`, bodyBytes: 10, expected: [201] });
  const lists = await repeat(() => load({ ...one, ...propfind, path: `${home}ordner0`, headers: 'Depth: 1\r\n' }));
  const moves = await repeat((round) => {
    const headers = `Destination: ${origin}${home}ordner${round + 1}\r\n`;
    return load({ ...one, method: 'MOVE', path: `${home}ordner${round}`, headers, expected: [201] });
  });
  const trash = await load({ ...one, method: 'DELETE', path: `${home}ordner${rounds}`, expected: [204] });
  const least = (values: readonly number[]) => best(values, 'least');
  return {
    list: least(lists.map(({ seconds }) => seconds * 1000)),
    listFirst: least(lists.map(({ firstByteMs }) => firstByteMs)),
    move: least(moves.map(({ seconds }) => seconds * 1000)),
    trash: trash.seconds * 1000,
  };
}
