import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Stand } from '../stand.ts';

/** A house of its own process on a stand's data, with libraries loaded before it that change what the system answers. */
export type Preloaded = { readonly port: number; readonly child: ChildProcess; stop(): Promise<void> };

/** @param env what the libraries want to be told, `LD_PRELOAD` among it; @param idleSeconds after which a connection on which nothing moves is cut */
export async function startPreloaded(
  stand: Stand,
  env: Readonly<Record<string, string>>,
  idleSeconds?: number,
): Promise<Preloaded> {
  const environment = {
    RENNSTEIG_DATA: stand.config.data,
    RENNSTEIG_LOG: 'silent',
    RENNSTEIG_PORT: '0',
    RENNSTEIG_KEY: Buffer.from(stand.config.key ?? []).toString('base64'),
  };
  const programme = fileURLToPath(new URL('./faulty-server.ts', import.meta.url));
  const settings = JSON.stringify({ app: stand.app, owner: stand.owner, environment, idleSeconds });
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', programme, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${code}`);
  });
  const [port] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [string];
  ended.catch(() => {});
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  return { port: Number(port), child, stop };
}
