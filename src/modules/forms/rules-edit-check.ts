import { Failure } from '#platform/errors';
import { checkDefinition, type Definition, type Field, type FormPage, type Text } from './rules-definition.ts';
import { completed } from './rules-edit.ts';
import { feeFindings, valueFindings } from './rules-edit-check-sum.ts';
import { type Finding, fieldName, hint, type Place, pageName, textFindings, wrong } from './rules-edit-finding.ts';
import { brokenIn } from './rules-edit-move.ts';
import { neverTrue } from './rules-edit-reach.ts';
import { checkExpression, type Expression, type References } from './rules-expression.ts';

/** Everything that is wrong with a form, in plain words, each with the place where it is put right. */

/** More questions than this on one page are hard to take in: one question per page. */
const manyFields = 8;

const named = ({ de }: Text, fallback: string) => (de === '' ? fallback : de);

function basicsFindings({ title, intro, legal, declaration, contact, pages }: Definition): Finding[] {
  const place: Place = { at: 'basics' };
  const keys = new Set(pages.filter(({ repeat }) => !repeat).flatMap(({ fields }) => fields.map(({ key }) => key)));
  const { name, mail, address } = contact;
  const asked = [...name, ...(mail ? [mail] : []), ...(address ? [address] : [])];
  return [
    ...textFindings(place, title, { de: 'Der Titel', en: 'The title' }),
    ...textFindings(place, declaration, { de: 'Die Erklärung am Ende', en: 'The declaration at the end' }),
    ...(intro.de === '' ? [hint(place, 'Die Einleitung ist leer.', 'The introduction is empty.')] : []),
    ...(legal.length === 0
      ? [wrong(place, 'Nennen Sie mindestens eine Rechtsgrundlage.', 'Name at least one legal basis.')]
      : []),
    ...(asked.length === 0
      ? [
          hint(
            place,
            'Es ist nicht festgelegt, welche Antworten sagen, wer den Antrag stellt. Auf der Quittung steht dann kein Name.',
            'It is not set which answers say who applies. The receipt then bears no name.',
          ),
        ]
      : []),
    ...(asked.some((key) => !keys.has(key))
      ? [
          wrong(
            place,
            'Eine Frage, die sagt, wer den Antrag stellt, gibt es nicht mehr.',
            'A question that says who applies is gone.',
          ),
        ]
      : []),
  ];
}

function optionFindings(place: Place, { options = [], kind, ...field }: Field): Finding[] {
  if (kind !== 'choice' && kind !== 'several') return [];
  const name = named(field.label, field.key);
  if (options.length === 0) return [wrong(place, `„${name}“ hat nichts zur Auswahl.`, `“${name}” has nothing to choose from.`)];
  const labels = options.map(({ label }) => label.de);
  return [
    ...options.flatMap(({ label }, index) =>
      textFindings(place, label, { de: `Auswahl ${index + 1} von „${name}“`, en: `Choice ${index + 1} of “${name}”` }),
    ),
    ...(options.length === 1 && kind === 'choice'
      ? [hint(place, `„${name}“ hat nur eine Auswahl.`, `“${name}” has only one choice.`)]
      : []),
    ...(new Set(labels).size < labels.length
      ? [wrong(place, `Bei „${name}“ steht eine Auswahl zweimal.`, `“${name}” has a choice twice.`)]
      : []),
  ];
}

function boundFindings(place: Place, field: Field): Finding[] {
  const { min, max, minLength, maxLength } = field;
  const isCrossed =
    (typeof min === 'number' && typeof max === 'number' && min > max) ||
    (typeof min === 'string' && typeof max === 'string' && min !== 'today' && max !== 'today' && min > max) ||
    (minLength !== undefined && maxLength !== undefined && minLength > maxLength);
  const name = fieldName(field);
  return isCrossed
    ? [
        wrong(
          place,
          `Bei „${name}“ ist die untere Grenze größer als die obere: Niemand kann das beantworten.`,
          `The lower limit of “${name}” is above the upper one: nobody can answer that.`,
        ),
      ]
    : [];
}

function fieldFindings(page: FormPage, field: Field): Finding[] {
  const place: Place = { at: 'field', key: field.key };
  const label: Text = { de: `Die Frage „${fieldName(field)}“`, en: `The question “${fieldName(field)}”` };
  const isMisplaced = field.kind === 'file' && page.repeat;
  return [
    ...textFindings(
      place,
      field.label,
      field.label.de === '' ? { de: 'Der Text der Frage', en: 'The text of the question' } : label,
    ),
    ...optionFindings(place, field),
    ...boundFindings(place, field),
    ...(isMisplaced
      ? [
          wrong(
            place,
            `„${fieldName(field)}“ verlangt eine Datei auf einer Seite, die sich wiederholt. Das geht nicht; legen Sie sie auf eine eigene Seite.`,
            `“${fieldName(field)}” asks for a file on a page that repeats. That is not possible; put it on a page of its own.`,
          ),
        ]
      : []),
  ];
}

