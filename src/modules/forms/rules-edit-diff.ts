import type { Definition, Field, FormPage, Text } from './rules-definition.ts';
import { amountInWords } from './rules-edit-sum-words.ts';
import { conditionInWords } from './rules-edit-words.ts';
import type { Expression } from './rules-expression.ts';

/** What is different between two versions of a form, in words somebody can decide by. */

const say = (de: string, en: string): Text => ({ de, en });
const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const page = ({ title }: FormPage): Text => say(`Seite „${title.de}“`, `page “${title.en || title.de}”`);
const question = ({ label }: Field): Text => say(`Frage „${label.de}“`, `question “${label.en || label.de}”`);
const about = (thing: Text, de: string, en: string): Text => say(`${thing.de}: ${de}`, `${thing.en}: ${en}`);

/** How long a text may be quoted. */
const longestQuote = 120;
const cut = (text: string) => (text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
const quoted = (text: string) => (text === '' ? '–' : `„${cut(text)}“`);

type Pair<Thing> = readonly [was: Thing, is: Thing];

function textDifference(thing: Text, what: Text, [was, is]: Pair<Text | undefined>): Text[] {
  if (isSame(was, is)) return [];
  const [before, now] = [was ?? say('', ''), is ?? say('', '')];
  const isGerman = before.de !== now.de;
  const from = isGerman ? before.de : before.en;
  const to = isGerman ? now.de : now.en;
  const language = isGerman ? say('', '') : say(' (englisch)', ' (English)');
  return [
    about(
      thing,
      `${what.de}${language.de} war ${quoted(from)}, ist jetzt ${quoted(to)}.`,
      `${what.en}${language.en} was ${quoted(from)}, is now ${quoted(to)}.`,
    ),
  ];
}

function whenDifference(thing: Text, [was, is]: Pair<Expression | undefined>, forms: Pair<Definition>): Text[] {
  if (isSame(was, is)) return [];
  const [before, now] = [conditionInWords(was, forms[0]), conditionInWords(is, forms[1])];
  if (!now) return [about(thing, 'wird jetzt immer gefragt.', 'is now always asked.')];
  if (!before) return [about(thing, `wird nur noch gefragt, wenn ${now.de}.`, `is only asked when ${now.en}.`)];
  return [about(thing, `gefragt, wenn ${now.de} (vorher: ${before.de}).`, `asked when ${now.en} (before: ${before.en}).`)];
}

function optionDifference(thing: Text, [was = [], is = []]: Pair<Field['options']>): Text[] {
  const [before, now] = [was, is].map((options) => new Map(options.map(({ value, label }) => [value, label])));
  const added = is.filter(({ value }) => !before?.has(value));
  const removed = was.filter(({ value }) => !now?.has(value));
  const renamed = is.flatMap(({ value, label }) => {
    const old = before?.get(value);
    return old && !isSame(old, label) ? [{ old, label }] : [];
  });
  const order = (options: typeof is, other: typeof before) =>
    options.map(({ value }) => value).filter((value) => other?.has(value));
  return [
    ...added.map(({ label }) => about(thing, `neue Auswahl ${quoted(label.de)}.`, `new choice ${quoted(label.en)}.`)),
    ...removed.map(({ label }) => about(thing, `Auswahl ${quoted(label.de)} fällt weg.`, `choice ${quoted(label.en)} is gone.`)),
    ...renamed.flatMap(({ old, label }) => textDifference(thing, say('eine Auswahl', 'a choice'), [old, label])),
    ...(isSame(order(is, before), order(was, now))
      ? []
      : [about(thing, 'andere Reihenfolge der Auswahl.', 'other order of the choices.')]),
  ];
}

/** Limits of a question, by what people call them. */
const bounds: readonly (readonly [keyof Field, Text])[] = [
  ['min', say('der kleinste Wert', 'the smallest value')],
  ['max', say('der größte Wert', 'the largest value')],
  ['decimals', say('Stellen nach dem Komma', 'decimal places')],
  ['minLength', say('die kürzeste Antwort', 'the shortest answer')],
  ['maxLength', say('die längste Antwort', 'the longest answer')],
  ['format', say('die Form der Antwort', 'the form of the answer')],
  ['types', say('die Arten der Dateien', 'the kinds of files')],
  ['mostFiles', say('die Zahl der Dateien', 'the number of files')],
  ['mostBytes', say('die Größe der Dateien', 'the size of the files')],
];

const plain = (value: unknown) => (value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value));

