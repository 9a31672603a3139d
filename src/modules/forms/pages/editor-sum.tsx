import { useLoaderData } from 'react-router';
import { Button, LinkButton } from '#ui/button';
import { FieldGroup, Radios } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import type { SumView } from '../edit-sum.ts';
import { addressOf, at, Box, both, bothLabels, EditorPage, InBoth, stepped } from './editor-parts.tsx';
import { ExampleLine, NoTrial } from './editor-sum-parts.tsx';
import { sumTexts } from './editor-sum-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

const hows = ['fixed', 'table', 'times', 'share', 'sum'] as const;
type How = (typeof hows)[number];

type Params = Readonly<Partial<Record<'form' | 'item' | 'value', string>>>;

const placeOf = ({ item, value = '' }: Params) =>
  item
    ? { spot: { item }, part: `/gebuehr/posten/${item}`, list: '/gebuehr?art=items' }
    : { spot: { value }, part: `/werte/${value}`, list: '/werte' };

export const loader = load(async (house, { request, params }) => {
  signedIn(house);
  const { searchParams } = new URL(request.url);
  const { spot, part, list } = placeOf(params);
  const shown = await house.rooms.forms.lookAtSum(house.ctx, params.form ?? '', spot);
  const { recipe, tables } = shown;
  const how = hows.find((one) => one === searchParams.get('wie')) ?? recipe?.how ?? null;
  const wanted = searchParams.get('frage') ?? (recipe?.how === 'table' ? recipe.field : tables[0]?.key);
  return { ...shown, part, list, isItem: 'item' in spot, how, table: tables.find(({ key }) => key === wanted) ?? null };
});

const texts = ['how', 'amount', 'percent', 'source', 'field', 'least', 'most', 'law'] as const;

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const where = at(form, params);
  const { spot, part } = placeOf(params);
  const typed = Object.fromEntries(texts.map((name) => [name, text(form, name)])) as Record<(typeof texts)[number], string>;
  const rows = [...form].flatMap(([name, value]) =>
    name.startsWith('row.') && typeof value === 'string' ? [[name.slice('row.'.length), value]] : [],
  );
  const edition = await house.rooms.forms.saveSum(house.ctx, where, spot, {
    ...typed,
    label: both(form, 'label'),
    rows: Object.fromEntries(rows),
    sources: form.getAll('sources').filter((source) => typeof source === 'string'),
  });
  return stepped(house, addressOf(where.form, part), { form: where.form, edition });
});

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;
type ShownProps = { readonly shown: Shown };

/** A part of the fee, or a calculated value: how it comes about, set without a formula. */
export default function EditorSumPage() {
  const shown = useLoaderData<typeof loader>();
  const sums = useWords(sumTexts);
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const { view, line, list, part, isItem } = shown;
  const isOpen = view.state !== 'proposed';
  return (
    <EditorPage
      view={view}
      here={isItem ? '/gebuehr' : '/werte'}
      title={line.name[locale] || line.name.de}
      above={[{ to: addressOf(view.key, list), label: isItem ? labels.fee : labels.values }]}
      lead={line.amount[locale]}
    >
      <Section title={sums.exampleTitle}>
        {line.example ? <ExampleLine example={line.example} /> : <NoTrial form={view.key} />}
      </Section>
      {isOpen && <Ways shown={shown} />}
      {isOpen && <Amounts shown={shown} />}
      {isItem && (
        <Section title={sums.due}>
          <p>{line.when ? put(labels.onlyWhen, { condition: line.when[locale] }) : sums.alwaysDue}</p>
          {isOpen && <LinkButton to={addressOf(view.key, `${part}/wann`)}>{sums.dueEdit}</LinkButton>}
        </Section>
      )}
    </EditorPage>
  );
}

/** First the way, then what belongs to it: what is asked for depends on it. */
function Ways({ shown: { how, table, tables, unit, recipe } }: ShownProps) {
  const sums = useWords(sumTexts);
  const { locale } = useView();
  const title = unit === 'money' ? sums.how : sums.howValue;
  const names = { ...sums, times: unit === 'money' ? sums.times : sums.timesValue };
  const offered = hows.filter((one) => one !== 'share' || unit === 'money');
  const options: { value: string; label: string }[] = offered.map((value) => ({ value, label: names[value] }));
  if (recipe === null) options.unshift({ value: '', label: sums.other });
  const questions = tables.map(({ key, label }) => ({ value: key, label: label[locale] || label.de }));
  return (
    <>
      <Form isSearch label={title}>
        <Radios name="wie" legend={title} value={how ?? ''} options={options} />
        <Button>{sums.choose}</Button>
      </Form>
      {how === 'table' && questions.length > 1 && (
        <Form isSearch isInline label={sums.tableOf}>
          <Hidden name="wie" value="table" />
          <Select name="frage" label={sums.tableOf} value={table?.key ?? ''} options={questions} />
          <Button>{sums.choose}</Button>
        </Form>
      )}
    </>
  );
}

type Recipe = NonNullable<SumView['recipe']>;

/** Amounts as people type them: euros, or the number itself. */
function useTyped(unit: SumView['unit']) {
  const { locale } = useView();
  return (amount: number | null | undefined): string => {
    if (amount === null || amount === undefined) return '';
    if (unit === 'number') return amount.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 6 });
    return (amount / 100).toLocaleString(locale, { minimumFractionDigits: 2, useGrouping: false });
  };
}

