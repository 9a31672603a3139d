import { type Config, readConfig } from './config.ts';
import { isWorker, joinWorkers, OperatorError, openHouse } from './house.ts';
import { type Demonstration, openDemonstration, openInstance, setUpAddress } from './instance.ts';

const notEmpty = 'Rennsteig: --demo fills an empty instance only; this one is in use and stays as it is.\n';

/** The first process: holds the data directory and the database, starts the workers, stops everything when told to. */
async function runFirst(config: Config): Promise<void> {
  const stopAsked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const instance = await openInstance(config);
  const finishing = new AbortController();
  let demonstration: Demonstration | null = null;
  let finished: Promise<unknown> | undefined;
  try {
    if (config.demo) demonstration = await openDemonstration(config, instance);
    const port = await instance.serve();
    const url = config.url.replace(/:0$/, `:${port}`);
    process.stderr.write(`Rennsteig: ${url}\n`);
    const setUp = await setUpAddress({ ...config, url }, instance);
    if (setUp) process.stderr.write(`Rennsteig: nobody operates this instance yet; set it up within a day at ${setUp}\n`);
    if (config.demo) process.stderr.write(demonstration?.guide(url) ?? notEmpty);
    instance.log.info({ port, workers: config.workers }, 'serving');
    finished = demonstration?.finish(finishing.signal).then(
      (isWhole) => instance.log.info({ isWhole }, 'the large folder of the demonstration is filled'),
      (error) => instance.log.error({ error }, 'the large folder of the demonstration could not be filled'),
    );
    const signal = await Promise.race([stopAsked]);
    instance.log.info({ signal }, 'stopping');
  } finally {
    finishing.abort();
    await finished;
    await demonstration?.close();
    await instance.close();
  }
}

/** A worker: opens a house, serves until the first process says stop or is gone. */
async function runWorker(config: Config): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {}); // the first process tells us
  const first = await joinWorkers();
  try {
    const house = await openHouse({ config, ...first.start, metricsText: () => first.metricsText() });
    first.answerSnapshots(house.platform.metrics);
    first.listening(await house.listen());
    await first.closing;
    await house.close();
  } catch (error) {
    first.failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
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
