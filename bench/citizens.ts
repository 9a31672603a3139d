import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settleCitizens } from '../test/citizens.ts';
import { reachProof } from '../test/forms.ts';
import { type RunningInstance, startInstance } from '../test/instance.ts';
import type { People } from '../test/people.ts';
import { type Size, writeCatalogue } from './catalogue.ts';
import { type CommandFigures, runAdmin } from './command.ts';
import { answerDogGone } from './dog-gone.ts';

/**
 * `node bench/citizens.ts FOLDER [SERVICES] [AUTHORITIES]` fills an instance as large as a state’s once, in five minutes of a busy machine
 * or two of a quiet one. `--in FOLDER` hands it to `bench/search.ts` and `bench/citizen-pages.ts`, which then only measure: nobody else
 * has to stand still while a catalogue comes in. Without it they fill an instance of their own.
 */

/** Keys of three applications: at a question for a file, before it is sent, sent. */
export type Tokens = { readonly begun: string; readonly complete: string; readonly sent: string };

type Filled = Size & { readonly entries: number; readonly tokens: Tokens; readonly import: CommandFigures };

/** A filled instance; `again` brings the same catalogue in once more, null where somebody else will measure there, too. */
type CitizensInstance = {
  readonly filled: Filled;
  readonly running: RunningInstance & { readonly data: string };
  readonly again: (() => Promise<CommandFigures>) | null;
  close(): Promise<void>;
};

const pathsOf = (folder: string) => ({
  data: join(folder, 'data'),
  catalogue: join(folder, 'catalogue.xml'),
  filled: join(folder, 'filled.json'),
});

/** One application at a question for a file, one before it is sent, one that will be sent. */
const apply = async (people: People): Promise<Tokens> => ({
  begun: await reachProof(people),
  complete: await answerDogGone(people),
  sent: await answerDogGone(people),
});

/** Sends an application as a browser does. */
async function send(origin: string, token: string): Promise<void> {
  const path = `${origin}/antrag/hundesteuer/${token}/pruefen`;
  const [, edition = ''] = /name="edition" value="(\d+)"/.exec(await (await fetch(path)).text()) ?? [];
  const body = new URLSearchParams({ edition, cents: '', declared: 'yes', website: '' });
  const answer = await fetch(path, { method: 'POST', body, headers: { Origin: origin }, redirect: 'manual' });
  if (answer.status !== 302) throw new Error(`sending was answered with ${answer.status}`);
}

const bringIn = (folder: string) => {
  const { data, catalogue } = pathsOf(folder);
  return runAdmin(['finder', 'import-entries', catalogue, '--publish', '--data', data]);
};

/** Fills an instance: the cast, three applications, and a catalogue that comes in as an operator brings it in. */
async function fill(folder: string, size: Size): Promise<Filled> {
  mkdirSync(folder, { recursive: true });
  const { data, catalogue, filled } = pathsOf(folder);
  const tokens = await settleCitizens(data, apply);
  const entries = writeCatalogue(catalogue, size);
  const instance = await startInstance(data, { workers: 1 });
  try {
    const brought = await bringIn(folder);
    await send(`http://127.0.0.1:${instance.port}`, tokens.sent);
    const done: Filled = { ...size, entries, tokens, import: brought };
    writeFileSync(filled, JSON.stringify(done));
    return done;
  } finally {
    await instance.stop();
  }
}

const sizeOf = ([services = '10000', authorities = '5000']: readonly string[]): Size => ({
  services: Number(services),
  authorities: Number(authorities),
});

/** Opens the instance that `--in FOLDER` names, or fills one of the size that is named; two processes serve it. */
export async function openCitizens(args: readonly string[]): Promise<CitizensInstance> {
  const isGiven = args[0] === '--in' && args[1] !== undefined;
  const folder = isGiven ? (args[1] as string) : mkdtempSync(join(tmpdir(), 'rennsteig-bench-'));
  const { data, filled: note } = pathsOf(folder);
  const filled = isGiven ? (JSON.parse(readFileSync(note, 'utf8')) as Filled) : await fill(folder, sizeOf(args));
  const instance = await startInstance(data, { workers: 2 });
  await instance.allServe();
  return {
    filled,
    running: { ...instance, data },
    again: isGiven ? null : () => bringIn(folder),
    close: async () => {
      await instance.stop();
      if (!isGiven) rmSync(folder, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, ...size] = process.argv.slice(2);
  if (!folder || existsSync(folder)) throw new Error('name a folder that is not there yet');
  const { entries, import: brought } = await fill(folder, sizeOf(size));
  console.log(`${entries} entries taken over in ${brought.seconds} s with ${brought.mebibytes} MiB`);
}