function Amounts({ shown }: ShownProps) {
  const { view, line, how, unit, law, recipe, isItem, table, sources } = shown;
  const sums = useWords(sumTexts);
  const labels = useWords(editorTexts);
  if (how === null) return <p className="muted">{sums.otherLead}</p>;
  const lacksNumbers = how !== 'fixed' && how !== 'table' && usable(sources, how, unit).length === 0;
  if (how === 'table' && !table) return <p>{sums.noTable}</p>;
  if (lacksNumbers) return <p>{sums.noNumbers}</p>;
  const [least, most] = unit === 'money' ? [sums.least, sums.most] : [sums.leastNumber, sums.mostNumber];
  const rowNames = Object.fromEntries(table?.options.map(({ value, label }) => [`row.${value}`, label.de]) ?? []);
  return (
    <Form
      name="sum"
      labels={{
        ...rowNames,
        amount: sums.amount,
        percent: sums.percent,
        source: sums.source,
        law: sums.law,
        least,
        most,
        ...bothLabels(labels, { label: isItem ? sums.itemName : sums.valueName }),
      }}
    >
      <Hidden name="edition" value={view.edition} />
      <Hidden name="how" value={how} />
      <InBoth name="label" label={isItem ? sums.itemName : sums.valueName} value={line.name} />
      <WayFields shown={shown} how={how} />
      {how !== 'fixed' && <Limits {...{ unit, recipe, least, most }} />}
      {isItem && <TextField name="law" label={sums.law} value={law} isOptional />}
      <Button kind="primary">{labels.save}</Button>
    </Form>
  );
}

type LimitProps = {
  readonly unit: SumView['unit'];
  readonly recipe: Recipe | null;
  readonly least: string;
  readonly most: string;
};

function Limits({ unit, recipe, least, most }: LimitProps) {
  const typed = useTyped(unit);
  return (
    <div className="form-pair">
      <TextField name="least" label={least} value={typed(recipe?.least)} width="short" isOptional />
      <TextField name="most" label={most} value={typed(recipe?.most)} width="short" isOptional />
    </div>
  );
}

/** Numbers that fit the way: a share is of money, a number of times is none. */
const usable = (sources: SumView['sources'], how: How, unit: SumView['unit']) =>
  sources.filter((source) => source.unit === (how === 'share' ? 'money' : how === 'times' ? 'number' : unit));

function WayFields({ shown, how }: ShownProps & { readonly how: How }) {
  const { unit, recipe, sources, table } = shown;
  const sums = useWords(sumTexts);
  const typed = useTyped(unit);
  const name = useSourceName();
  const own = recipe?.how === how ? recipe : null;
  const options = usable(sources, how, unit).map((source) => ({ value: source.key, label: name(source) }));
  if (how === 'fixed' || how === 'times') {
    const amount = own && 'amount' in own ? own.amount : null;
    const label = unit === 'number' ? (how === 'fixed' ? sums.value : sums.factor) : how === 'fixed' ? sums.amount : sums.perUnit;
    return (
      <>
        <TextField name="amount" label={label} value={typed(amount)} width="short" />
        {how === 'times' && <SourceSelect label={sums.source} own={own} options={options} />}
      </>
    );
  }
  if (how === 'share')
    return (
      <>
        <TextField
          name="percent"
          label={sums.percent}
          value={own?.how === 'share' ? String(own.percent).replace('.', ',') : ''}
          width="short"
        />
        <SourceSelect label={sums.shareOf} own={own} options={options} />
      </>
    );
  if (how === 'table') return table && <Rows table={table} own={own} unit={unit} />;
  const chosen = own?.how === 'sum' ? own.sources : [];
  return (
    <FieldGroup name="sources" legend={sums.sources}>
      {options.map(({ value, label }) => (
        <Box key={value} name="sources" value={value} label={label} isChecked={chosen.includes(value)} />
      ))}
    </FieldGroup>
  );
}

type SourceProps = {
  readonly label: string;
  readonly own: Recipe | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

function SourceSelect({ label, own, options }: SourceProps) {
  const value = own && 'source' in own ? own.source : (options[0]?.value ?? '');
  return <Select name="source" label={label} value={value} options={options} />;
}

/** Where a number comes from, in words that tell its place. */
function useSourceName() {
  const sums = useWords(sumTexts);
  const { locale } = useView();
  return ({ key, name, page }: SumView['sources'][number]) => {
    const own = name[locale] || name.de;
    if (key.startsWith('count:')) return put(sums.countOf, { name: own });
    if (key.startsWith('sum:')) return put(sums.sumOf, { name: own });
    return page === null ? put(sums.ofValue, { name: own }) : `${own} (${page[locale] || page.de})`;
  };
}

type RowsProps = { readonly table: SumView['tables'][number]; readonly own: Recipe | null; readonly unit: SumView['unit'] };

function Rows({ table, own, unit }: RowsProps) {
  const sums = useWords(sumTexts);
  const typed = useTyped(unit);
  const { locale } = useView();
  const rows = new Map(own?.how === 'table' && own.field === table.key ? own.rows : []);
  return (
    <FieldGroup name="rows" legend={put(sums.rows, { name: table.label[locale] || table.label.de })}>
      <div className="form">
        <Hidden name="field" value={table.key} />
        {table.options.map(({ value, label }) => (
          <TextField
            key={value}
            name={`row.${value}`}
            label={label[locale] || label.de}
            value={typed(rows.get(value))}
            width="short"
          />
        ))}
      </div>
    </FieldGroup>
  );
}
