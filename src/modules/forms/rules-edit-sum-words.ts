import type { Definition, Text } from './rules-definition.ts';
import { expressionOfRecipe, type Recipe, recipeOf, type SumSpot, sourcesFor, type Unit } from './rules-edit-sum.ts';
import { expressionInBoth } from './rules-edit-words.ts';
import { type Expression, evaluate, isTrue, type Scope, type Value } from './rules-expression.ts';
import { euros } from './rules-summary.ts';

/** Amounts in words: how they come about, and what they are with certain answers. */

type Locale = keyof Text;

const locales = { de: 'de-DE', en: 'en-GB' } as const;
const quoted = (text: string, locale: Locale) => (locale === 'de' ? `„${text}“` : `“${text}”`);

/** An amount, or a number with at most so many places. */
const places = 4;
const written = (amount: number, unit: Unit, locale: Locale) =>
  unit === 'money' ? euros(amount, locale) : amount.toLocaleString(locales[locale], { maximumFractionDigits: places });

type Telling = { readonly form: Definition; readonly unit: Unit; readonly locale: Locale };

function sourceInWords(key: string, { form, locale }: Telling): string {
  const source = sourcesFor(form, { item: '' }).find((one) => one.key === key);
  const name = source?.name[locale] || source?.name.de;
  if (!source || !name) return locale === 'de' ? 'etwas, das es nicht mehr gibt' : 'something that is gone';
  if (key.startsWith('count:'))
    return locale === 'de' ? `Anzahl der Einträge bei ${quoted(name, locale)}` : `number of entries at ${quoted(name, locale)}`;
  if (key.startsWith('sum:'))
    return locale === 'de' ? `${quoted(name, locale)} aus allen Einträgen` : `${quoted(name, locale)} of all entries`;
  return quoted(name, locale);
}

function limitsInWords({ least, most }: Pick<Recipe, 'least' | 'most'>, { unit, locale }: Telling): string {
  const [from, to] = locale === 'de' ? ['mindestens', 'höchstens'] : ['at least', 'at most'];
  return [
    least === null ? '' : `, ${from} ${written(least, unit, locale)}`,
    most === null ? '' : `, ${to} ${written(most, unit, locale)}`,
  ].join('');
}

const fieldOf = ({ pages }: Definition, key: string) => pages.flatMap(({ fields }) => fields).find((field) => field.key === key);

function coreInWords(recipe: Recipe, telling: Telling): string {
  const { form, unit, locale } = telling;
  switch (recipe.how) {
    case 'fixed':
      return written(recipe.amount, unit, locale);
    case 'times':
      return `${written(recipe.amount, unit, locale)} × ${sourceInWords(recipe.source, telling)}`;
    case 'share': {
      const percent = `${recipe.percent.toLocaleString(locales[locale], { maximumFractionDigits: 6 })} %`;
      return `${percent} ${locale === 'de' ? 'von' : 'of'} ${sourceInWords(recipe.source, telling)}`;
    }
    case 'sum':
      return recipe.sources.map((source) => sourceInWords(source, telling)).join(' + ');
    case 'table': {
      const field = fieldOf(form, recipe.field);
      const name = field?.label[locale] || field?.label.de || recipe.field;
      const amounts = recipe.rows.map(([, amount]) => amount);
      const [low, high] = [Math.min(...amounts), Math.max(...amounts)].map((one) => written(one, unit, locale));
      return locale === 'de'
        ? `je nach ${quoted(name, locale)} ${low} bis ${high}`
        : `${low} to ${high} by ${quoted(name, locale)}`;
    }
  }
}

/** An amount in both languages: as it was set here, or as the engine reads it where it was taken over. */
export function amountInWords(amount: Expression, unit: Unit, form: Definition): Text {
  const recipe = recipeOf(amount, unit, form);
  if (!recipe) return expressionInBoth(amount, form);
  const say = (locale: Locale) => {
    const telling = { form, unit, locale };
    return `${coreInWords(recipe, telling)}${limitsInWords(recipe, telling)}`;
  };
  return { de: say('de'), en: say('en') };
}

export type Sum = { readonly amount: Expression; readonly when?: Expression | undefined; readonly unit: Unit };

/** With certain answers: what it is, in words. `isOpen`: something is not answered yet. */
export type Example = { readonly text: Text; readonly isOpen: boolean };

const askedBy = (recipe: Recipe): readonly string[] =>
  recipe.how === 'sum' ? recipe.sources : recipe.how === 'table' ? [recipe.field] : recipe.how === 'fixed' ? [] : [recipe.source];

