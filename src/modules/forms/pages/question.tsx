import { data, redirect, useActionData, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, TextLink } from '#ui/button';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, type PageHouse } from '#web/context';
import type { PageView, SaveInput } from '../draft.ts';
import { AttachScript } from './attach.tsx';
import { formTexts, put } from './form-texts.ts';
import { Kept } from './keep.tsx';
import { About, Mistakes, Served, shownBy } from './parts.tsx';
import { QuestionField, type Sending, type Typed } from './questions.tsx';
import { fieldsOf, noteField, type SentFields } from './sent-fields.ts';
import './forms.css';

/** Scripts of their own keep what is typed, and send files in pieces. */
export const handle = { ownScript: true };

type Params = Readonly<Partial<Record<'form' | 'token' | 'page', string>>>;

const addressOf = ({ form = '', token = '' }: Params, goTo: string, item = 0) =>
  goTo === 'status' ? `/antrag/status/${token}` : `/antrag/${form}/${token}/${goTo}${item > 0 ? `?nr=${item + 1}` : ''}`;

const itemOf = (text: string | null | undefined): number => {
  const number = Number(text ?? '1');
  return Number.isInteger(number) && number >= 1 && number <= 1_000 ? number - 1 : 0;
};

export const loader = load(async (house, { request, params }) => {
  const { searchParams } = new URL(request.url);
  const { token = '', page = '' } = params;
  const view = await house.rooms.forms.lookAtPage(house.ctx, token, { page, item: itemOf(searchParams.get('nr')) });
  if ('goTo' in view) throw redirect(addressOf(params, view.goTo));
  const hasFiles = view.questions.some(({ field }) => field.kind === 'file');
  const arriving = hasFiles ? await house.rooms.forms.lookAtArriving(house.ctx, token) : null;
  return { view, arriving, isChange: searchParams.has('aendern'), ...(await shownBy(house, token)) };
});

/** What an action answers with when one stays on the page. */
type Stayed = {
  readonly problems: readonly { readonly name: string; readonly text: { readonly de: string; readonly en: string } }[];
  readonly sentence: string | null;
  readonly typed: Typed;
};

type Sent = { readonly fields: SentFields; readonly problems: Stayed['problems'] };

/** Reads a form with files: each is stored as it arrives, one that is refused does not keep the others back. */
async function readParts(house: PageHouse, { token = '', page = '' }: Params): Promise<Sent> {
  const fields: SentFields = new Map();
  const problems: { name: string; text: { de: string; en: string } }[] = [];
  for await (const part of house.parts()) {
    if (part.kind === 'field') noteField(fields, part.name, part.value);
    else {
      const file = { page, field: part.name, name: part.fileName, bytes: part.stream };
      await house.rooms.forms.addFile(house.ctx, token, file).catch((error: unknown) => {
        const { sentence } = house.explain(error);
        problems.push({ name: part.name, text: { de: sentence, en: sentence } });
      });
    }
  }
  return { fields, problems };
}

const goes: Readonly<Record<string, SaveInput['go']>> = {
  next: 'next',
  add: 'add',
  remove: 'remove',
  stay: 'stay',
  // Whoever leaves a page half filled in, or emptied, finds it so again.
  later: 'leave',
  back: 'leave',
};

/** Where somebody goes who leaves the page without having finished it; null: nobody does. */
function wayOut(fields: SentFields, params: Params): string | null {
  const [way, back = ''] = [fields.get('_go')?.[0], fields.get('_back')?.[0]];
  if (way === 'later') return addressOf(params, 'speichern');
  return way === 'back' && /^[\w-]{1,100}$/.test(back) ? addressOf(params, back) : null;
}

export const action = act(async (house, { request, params, form }) => {
  const isUpload = request.headers.get('Content-Type')?.startsWith('multipart/form-data') ?? false;
  const { fields, problems } = isUpload ? await readParts(house, params) : { fields: fieldsOf(form), problems: [] };
  const one = (name: string) => fields.get(name)?.[0] ?? '';
  const { token = '', page = '' } = params;
  const removed = Number(one('_remove'));
  if (removed > 0) await house.rooms.forms.removeFile(house.ctx, token, removed);
  const kept = Number(one('_keep'));
  if (kept > 0) await house.rooms.forms.keepFile(house.ctx, token, kept);
  const dropped = one('_drop');
  if (dropped !== '') await house.rooms.forms.dropUpload(house.ctx, token, dropped);
  const item = itemOf(one('_nr'));
  const isChange = one('_change') !== '';
  const go = removed > 0 || kept > 0 || dropped !== '' || problems.length > 0 ? 'stay' : (goes[one('_go')] ?? 'next');
  const stay = (status: number, answer: Partial<Stayed>) =>
    data({ problems, sentence: null, typed: null, ...answer } as Stayed, { status });
  const out = go === 'leave' ? wayOut(fields, params) : null;
  try {
    const turn = Number(one('_turn')) || 0;
    const input = { page, item, step: one('_step'), turn, sent: fields, go, isChange };
    const saved = await house.rooms.forms.savePage(house.ctx, token, input);
    const said = saved.problems.map(({ field, text }) => ({ name: field, text }));
    if (problems.length + said.length > 0) return stay(422, { problems: [...problems, ...said] });
    return redirect(out ?? addressOf(params, saved.goTo, saved.item) + (isChange && saved.goTo === page ? '?aendern' : ''));
  } catch (error) {
    const { kind, sentence, status } = house.explain(error);
    // Somebody else's page, or one that is not there, is an error page; everything else keeps what was typed.
    if (kind === 'notFound') throw error;
    return stay(status, { sentence, typed: Object.fromEntries(fields) });
  }
});