function fieldDifference([was, is]: Pair<Field>, forms: Pair<Definition>): Text[] {
  const thing = question(is);
  const limits = bounds.flatMap(([name, what]) =>
    isSame(was[name], is[name])
      ? []
      : [
          about(
            thing,
            `${what.de}: vorher ${plain(was[name])}, jetzt ${plain(is[name])}.`,
            `${what.en}: before ${plain(was[name])}, now ${plain(is[name])}.`,
          ),
        ],
  );
  return [
    ...textDifference(thing, say('der Text', 'the text'), [was.label, is.label]),
    ...textDifference(thing, say('der Hilfetext', 'the help text'), [was.hint, is.hint]),
    ...(Boolean(was.isOptional) === Boolean(is.isOptional)
      ? []
      : [
          is.isOptional
            ? about(thing, 'ist jetzt freiwillig.', 'is now optional.')
            : about(thing, 'muss jetzt beantwortet werden.', 'now has to be answered.'),
        ]),
    ...optionDifference(thing, [was.options, is.options]),
    ...limits,
    ...whenDifference(thing, [was.when, is.when], forms),
  ];
}

type Placed = { readonly page: FormPage; readonly field: Field };
const placed = (form: Definition) =>
  new Map(form.pages.flatMap((own) => own.fields.map((field): [string, Placed] => [field.key, { page: own, field }])));

function fieldsDifference(forms: Pair<Definition>): Text[] {
  const [was, is] = [placed(forms[0]), placed(forms[1])];
  const stays = new Set(forms[1].pages.map(({ key }) => key));
  const known = new Set(forms[0].pages.map(({ key }) => key));
  const found: Text[] = [];
  for (const [key, { page: own, field }] of is) {
    const before = was.get(key);
    if (!before) {
      if (known.has(own.key))
        found.push(
          about(page(own), `neue Frage ${quoted(field.label.de)}.`, `new question ${quoted(field.label.en || field.label.de)}.`),
        );
      continue;
    }
    if (before.page.key !== own.key)
      found.push(about(question(field), `steht jetzt auf ${page(own).de}.`, `now on ${page(own).en}.`));
    found.push(...fieldDifference([before.field, field], forms));
  }
  for (const [key, { page: own, field }] of was)
    if (!is.has(key) && stays.has(own.key))
      found.push(about(page(own), `${question(field).de} fällt weg.`, `${question(field).en} is gone.`));
  return found;
}

function pagesDifference(forms: Pair<Definition>): Text[] {
  const [was, is] = forms.map(({ pages }) => new Map(pages.map((own) => [own.key, own]))) as [
    Map<string, FormPage>,
    Map<string, FormPage>,
  ];
  const order = (pages: Map<string, FormPage>, other: Map<string, FormPage>) => [...pages.keys()].filter((key) => other.has(key));
  const found: Text[] = [];
  for (const [key, own] of is) {
    const before = was.get(key);
    if (!before) {
      const count = own.fields.length;
      found.push(
        about(
          page(own),
          `neu, mit ${count} ${count === 1 ? 'Frage' : 'Fragen'}.`,
          `new, with ${count} question${count === 1 ? '' : 's'}.`,
        ),
      );
      continue;
    }
    found.push(...textDifference(page(own), say('die Überschrift', 'the title'), [before.title, own.title]));
    found.push(...textDifference(page(own), say('der Hilfetext', 'the help text'), [before.hint, own.hint]));
    found.push(...whenDifference(page(own), [before.when, own.when], forms));
    if (!isSame(before.repeat, own.repeat))
      found.push(
        own.repeat
          ? about(
              page(own),
              `${own.repeat.min} bis ${own.repeat.max} Einträge.`,
              `${own.repeat.min} to ${own.repeat.max} entries.`,
            )
          : about(page(own), 'wiederholt sich nicht mehr.', 'no longer repeats.'),
      );
    const fieldOrder = (one: FormPage, two: FormPage) =>
      one.fields.map((field) => field.key).filter((name) => two.fields.some((field) => field.key === name));
    if (!isSame(fieldOrder(before, own), fieldOrder(own, before)))
      found.push(about(page(own), 'andere Reihenfolge der Fragen.', 'other order of the questions.'));
    if (!isSame(before.checks, own.checks))
      found.push(about(page(own), 'andere Prüfungen der Antworten.', 'other checks of the answers.'));
  }
  for (const [key, own] of was) if (!is.has(key)) found.push(about(page(own), 'fällt weg.', 'is gone.'));
  if (!isSame(order(is, was), order(was, is)))
    found.push(say('Die Seiten stehen in anderer Reihenfolge.', 'The pages are in another order.'));
  return found;
}

