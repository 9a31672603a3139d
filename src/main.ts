import { type Config, readConfig } from './config.ts';
import { isWorker, joinWorkers, OperatorError, openHouse } from './house.ts';
import { openInstance, setUpAddress } from './instance.ts';

/** The first process: holds the data directory and the database, starts the workers, stops everything when told to. */
async function runFirst(config: Config): Promise<void> {
  const stopAsked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const instance = await openInstance(config);
  try {
    const port = await instance.serve();
    const url = config.url.replace(/:0$/, `:${port}`);
    process.stderr.write(`Rennsteig: ${url}\n`);
    const setUp = config.demo ? null : await setUpAddress({ ...config, url }, instance);
    if (setUp) process.stderr.write(`Rennsteig: nobody operates this instance yet; set it up within a day at ${setUp}\n`);
    instance.log.info({ port, workers: config.workers }, 'serving');
    const signal = await Promise.race([stopAsked]);
    instance.log.info({ signal }, 'stopping');
  } finally {
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
