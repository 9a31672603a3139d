import { type Config, readConfig } from './config.ts';
import { type FirstProcess, isWorker, joinWorkers, OperatorError, openFirstProcess } from './ground.ts';
import type { House } from './house.ts';
import type { Demonstration } from './instance.ts';

const notEmpty = 'Rennsteig: --demo fills an empty instance only; this one is in use and stays as it is.\n';

/** The address at which people find the instance; the port is known when it was left to the system. */
const addressAt = ({ url }: Config, port: number) => url.replace(/:0$/, `:${port}`);

/** Asked at once: a parent that is gone by the time the instance serves cannot be told from the one that takes its place. */
const startedBy = process.ppid;

/** npm hands a signal to its shell, which ends and hands nothing on: resolves when the parent of this process is gone. */
function parentGone(): Promise<string> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === startedBy) return;
      clearInterval(timer);
      resolve('npm is gone');
    }, 1_000).unref();
  });
}

/** The first process: holds the data directory and the database, starts the workers, stops everything when told to. */
async function runFirst(config: Config): Promise<void> {
  const stopAsked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const first = await openFirstProcess(config);
  const finishing = new AbortController();
  let demonstration: Demonstration | null = null;
  let finished: Promise<unknown> | undefined;
  try {
    if (config.demo) demonstration = await demonstrate(config, first);
    const { port, setUp } = await first.serve(demonstration?.identity);
    const url = addressAt(config, port);
    process.stderr.write(`Rennsteig: ${url}\n`);
    if (setUp) process.stderr.write(`Rennsteig: nobody operates this instance yet; set it up within a day at ${setUp}\n`);
    if (config.demo) process.stderr.write(demonstration?.guide(url) ?? notEmpty);
    first.log.info({ port, workers: config.workers }, 'serving');
    finished = demonstration?.finish(finishing.signal).then(
      (isWhole) => first.log.info({ isWhole }, 'the large folder of the demonstration is filled'),
      (error) => first.log.error({ error }, 'the large folder of the demonstration could not be filled'),
    );
    const signal = await (config.underNpm ? Promise.race([stopAsked, parentGone()]) : stopAsked);
    first.log.info({ signal }, 'stopping');
  } finally {
    finishing.abort();
    await finished;
    await demonstration?.close();
    await first.close();
  }
}

/** Rooms are loaded by this process only when it fills them. */
async function demonstrate(config: Config, first: FirstProcess): Promise<Demonstration | null> {
  const { openDemonstration } = await import('./instance.ts');
  return openDemonstration(config, first);
}

/**
 * A failure that nobody waited for is a mistake of ours in one request. Node would end the process for it, and with it the
 * requests of everybody else: whoever found such a request could put out one process after the other.
 */
function surviveLostPromises(log: House['platform']['log']): void {
  process.on('unhandledRejection', (reason) => {
    log.error(
      { reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) },
      'a failure nobody waited for',
    );
  });
}

/** A worker: opens a house, serves until the first process says stop or is gone. */
async function runWorker(config: Config): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {}); // the first process tells us
  const loading = Promise.all([import('./house.ts'), import('./instance.ts')]);
  const first = await joinWorkers();
  if (first === null) process.exit();
  try {
    const [{ openHouse }, { prepare, setUpAddress }] = await loading;
    const { prepares, identity, ...connections } = first.start;
    const own: Config = identity ? { ...config, identity } : config;
    if (prepares) await prepare(config, connections);
    const house = await openHouse({ config: own, ...connections, metricsText: () => first.metricsText() });
    first.answerSnapshots(house.platform.metrics);
    surviveLostPromises(house.platform.log);
    const port = await house.listen();
    const setUp = prepares ? await setUpAddress({ ...config, url: addressAt(config, port) }, connections) : null;
    first.serving({ port, setUp });
    await first.closing;
    await house.close();
  } catch (error) {
    first.failed(error);
  }
  process.exit();
}

try {
  const config = readConfig(process.argv.slice(2));
  await (isWorker ? runWorker(config) : runFirst(config));
} catch (error) {
  const isForOperator = error instanceof OperatorError;
  process.stderr.write(`Rennsteig: ${isForOperator ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exitCode = isForOperator ? 2 : 1;
}