function pageFindings(page: FormPage): Finding[] {
  const place: Place = { at: 'page', key: page.key };
  const name = pageName(page);
  const { repeat } = page;
  return [
    ...textFindings(
      place,
      page.title,
      page.title.de === ''
        ? { de: 'Die Überschrift der Seite', en: 'The title of the page' }
        : { de: `Seite „${name}“`, en: `Page “${name}”` },
    ),
    ...(page.fields.length === 0
      ? [wrong(place, `Auf der Seite „${name}“ steht keine Frage.`, `There is no question on the page “${name}”.`)]
      : []),
    ...(page.fields.length > manyFields
      ? [
          hint(
            place,
            `Auf der Seite „${name}“ stehen ${page.fields.length} Fragen. Auf einem Telefon ist das viel; teilen Sie die Seite.`,
            `There are ${page.fields.length} questions on the page “${name}”. That is a lot on a phone; split the page.`,
          ),
        ]
      : []),
    ...(repeat && repeat.min > repeat.max
      ? [
          wrong(
            place,
            `Die Seite „${name}“ verlangt mehr Einträge, als sie zulässt.`,
            `The page “${name}” asks for more entries than it allows.`,
          ),
        ]
      : []),
    ...(repeat && (repeat.item.de === '' || repeat.another.de === '')
      ? [
          wrong(
            place,
            `Die Seite „${name}“ wiederholt sich; sagen Sie, wie ein Eintrag heißt und was auf dem Knopf steht.`,
            `The page “${name}” repeats; say what an entry is called and what the button says.`,
          ),
        ]
      : []),
    ...page.fields.flatMap((field) => fieldFindings(page, field)),
  ];
}

type Known = { readonly fields: ReadonlyMap<string, number>; readonly form: Definition };

/** Where each question stands, by the number of its page; of an address also its parts. */
function knownOf(form: Definition): Known {
  const fields = new Map<string, number>();
  for (const [index, page] of form.pages.entries()) for (const { key } of page.fields) fields.set(key, index);
  return { fields, form };
}

type When = { readonly place: Place; readonly name: string; readonly index: number; readonly when: Expression };

const manyFindings = (form: Definition): Finding[] =>
  brokenIn(form).flatMap(({ spot, name, question, why }) =>
    why === 'ahead'
      ? []
      : [
          wrong(
            'page' in spot ? { at: 'pageWhen', key: spot.page } : { at: 'fieldWhen', key: spot.field },
            `Die Bedingung bei „${name}“ fragt nach „${question}“. Diese Frage wird mehrmals beantwortet; sagen Sie, für wie viele Einträge es gelten muss.`,
            `The condition at “${name}” asks about “${question}”, which is answered several times; say for how many entries it must hold.`,
          ),
        ],
  );

function whenFindings({ fields, form }: Known, { place, name, index, when }: When): Finding[] {
  let asked: References;
  try {
    asked = checkExpression(when, name);
  } catch {
    return [wrong(place, `Die Bedingung bei „${name}“ ist zu groß.`, `The condition at “${name}” is too large.`)];
  }
  const questions = [...asked.fields].map((full) => full.split('.', 1)[0] ?? full);
  const counted = [...asked.pages].map((key) => form.pages.findIndex((page) => page.key === key && page.repeat));
  const isGone = questions.some((key) => !fields.has(key)) || counted.includes(-1);
  if (isGone)
    return [
      wrong(
        place,
        `Die Bedingung bei „${name}“ fragt nach etwas, das es nicht mehr gibt.`,
        `The condition at “${name}” asks about something that is gone.`,
      ),
    ];
  const isAhead = questions.some((key) => (fields.get(key) ?? 0) >= index) || counted.some((page) => page >= index);
  if (isAhead)
    return [
      wrong(
        place,
        `Die Bedingung bei „${name}“ fragt nach einer Antwort, die erst auf dieser oder einer späteren Seite kommt.`,
        `The condition at “${name}” asks about an answer that comes only on this page or a later one.`,
      ),
    ];
  return [];
}

const everyWhen = ({ pages }: Definition): When[] =>
  pages.flatMap((page, index) => [
    ...(page.when ? [{ place: { at: 'pageWhen', key: page.key } as const, name: pageName(page), index, when: page.when }] : []),
    ...page.fields.flatMap((field) =>
      field.when
        ? [{ place: { at: 'fieldWhen', key: field.key } as const, name: fieldName(field), index, when: field.when }]
        : [],
    ),
  ]);

function reachFindings(form: Definition): Finding[] {
  return neverTrue(form).map(({ page, field }) => {
    const name = field ? fieldName(field) : pageName(page);
    const place: Place = field ? { at: 'fieldWhen', key: field.key } : { at: 'pageWhen', key: page.key };
    return wrong(
      place,
      `„${name}“ bekommt niemand zu sehen: Die Bedingung kann nie erfüllt sein.`,
      `Nobody ever sees “${name}”: its condition can never hold.`,
    );
  });
}

/** Whatever else the engine would refuse; the words above should have said it before. */
function lastFinding(form: Definition): Finding[] {
  try {
    checkDefinition(completed(form));
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { field = '', detail = '' } = error.params;
    return [
      wrong(
        { at: 'form' },
        `Das Formular geht so nicht auf (${field}: ${detail}).`,
        `The form does not work like this (${field}: ${detail}).`,
      ),
    ];
  }
}

/** Everything that is wrong or worth a look, in the order of the form. Empty of `wrong`: it can be published. */
export function findingsOf(form: Definition): Finding[] {
  const known = knownOf(form);
  const whens = [...everyWhen(form).flatMap((when) => whenFindings(known, when)), ...manyFindings(form)];
  const found = [
    ...basicsFindings(form),
    ...(form.pages.length === 0
      ? [wrong({ at: 'form' }, 'Das Formular hat noch keine Seite.', 'The form has no page yet.')]
      : []),
    ...form.pages.flatMap(pageFindings),
    ...whens,
    ...(whens.length === 0 ? reachFindings(form) : []),
    ...valueFindings(form),
    ...feeFindings(form),
  ];
  return found.some(({ weight }) => weight === 'wrong') ? found : [...found, ...lastFinding(form)];
}

/** Whether nothing keeps a form from being published. */
export const isWhole = (findings: readonly Finding[]): boolean => findings.every(({ weight }) => weight === 'hint');