function answerOf(source: string, form: Definition, scope: Scope): Value {
  const bare: Recipe = { how: 'sum', sources: [source], least: null, most: null };
  return evaluate(expressionOfRecipe(bare, 'number', form), scope);
}

/** `2 × 45,00 €`: the numbers in the places of the names. */
function worked(recipe: Recipe, scope: Scope, telling: Telling): string {
  const { form, unit, locale } = telling;
  const known = sourcesFor(form, { item: '' });
  const shown = (source: string) => {
    const own = known.find(({ key }) => key === source);
    return written(Number(answerOf(source, form, scope) ?? 0), own?.unit ?? unit, locale);
  };
  switch (recipe.how) {
    case 'fixed':
      return '';
    case 'times':
      return `${shown(recipe.source)} × ${written(recipe.amount, unit, locale)}`;
    case 'share':
      return `${recipe.percent.toLocaleString(locales[locale], { maximumFractionDigits: 6 })} % ${locale === 'de' ? 'von' : 'of'} ${shown(recipe.source)}`;
    case 'sum':
      return recipe.sources.map(shown).join(' + ');
    case 'table': {
      const picked = scope.field(recipe.field);
      const choices = Array.isArray(picked) ? picked : [picked];
      const labelOf = (value: unknown) => {
        const label = fieldOf(form, recipe.field)?.options?.find((option) => option.value === value)?.label;
        return quoted(label?.[locale] || label?.de || String(value), locale);
      };
      const amountOf = (value: unknown) => recipe.rows.find(([choice]) => choice === value)?.[1] ?? 0;
      return choices.map((value) => `${written(amountOf(value), unit, locale)} (${labelOf(value)})`).join(' + ');
    }
  }
}

const unknown: Text = { de: 'lässt sich mit diesen Antworten nicht berechnen', en: 'cannot be calculated with these answers' };
const notDue: Text = { de: 'fällt bei diesen Antworten nicht an', en: 'is not due with these answers' };
const notAsked: Text = { de: 'noch nicht beantwortet', en: 'not answered yet' };

function inBoth(
  amount: number,
  recipe: Recipe | null,
  { form, unit, scope }: { form: Definition; unit: Unit; scope: Scope },
): Text {
  const say = (locale: Locale) => {
    const telling = { form, unit, locale };
    const total = written(amount, unit, locale);
    const how = recipe ? worked(recipe, scope, telling) : '';
    const bare = recipe && evaluate(expressionOfRecipe({ ...recipe, least: null, most: null }, unit, form), scope);
    const isLimited = typeof bare === 'number' && bare !== amount;
    if (isLimited && recipe) return `${total} (${how} = ${written(bare, unit, locale)}${limitsInWords(recipe, telling)})`;
    if (how === '' || how === total) return total;
    // Of one choice the amount is the total: it is not said twice.
    return how.startsWith(`${total} (`) ? how : `${total} = ${how}`;
  };
  return { de: say('de'), en: say('en') };
}

/** What an amount is with the answers of a test run: “90,00 € = 2 × 45,00 €”. */
export function exampleOf({ amount, when, unit }: Sum, form: Definition, scope: Scope): Example {
  if (!isTrue(when, scope)) return { text: notDue, isOpen: false };
  const recipe = recipeOf(amount, unit, form);
  const asked = recipe ? askedBy(recipe) : [];
  const isMissing = asked.length > 0 && asked.every((source) => isUnanswered(source, scope));
  if (isMissing) return { text: notAsked, isOpen: true };
  const value = evaluate(amount, scope);
  if (typeof value !== 'number') return { text: unknown, isOpen: true };
  return { text: inBoth(value, recipe, { form, unit, scope }), isOpen: false };
}

function isUnanswered(source: string, scope: Scope): boolean {
  const [mark, name = ''] = source.split(':', 2);
  if (mark === 'calc') return scope.calc(name) === null;
  return !source.includes(':') && scope.field(source) === null;
}

/** The parts of a fee and the calculated values, with what the engine reckons. */
export function sumAt(form: Definition, spot: SumSpot): (Sum & { readonly name: Text; readonly source: string }) | null {
  if ('value' in spot) {
    const found = form.calculations.find(({ key }) => key === spot.value);
    return found
      ? { name: found.label, amount: found.value, unit: found.kind === 'money' ? 'money' : 'number', source: '' }
      : null;
  }
  const item = form.fee.kind === 'sum' ? form.fee.items.find(({ key }) => key === spot.item) : undefined;
  return item ? { name: item.label, amount: item.amount, when: item.when, unit: 'money', source: item.source ?? '' } : null;
}
