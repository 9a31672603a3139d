import type { Context, Platform } from '#platform/context';
import type { HealthCheck } from '#platform/http';
import { askScanner, type ScannerAddress, ScannerSilent, scanStream } from './clamd.ts';
import { encryptedProbe, nestedProbe } from './probe.ts';
import { type Obstacle, type ScannerVersion, scanLimits, type Verdict, verdictOf, versionOf } from './rules.ts';

/** How it stands with the scanner: its version, or why there is none to rely on. */
export type ScannerState =
  | ({ readonly isUsable: true } & ScannerVersion)
  | { readonly isUsable: false; readonly obstacle: Obstacle };

/** What this process knows of a scanner: how long it leaves it alone, and the version it has tried with the probes. */
type Memory = { pauseUntil: number; obstacle: Obstacle; provenVersion: string | null };

const memories = new WeakMap<Platform, Memory>();

function memoryOf(platform: Platform): Memory {
  const known = memories.get(platform);
  if (known) return known;
  const made: Memory = { pauseUntil: 0, obstacle: 'unreachable', provenVersion: null };
  memories.set(platform, made);
  return made;
}

const obstacleOf = (error: unknown): Obstacle => {
  if (error instanceof ScannerSilent) return error.why;
  throw error;
};

async function* of(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Whether it admits what it cannot look into. An answer of another kind counts as no. */
async function isStrict(address: ScannerAddress): Promise<boolean> {
  const encrypted = verdictOf(await scanStream(address, of(encryptedProbe)));
  const nested = verdictOf(await scanStream(address, of(nestedProbe)));
  const isAdmitted = (verdict: Verdict, obstacle: Obstacle) => verdict.state === 'notScannable' && verdict.obstacle === obstacle;
  return isAdmitted(encrypted, 'encrypted') && isAdmitted(nested, 'limits');
}

async function look(platform: Platform, address: ScannerAddress): Promise<ScannerState> {
  const answer = await askScanner(address, 'VERSION');
  const version = versionOf(answer);
  if (!version) return { isUsable: false, obstacle: 'unclear' };
  const memory = memoryOf(platform);
  // Settings change with a restart or a reload, and so does nearly always the version of the signatures.
  if (memory.provenVersion !== answer && !(await isStrict(address))) return { isUsable: false, obstacle: 'lenient' };
  memory.provenVersion = answer;
  return { isUsable: true, ...version };
}

/**
 * Asks the scanner how it is, and once for each version of its signatures whether it admits what it cannot look into. Never throws for
 * what is wrong with the scanner.
 */
export async function scannerState({ platform }: Pick<Context, 'platform'>): Promise<ScannerState> {
  const address = platform.config.clamd;
  if (!address) return { isUsable: false, obstacle: 'noScanner' };
  try {
    return await look(platform, address);
  } catch (error) {
    return { isUsable: false, obstacle: obstacleOf(error) };
  }
}

export type Looked = { readonly verdict: Verdict; readonly version: ScannerVersion };

const unknownVersion: ScannerVersion = { engine: '', signatures: '', signaturesAt: null };
const failed = (obstacle: Obstacle): Looked => ({ verdict: { state: 'notScannable', obstacle }, version: unknownVersion });

/**
 * Has the scanner look at a content. What is wrong with the scanner is part of the answer; after it did not answer, it is left alone for
 * {@link scanLimits.pauseSeconds}. What the source throws goes on as it is.
 */
export async function lookAt(ctx: Context, source: AsyncIterable<Uint8Array>): Promise<Looked> {
  const { platform } = ctx;
  const memory = memoryOf(platform);
  const now = platform.clock.now().getTime();
  if (now < memory.pauseUntil) return failed(memory.obstacle);
  const state = await scannerState(ctx);
  if (!state.isUsable) return rest(memory, now, state.obstacle);
  const { isUsable: _, ...version } = state;
  try {
    return { verdict: verdictOf(await scanStream(platform.config.clamd as ScannerAddress, source)), version };
  } catch (error) {
    return rest(memory, now, obstacleOf(error));
  }
}

function rest(memory: Memory, now: number, obstacle: Obstacle): Looked {
  if (obstacle === 'unreachable' || obstacle === 'timeout') {
    memory.pauseUntil = now + scanLimits.pauseSeconds * 1000;
    memory.obstacle = obstacle;
  }
  return failed(obstacle);
}

/** For `/readyz`: an instance serves without a scanner too, but its operator is told the word. */
export const scannerCheck: HealthCheck = {
  name: 'scanner',
  check: async (platform) => {
    const state = await scannerState({ platform });
    return state.isUsable ? undefined : state.obstacle;
  },
};