/** One page of questions. */
export default function QuestionPage() {
  const { view, arriving, isChange } = useLoaderData<typeof loader>();
  const params = useParams();
  const stayed = useActionData<Stayed>();
  const labels = useWords(formTexts);
  const { locale } = useView();
  const sending = arriving && { url: `/antrag/anhang/${params.token}`, page: view.page.key, arriving };
  const said = (stayed?.problems ?? []).map(({ name, text }) => ({ name, text: text[locale] }));
  const { page, position } = view;
  const base = `/antrag/${params.form}/${params.token}`;
  // What was refused is taken over when somebody says so, and not because they go on typing.
  const isRefused = Boolean(stayed?.typed);
  const hasTexts = view.questions.some(({ field }) => field.kind !== 'file');
  const keeping = hasTexts && !isRefused ? { url: `${base}/${page.key}/entwurf`, saved: view.saved } : null;
  const number = page.repeat && (view.item > 0 || view.items.length > 1) ? ` (${page.repeat.item[locale]} ${view.item + 1})` : '';
  return (
    <Page title={`${page.title[locale]}${number}`} isWrong={said.length > 0 || Boolean(stayed?.sentence)}>
      <Served name={view.served} />
      <p className="progress">
        {view.title[locale]} ·{' '}
        {put(position.isFixed ? labels.step : labels.stepAbout, { index: position.index, count: position.count })}
      </p>
      {view.back && !isChange && (
        <p className="way-back">
          <DefaultButton />
          <input form={formId} type="hidden" name="_back" value={view.back} />
          <Button kind="tertiary" form={formId} name="_go" value="back">
            {labels.back}
          </Button>
        </p>
      )}
      {stayed?.sentence && <Alert tone="danger">{stayed.sentence}</Alert>}
      <Mistakes said={said} questions={view.questions} />
      {view.confirmed && <Alert tone="success" title={view.confirmed[locale]} />}
      {page.hint?.[locale] && <p className="prose">{page.hint[locale]}</p>}
      <Questions {...{ view, isChange, said, sending, keeping }} typed={stayed?.typed ?? null} canLeave />
      {keeping && <Kept />}
      <Entries view={view} base={base} />
      <About {...view} base={null} />
      {sending && <AttachScript />}
    </Page>
  );
}

/** What the questions of a page need to know; a test run has no more. */
type Asked = Pick<PageView, 'step' | 'page' | 'questions' | 'item' | 'items'>;

type QuestionsProps = {
  readonly view: Asked;
  readonly isChange: boolean;
  readonly said: readonly { readonly name: string; readonly text: string }[];
  readonly typed: Typed;
  /** How files are sent in pieces; left out: with the form only. */
  readonly sending?: Sending | null;
  /** Where what is typed is kept before it is sent, and what was kept last; left out: nowhere. */
  readonly keeping?: { readonly url: string; readonly saved: string | null } | null;
  /** There is a later: a test run has none. */
  readonly canLeave?: boolean;
};

/** By which buttons outside of the form belong to it. */
const formId = 'fragen';

export function Questions({ view, isChange, said, typed, sending = null, keeping = null, canLeave = false }: QuestionsProps) {
  const labels = useWords(formTexts);
  const { locale, csrf } = useView();
  const { page, questions, items } = view;
  const sayings = Object.fromEntries(said.map(({ name, text }) => [name, text]));
  const hasFiles = questions.some(({ field }) => field.kind === 'file');
  const canAdd = page.repeat && Math.max(items.length, view.item + 1) < page.repeat.max;
  return (
    <form
      id={formId}
      className="question"
      method="post"
      noValidate
      encType={hasFiles ? 'multipart/form-data' : undefined}
      data-keep={keeping?.url}
      data-saved={keeping?.saved ?? undefined}
    >
      <input type="hidden" name="_csrf" value={csrf ?? ''} />
      <input type="hidden" name="_step" value={view.step} />
      <input type="hidden" name="_nr" value={view.item + 1} />
      {isChange && <input type="hidden" name="_change" value="yes" />}
      <DefaultButton />
      {questions.map((question) => (
        <QuestionField key={question.field.key} question={question} said={sayings} typed={typed} sending={sending} />
      ))}
      <Buttons>
        <Button kind="primary" name="_go" value="next">
          {labels.next}
        </Button>
        {canAdd && (
          <Button name="_go" value="add">
            {page.repeat?.another[locale]}
          </Button>
        )}
        {page.repeat && items.length > 1 && view.item < items.length && (
          <Button kind="tertiary" name="_go" value="remove">
            {labels.removeEntry}
          </Button>
        )}
        {canLeave && (
          <Button kind="tertiary" name="_go" value="later">
            {labels.later}
          </Button>
        )}
      </Buttons>
    </form>
  );
}

/** Enter in a field presses the first button of a form: it must be the one that goes on. */
function DefaultButton() {
  const labels = useWords(formTexts);
  return (
    <button form={formId} className="default-button" type="submit" name="_go" value="next" tabIndex={-1} aria-hidden="true">
      {labels.next}
    </button>
  );
}

/** The entries of a repeated page there are already. */
export function Entries({ view: { page, items, item }, base }: { readonly view: Asked; readonly base: string }) {
  const labels = useWords(formTexts);
  if (!page.repeat || items.length < 2) return null;
  return (
    <Section title={labels.entries}>
      <ol className="bullets">
        {items
          .map((name, index) => ({ name, index }))
          .map(({ name, index }) => (
            <li key={index}>
              {index === item ? (
                name || put(labels.entry, { number: index + 1 })
              ) : (
                <TextLink to={`${base}/${page.key}?nr=${index + 1}`}>{name || put(labels.entry, { number: index + 1 })}</TextLink>
              )}
            </li>
          ))}
      </ol>
    </Section>
  );
}