function feeInWords({ fee, ...form }: Definition): Text {
  if (fee.kind === 'none') return say('keine', 'none');
  if (fee.kind === 'later') return say('wird später festgesetzt', 'is set later');
  const whole: Definition = { fee, ...form };
  const items = fee.items.map(({ label, amount, when }) => {
    const words = amountInWords(amount, 'money', whole);
    const due = conditionInWords(when, whole);
    return say(
      `${label.de} ${words.de}${due ? `, wenn ${due.de}` : ''}`,
      `${label.en || label.de} ${words.en}${due ? `, when ${due.en}` : ''}`,
    );
  });
  const free = conditionInWords(fee.free, whole);
  const all = [...items, ...(free ? [say(`gebührenfrei, wenn ${free.de}`, `free of charge when ${free.en}`)] : [])];
  return say(all.map(({ de }) => de).join('; '), all.map(({ en }) => en).join('; '));
}

function valuesDifference([was, is]: Pair<Definition>): Text[] {
  const before = new Map(was.calculations.map((value) => [value.key, value]));
  const now = new Map(is.calculations.map((value) => [value.key, value]));
  const named = ({ label }: Definition['calculations'][number]) =>
    say(`Berechneter Wert „${label.de}“`, `Calculated value “${label.en || label.de}”`);
  const inWords = ({ value, kind }: Definition['calculations'][number], form: Definition) =>
    amountInWords(value, kind === 'money' ? 'money' : 'number', form);
  return [
    ...is.calculations.flatMap((value) => {
      const old = before.get(value.key);
      if (isSame(old, value)) return [];
      const [from, to] = [old ? inWords(old, was) : say('neu', 'new'), inWords(value, is)];
      return [about(named(value), `vorher ${from.de}, jetzt ${to.de}.`, `before ${from.en}, now ${to.en}.`)];
    }),
    ...was.calculations.flatMap((value) => (now.has(value.key) ? [] : [about(named(value), 'fällt weg.', 'is gone.')])),
  ];
}

function basicsDifference(forms: Pair<Definition>): Text[] {
  const [was, is] = forms;
  const thing = say('Formular', 'Form');
  const [feeWas, feeIs] = [feeInWords(was), feeInWords(is)];
  return [
    ...textDifference(thing, say('der Titel', 'the title'), [was.title, is.title]),
    ...textDifference(thing, say('die Einleitung', 'the introduction'), [was.intro, is.intro]),
    ...textDifference(thing, say('die Erklärung', 'the declaration'), [was.declaration, is.declaration]),
    ...(isSame(was.needs, is.needs) ? [] : [about(thing, 'andere Liste, was man braucht.', 'other list of what one needs.')]),
    ...(isSame(was.legal, is.legal)
      ? []
      : [about(thing, `Rechtsgrundlagen: ${is.legal.join('; ')}.`, `legal basis: ${is.legal.join('; ')}.`)]),
    ...(isSame(was.assurance, is.assurance) ? [] : [about(thing, 'anderer Nachweis der Identität.', 'other proof of identity.')]),
    ...(was.days === is.days
      ? []
      : [
          about(
            thing,
            `Entscheidung in ${is.days} Tagen (vorher ${was.days}).`,
            `decision in ${is.days} days (before: ${was.days}).`,
          ),
        ]),
    ...(isSame(was.contact, is.contact)
      ? []
      : [about(thing, 'andere Fragen sagen, wer den Antrag stellt.', 'other questions say who applies.')]),
    ...(isSame(was.fee, is.fee)
      ? []
      : [about(thing, `Gebühr war: ${feeWas.de}; ist jetzt: ${feeIs.de}.`, `fee was: ${feeWas.en}; is now: ${feeIs.en}.`)]),
  ];
}

/** The differences, outermost first. Empty: there is none that anybody would notice. */
export function differencesBetween(was: Definition, is: Definition): Text[] {
  const forms: Pair<Definition> = [was, is];
  return [...basicsDifference(forms), ...pagesDifference(forms), ...fieldsDifference(forms), ...valuesDifference(forms)];
}
