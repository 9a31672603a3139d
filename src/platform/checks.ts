import { Failure, type Params } from './errors.ts';
import { type Locale, say, type Words } from './words.ts';

/** What each check of an input made of its field. */
type Checked<Checks> = {
  readonly [Field in keyof Checks]: Checks[Field] extends () => infer Result ? Awaited<Result> : never;
};

/** The code of a refusal that holds several others. */
const several = 'platform.several';

/** Wrong input is collected; whoever may not do this at all, or has tried too often, need not hear what else is wrong. */
const isAboutInput = (error: unknown): error is Failure =>
  error instanceof Failure && (error.kind === 'invalid' || error.kind === 'conflict');

/** The failure says which field of the form it is about, whatever rule threw it. */
function about(field: string, { kind, code, params, cause }: Failure): Failure {
  return new Failure(kind, code, { field, ...params }, cause);
}

/**
 * Checks every field of an input, one after another, and refuses all that are wrong at once: a form that reports one mistake
 * after the other is filled in as often as it has fields.
 * Throws the one failure there is, or one `invalid` that holds them all ({@link faultsOf}); what is not about input at once.
 * @param checks by the name of the field in the form; each returns the checked value or throws
 */
export async function checkAll<Checks extends Readonly<Record<string, () => unknown>>>(checks: Checks): Promise<Checked<Checks>> {
  const checked: Record<string, unknown> = {};
  const faults: Failure[] = [];
  for (const [field, check] of Object.entries(checks)) {
    try {
      checked[field] = await check();
    } catch (error) {
      if (!isAboutInput(error)) throw error;
      faults.push(...faultsOf(error).map((fault) => about(field, fault)));
    }
  }
  const [first] = faults;
  if (first === undefined) return checked as Checked<Checks>;
  if (faults.length === 1) throw first;
  throw new Failure('invalid', several, { count: faults.length }, new AggregateError(faults));
}

/** The failures one refusal stands for: those it holds, or itself. */
export function faultsOf(failure: Failure): readonly Failure[] {
  const { code, cause } = failure;
  return code === several && cause instanceof AggregateError ? (cause.errors as Failure[]) : [failure];
}

/** The sentences of all a refusal stands for, one after the other. */
export function sayAll(words: Words, locale: Locale, failure: Failure, more: Params = {}): string {
  return faultsOf(failure)
    .map(({ code, params }) => say(words, locale, code, { ...more, ...params }))
    .join(' ');
}
