import type { Definition, Field, FormPage, Text } from './rules-definition.ts';
import { feeShapeOf } from './rules-edit-fee.ts';
import { type Finding, fieldName, hint, type Place, textFindings, wrong } from './rules-edit-finding.ts';
import { plainFieldsOf } from './rules-edit-move.ts';
import { type Recipe, recipeOf, type Unit } from './rules-edit-sum.ts';
import { checkExpression, type Expression } from './rules-expression.ts';

/** What is wrong with a fee or a calculated value: something that is gone, answered several times or not at all, without an amount. */

type Asked = { readonly page: FormPage; readonly field: Field };
type Known = { readonly form: Definition; readonly asked: ReadonlyMap<string, Asked> };

const knownOf = (form: Definition): Known => ({
  form,
  asked: new Map(form.pages.flatMap((page) => page.fields.map((field) => [field.key, { page, field }] as const))),
});

type Part = {
  readonly place: Place;
  readonly name: string;
  readonly expression: Expression;
  readonly above: ReadonlySet<string>;
};

/** What it looks at is there, is answered once, and is calculated above it. */
function referenceFindings({ form, asked }: Known, { place, name, expression, above }: Part): Finding[] {
  const { fields, pages, calcs } = checkExpression(expression, name);
  const isGone =
    [...fields].some((full) => !asked.has(full.split('.', 1)[0] ?? full)) ||
    [...pages].some((key) => !form.pages.some((page) => page.key === key && page.repeat)) ||
    [...calcs].some((key) => !form.calculations.some((one) => one.key === key));
  const many = plainFieldsOf(expression).filter((key) => asked.get(key)?.page.repeat);
  const later = [...calcs].filter((key) => !above.has(key) && form.calculations.some((one) => one.key === key));
  return [
    ...(isGone
      ? [
          wrong(
            place,
            `„${name}“ hängt von etwas ab, das es nicht mehr gibt. Setzen Sie den Betrag oder die Bedingung neu.`,
            `“${name}” depends on something that is gone. Set its amount or condition anew.`,
          ),
        ]
      : []),
    ...many.map((key) => {
      const { field } = asked.get(key) as Asked;
      return wrong(
        place,
        `„${name}“ hängt von „${fieldName(field)}“ ab. Diese Frage wird mehrmals beantwortet; rechnen Sie mit der Summe oder der Anzahl.`,
        `“${name}” depends on “${fieldName(field)}”, which is answered several times. Reckon with its sum or the number of entries.`,
      );
    }),
    ...later.map((key) => {
      const other = form.calculations.find((one) => one.key === key)?.label.de ?? key;
      return wrong(
        place,
        `„${name}“ rechnet mit „${other}“. Ein Wert kann nur mit Werten rechnen, die über ihm stehen.`,
        `“${name}” reckons with “${other}”. A value can only reckon with those that stand above it.`,
      );
    }),
  ];
}

const sourcesOf = (recipe: Recipe): readonly string[] =>
  recipe.how === 'sum' ? recipe.sources : recipe.how === 'times' || recipe.how === 'share' ? [recipe.source] : [];

type Reckoned = { readonly place: Place; readonly name: string; readonly recipe: Recipe };

/** A table has a row for each choice there is. */
function tableFindings({ asked }: Known, { place, name, recipe }: Reckoned): Finding[] {
  if (recipe.how !== 'table') return [];
  const field = asked.get(recipe.field)?.field;
  const missing = (field?.options ?? []).filter(({ value }) => !recipe.rows.some(([choice]) => choice === value));
  return missing.map(({ label }) =>
    wrong(
      place,
      `In „${name}“ fehlt der Betrag für die Auswahl „${label.de}“. Schreiben Sie 0, wenn sie nichts kostet.`,
      `“${name}” has no amount for the choice “${label.en || label.de}”. Write 0 if it costs nothing.`,
    ),
  );
}

/** An answer that need not be given cannot be reckoned with; one that is not always asked for is worth a look. */
function emptyFindings({ asked }: Known, { place, name, recipe }: Reckoned): Finding[] {
  const keys = recipe.how === 'table' ? [recipe.field] : sourcesOf(recipe);
  return keys.flatMap((key) => {
    const found = asked.get(key.replace(/^sum:/, ''));
    if (!found) return [];
    const question = fieldName(found.field);
    if (found.field.isOptional)
      return [
        wrong(
          place,
          `„${name}“ rechnet mit „${question}“. Diese Frage darf leer bleiben. Legen Sie fest, dass sie beantwortet werden muss.`,
          `“${name}” reckons with “${question}”, which may be left empty. Set that it has to be answered.`,
        ),
      ];
    const isSometimes = found.field.when !== undefined || found.page.when !== undefined;
    return isSometimes
      ? [
          hint(
            place,
            `„${question}“ wird nicht immer gefragt. Wer nicht gefragt wird, für den ist „${name}“ 0.`,
            `“${question}” is not always asked. For whoever is not asked, “${name}” is 0.`,
          ),
        ]
      : [];
  });
}

