/** The environment as tests see it: the only place below `test/` that reads or changes it. */

/** For a program that a test starts: what this process has, and more. */
export function environmentWith(extras: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...extras };
}

/** A variable of this process; undefined when it is not set. */
export function readVariable(name: string): string | undefined {
  return process.env[name];
}

/** Sets a variable for this process and for what it starts: the runner and its test files are processes of their own. */
export function setVariable(name: string, value: string): void {
  process.env[name] = value;
}

/**
 * How long or from which seed a test runs, when whoever runs its file says so: `node test/chaos/crash.test.ts --seed 7`.
 * @param name `seed` for `--seed`
 */
export function readNumber(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

/**
 * From where a test draws what it does: the same in every run, so that a change is judged and not chance; another with `--seed 7`.
 * What nobody has tried yet is found by `npm run torture`, which takes a new one each time.
 */
export function readSeed(): number {
  return readNumber('seed', 20_261_122);
}

/** With it a test file ends that waited for something that never came: sysexits.h, EX_TEMPFAIL. */
export const hungExitCode = 75;
