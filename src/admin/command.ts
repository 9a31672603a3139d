import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../config.ts';
import type { Visit } from '../instance.ts';
import type { Context, Platform } from '../platform/context.ts';

/** What a command gets to work with. */
export type Call = {
  readonly platform: Platform;
  /** A context of the house itself, which may do everything; what it does stands in the audit trail as `system:admin`. */
  readonly house: Context;
  readonly config: Config;
  readonly visit: Visit;
  /** Arguments without a name, as many as `takes` names. */
  readonly args: readonly string[];
  readonly options: Options;
};

export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command has to say. */
export type Outcome = {
  /** Sentences for people. */
  readonly text: string;
  /** The same for scripts, with `--json`. */
  readonly json: object;
  /** Found something wrong: exit code 1. */
  readonly isBad?: boolean;
};

/** One command of the command line; every file of this folder holds a group of them. */
export type Command = {
  /** One or two words: `tenant add`. */
  readonly name: string;
  /** Names of the arguments it takes, in order. */
  readonly takes: readonly string[];
  /** Its own options, beside the server's settings and `--json`. Must not be called like a setting. */
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** The options as the help shows them. */
  readonly usage?: string;
  readonly meaning: string;
} & (Visiting | Alone);

/** Works on the instance, with its database and keys open. */
type Visiting = { run(call: Call): Promise<Outcome> };

/** Opens by itself what it needs: for instances that cannot be opened yet. */
type Alone = { runAlone(call: Pick<Call, 'config' | 'args' | 'options'>): Promise<Outcome> };

/** Somebody called it in a way that cannot work: exit code 2. */
export class UsageError extends Error {}

/** An option's text; null when it was not given. */
export function textOf({ options }: Pick<Call, 'options'>, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** All texts of an option that may be repeated. */
export function textsOf({ options }: Pick<Call, 'options'>, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** An option that has to be there. Throws {@link UsageError}. */
export function needed(call: Pick<Call, 'options'>, name: string): string {
  const value = textOf(call, name);
  if (value === null) throw new UsageError(`--${name} is missing.`);
  return value;
}

/** Rows as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
