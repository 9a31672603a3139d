import { data, redirect, useActionData, useLoaderData, useParams } from 'react-router';
import { TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, type PageHouse, signedIn } from '#web/context';
import { addressOf } from './editor-parts.tsx';
import { formTexts, put } from './form-texts.ts';
import { Mistakes } from './parts.tsx';
import { Entries, Questions } from './question.tsx';
import { fieldsOf, noteField, type SentFields } from './sent-fields.ts';
import { TrialSign } from './trial-sign.tsx';

type Params = Readonly<Partial<Record<'form' | 'page', string>>>;

const to = ({ form = '' }: Params, page: string | null, item = 0) =>
  addressOf(form, `/probe/${page ?? 'ende'}${item > 0 ? `?nr=${item + 1}` : ''}`);

const mostItems = 1_000;

const itemOf = (text: string | null | undefined): number => {
  const number = Number(text ?? '1');
  return Number.isInteger(number) && number >= 1 && number <= mostItems ? number - 1 : 0;
};

export const loader = load(async (house, { request, params }) => {
  signedIn(house);
  const item = itemOf(new URL(request.url).searchParams.get('nr'));
  const { form = '', page = '' } = params;
  const view = await house.rooms.forms.lookAtTrial(house.ctx, form, { page, item });
  if ('goTo' in view) throw redirect(to(params, view.goTo));
  return { view };
});

type Sent = {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly { readonly field: string; readonly name: string; readonly size: number }[];
};

/** Of a file the name and the size are noted; its bytes go nowhere. */
async function readParts(house: PageHouse): Promise<Sent> {
  const fields: SentFields = new Map();
  const files: { field: string; name: string; size: number }[] = [];
  for await (const part of house.parts()) {
    if (part.kind === 'field') noteField(fields, part.name, part.value);
    else {
      let size = 0;
      for await (const chunk of part.stream) size += chunk.length;
      if (part.fileName !== '') files.push({ field: part.name, name: part.fileName, size });
    }
  }
  return { fields, files };
}

const goes = { next: 'next', add: 'add', remove: 'remove', stay: 'stay' } as const;

export const action = act(async (house, { request, params, form }) => {
  signedIn(house);
  const isUpload = request.headers.get('Content-Type')?.startsWith('multipart/form-data') ?? false;
  const { fields, files } = isUpload ? await readParts(house) : { fields: fieldsOf(form), files: [] };
  const one = (name: string) => fields.get(name)?.[0] ?? '';
  const removed = Number(one('_remove')) || 0;
  const go = removed > 0 ? 'stay' : (goes[one('_go') as keyof typeof goes] ?? 'next');
  const saved = await house.rooms.forms.answerTrial(house.ctx, params.form ?? '', {
    page: params.page ?? '',
    item: itemOf(one('_nr')),
    go,
    sent: fields,
    files,
    removed,
  });
  if (saved.problems.length > 0) return data({ problems: saved.problems }, { status: 422 });
  return redirect(to(params, saved.goTo, saved.item));
});

/** One page of a form that is being written, as citizens will see it. */
export default function EditorTrialPage() {
  const { view } = useLoaderData<typeof loader>();
  const params = useParams();
  const stayed = useActionData<{ problems?: readonly { field: string; text: { de: string; en: string } }[] }>();
  const labels = useWords(formTexts);
  const { locale } = useView();
  const { page, position } = view;
  const said = (stayed?.problems ?? []).map(({ field, text }) => ({ name: field, text: text[locale] }));
  // Nothing is stored that could be sent twice.
  const shown = { ...view, step: '' };
  return (
    <Page title={page.title[locale]}>
      <TrialSign form={params.form ?? ''} page={page.key} />
      <p className="progress">
        {view.title[locale]} ·{' '}
        {put(position.isFixed ? labels.step : labels.stepAbout, { index: position.index, count: position.count })}
      </p>
      {view.back && (
        <p>
          <TextLink to={to(params, view.back)}>{labels.back}</TextLink>
        </p>
      )}
      <Mistakes said={said} questions={view.questions} />
      {page.hint?.[locale] && <p className="prose">{page.hint[locale]}</p>}
      <Questions view={shown} isChange={false} said={said} typed={null} />
      <Entries view={shown} base={addressOf(params.form ?? '', '/probe')} />
    </Page>
  );
}