/** Nobody pays less than nothing or without an end by what they type. */
function rangeFindings({ asked }: Known, { place, name, recipe }: Reckoned): Finding[] {
  return sourcesOf(recipe).flatMap((key) => {
    const field = asked.get(key.replace(/^sum:/, ''))?.field;
    if (!field) return [];
    const question = fieldName(field);
    return [
      ...(typeof field.min === 'number' || recipe.least !== null
        ? []
        : [
            hint(
              place,
              `„${question}“ hat keinen kleinsten Wert. Wer 0 oder weniger angibt, bezahlt für „${name}“ nichts.`,
              `“${question}” has no smallest value. Whoever enters 0 or less pays nothing for “${name}”.`,
            ),
          ]),
      ...(typeof field.max === 'number' || recipe.most !== null
        ? []
        : [
            hint(
              place,
              `„${question}“ hat keinen größten Wert. „${name}“ kann beliebig hoch werden.`,
              `“${question}” has no largest value. “${name}” can become as high as somebody likes.`,
            ),
          ]),
    ];
  });
}

type Summand = { readonly place: Place; readonly label: Text; readonly amount: Expression; readonly unit: Unit };

function summandFindings(known: Known, { place, label, amount, unit }: Summand, above: ReadonlySet<string>): Finding[] {
  const name = label.de;
  const what: Text = name === '' ? { de: 'Die Bezeichnung', en: 'The name' } : { de: `„${name}“`, en: `“${name}”` };
  const recipe = recipeOf(amount, unit, known.form);
  const reckoned = recipe && { place, name, recipe };
  return [
    ...textFindings(place, label, what),
    ...referenceFindings(known, { place, name, expression: amount, above }),
    ...(reckoned ? [...tableFindings(known, reckoned), ...emptyFindings(known, reckoned)] : []),
    ...(reckoned && place.at === 'item' ? rangeFindings(known, reckoned) : []),
  ];
}

function choiceFindings({ form, asked }: Known): Finding[] {
  const shape = feeShapeOf(form);
  if (shape.kind !== 'choice') return [];
  const missing = (asked.get(shape.field)?.field.options ?? []).filter(({ value }) => !Object.hasOwn(shape.cents, value));
  return missing.map(({ label }) =>
    wrong(
      { at: 'fee' },
      `Für die Auswahl „${label.de}“ fehlt der Betrag der Gebühr. Schreiben Sie 0, wenn sie nichts kostet.`,
      `The choice “${label.en || label.de}” has no amount of the fee. Write 0 if it costs nothing.`,
    ),
  );
}

/** What is wrong with the fee: of one amount it is said at the fee, of a part at the part. */
export function feeFindings(form: Definition): Finding[] {
  const { fee } = form;
  if (fee.kind === 'none') return [];
  if (fee.kind === 'later')
    return textFindings({ at: 'fee' }, fee.hint, {
      de: 'Der Satz dazu, wann die Gebühr festgesetzt wird',
      en: 'The sentence on when the fee is set',
    });
  const known = knownOf(form);
  const above = new Set(form.calculations.map(({ key }) => key));
  const isByPart = feeShapeOf(form).kind === 'items';
  const parts = fee.items.flatMap(({ key, label, amount, when }) => {
    const place: Place = isByPart ? { at: 'item', key } : { at: 'fee' };
    const due: Place = isByPart ? { at: 'itemWhen', key } : place;
    return [
      ...summandFindings(known, { place, label, amount, unit: 'money' }, above),
      ...(when ? referenceFindings(known, { place: due, name: label.de, expression: when, above }) : []),
    ];
  });
  const free = fee.free
    ? referenceFindings(known, { place: { at: 'free' }, name: 'Gebührenfrei', expression: fee.free, above })
    : [];
  return [...parts, ...choiceFindings(known), ...free];
}

/** What is wrong with the calculated values, each at its place. */
export function valueFindings(form: Definition): Finding[] {
  const known = knownOf(form);
  const above = new Set<string>();
  return form.calculations.flatMap(({ key, label, value, kind }) => {
    const place: Place = { at: 'value', key };
    const unit = kind === 'money' ? 'money' : 'number';
    const found = summandFindings(known, { place, label, amount: value, unit }, new Set(above));
    above.add(key);
    return found;
  });
}
