import { parseArgs } from 'node:util';
import { provider } from '#modules/tenants';
import { accountCommands } from './admin/account.ts';
import { auditCommands } from './admin/audit.ts';
import { backupCommands } from './admin/backup.ts';
import { type Command, type Outcome, UsageError } from './admin/command.ts';
import { finderCommands } from './admin/finder.ts';
import { formsCommands } from './admin/forms.ts';
import { fsckCommands } from './admin/fsck.ts';
import { importCommands } from './admin/import.ts';
import { keyCommands } from './admin/keys.ts';
import { paymentCommands } from './admin/payments.ts';
import { restoreCommands } from './admin/restore.ts';
import { sealCommands } from './admin/seal.ts';
import { tenantCommands } from './admin/tenant.ts';
import { type Config, readConfig } from './config.ts';
import { OperatorError, openPlatform } from './house.ts';
import { visitInstance } from './instance.ts';
import { sayAll } from './platform/checks.ts';
import { systemContext } from './platform/context.ts';
import { asFailure } from './platform/errors.ts';
import { platformWords, say, type Words } from './platform/words.ts';
import { settings } from './settings.ts';

/** Every command there is. A new group of commands is a file in `admin/` and one line here. */
const commands: readonly Command[] = [
  ...tenantCommands,
  ...accountCommands,
  ...auditCommands,
  ...fsckCommands,
  ...finderCommands,
  ...formsCommands,
  ...backupCommands,
  ...restoreCommands,
  ...paymentCommands,
  ...keyCommands,
  ...sealCommands,
  ...importCommands,
];

type Parsed = { readonly command: Command; readonly args: readonly string[]; readonly options: Record<string, unknown> };

/** The server's settings (`--data`, …) may stand anywhere between a command's own words. */
function splitSettings(argv: readonly string[]): { settings: string[]; rest: string[] } {
  const split = { settings: [] as string[], rest: [] as string[] };
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    const setting = settings.find(({ flag }) => flag !== undefined && flag === word.split('=', 1)[0]);
    if (!setting) split.rest.push(word);
    else if (setting.kind === 'switch' || word.includes('=')) split.settings.push(word);
    else split.settings.push(word, ...argv.slice(index + 1, ++index + 1));
  }
  return split;
}

const everyCommand = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Finds the command and reads its options. Throws {@link UsageError}. */
function parse(words: readonly string[]): Parsed {
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
  if (!command) throw new UsageError(`There is no command “${words.slice(0, 2).join(' ')}”. ${instead(words[0] ?? '')}`);
  const args = words.slice(command.name.split(' ').length);
  try {
    const options = { ...everyCommand, ...command.options };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (!values.help && positionals.length !== command.takes.length) throw new UsageError(`Usage: ${usageOf(command)}`);
    return { command, args: positionals, options: values };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${(error as Error).message} Usage: ${usageOf(command)}`);
  }
}

/** Which commands begin with this word; for any other word, where all of them are listed. */
function instead(word: string): string {
  const alike = commands.filter(({ name }) => name.split(' ', 1)[0] === word).map(({ name }) => name);
  return alike.length > 0 ? `There are: ${alike.join(', ')}.` : '--help lists all of them.';
}

const usageOf = ({ name, takes, usage }: Command) => [name, ...takes, usage].filter(Boolean).join(' ');

function help(): string {
  const lines = commands.map((command) => `  ${usageOf(command)}\n      ${command.meaning}`);
  const intro = 'npm run -s admin -- COMMAND, on a running or a stopped instance';
  const outro =
    'Everywhere: --json for scripts, --data DIRECTORY and the server’s other settings. Exit code 1: failed, 2: wrong usage.';
  return [intro, '', ...lines, '', outro].join('\n');
}

async function run(config: Config, { command, args, options }: Parsed): Promise<Outcome> {
  if ('runAlone' in command) return command.runAlone({ config, args, options: options as never });
  return visitInstance(config, async (visit) => {
    const platform = await openPlatform({ config, ...visit });
    try {
      const house = systemContext(platform, provider, 'admin');
      const call = { platform, house: { ...house, locale: 'en' as const }, config, visit, args, options: options as never };
      return await command.run(call).catch((error) => {
        throw explained(error, platform.words);
      });
    } finally {
      await platform.db.close();
    }
  });
}

/** The file somebody named that is not there, or that this user may not open; null: it is about something else. */
function pathOf(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return null;
  const { code, path } = error;
  return typeof path === 'string' && ['ENOENT', 'EACCES', 'EISDIR', 'EEXIST'].includes(String(code)) ? path : null;
}

/** A failure as a sentence. */
function explained(error: unknown, words: Words): Error {
  if (error instanceof UsageError || error instanceof OperatorError) return error;
  const path = pathOf(error);
  if (path !== null) return new OperatorError(`${path}: ${(error as Error).message}`, { cause: error });
  const failure = asFailure(error);
  if (failure.kind === 'internal') return error as Error;
  return new OperatorError(sayAll(words, 'en', failure), { cause: error });
}

function readSettings(argv: readonly string[]): Config {
  try {
    return { ...readConfig(argv), logLevel: 'silent' }; // the output belongs to the command
  } catch (error) {
    throw error instanceof OperatorError ? new UsageError(error.message) : error;
  }
}

function complain(error: unknown, isJson: boolean): void {
  const isExpected = error instanceof UsageError || error instanceof OperatorError;
  const message = isExpected ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`${message}\n`);
  if (isJson)
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: isExpected ? message : say(platformWords, 'en', 'platform.internal') })}\n`,
    );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

const { settings: given, rest } = splitSettings(process.argv.slice(2));
const isJson = rest.includes('--json');
try {
  if (rest.length === 0 || ['help', '--help', '-h'].includes(rest[0] ?? '')) {
    process.stdout.write(`${help()}\n`);
    process.exitCode = rest.length === 0 ? 2 : 0;
  } else {
    const parsed = parse(rest);
    if (parsed.options.help) process.stdout.write(`${usageOf(parsed.command)}\n    ${parsed.command.meaning}\n`);
    else {
      const { text, json, isBad = false } = await run(readSettings(given), parsed);
      process.stdout.write(`${isJson ? JSON.stringify(json) : text}\n`);
      process.exitCode = isBad ? 1 : 0;
    }
  }
} catch (error) {
  complain(error, isJson);
}
