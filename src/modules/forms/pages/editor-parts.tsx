import type { ReactNode } from 'react';
import { Alert, State } from '#ui/alert';
import { Button, LinkButton } from '#ui/button';
import { Radios } from '#ui/choice';
import { TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Tabs } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { go, type PageHouse, text } from '#web/context';
import type { OwnFormView } from '../edit.ts';
import { releaseTexts } from './editor-release-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';
import './editor.css';
import './forms.css';

/** Pieces of the pages on which forms are written. */

export const home = '/formulare/eigene';
export const addressOf = (form: string, part = '') => `${home}/${form}${part}`;

type Both = { readonly de: string; readonly en: string };

/** A text of two fields, `name.de` and `name.en`. */
export const both = (form: FormData, name: string): Both => ({ de: text(form, `${name}.de`), en: text(form, `${name}.en`) });

/** Which form, in the edition that was looked at. */
export const at = (form: FormData, params: Readonly<Partial<Record<'form', string>>>) => ({
  form: params.form ?? '',
  edition: Number(text(form, 'edition')) || 0,
});

/** After a step: what was done, and the way back. */
export function stepped(house: PageHouse, to: string, { form, edition }: { form: string; edition: number }): Response {
  const words = editorTexts[house.ctx.locale];
  const undo = { action: addressOf(form), fields: { _form: 'undo', edition: String(edition) } };
  return go(house, to, { text: words.saved, undo });
}

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: Both | undefined;
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly isLong?: boolean;
};

/** One text in both languages, side by side where there is room. */
export function InBoth({ name, label, value, hint, isOptional, isLong }: FieldProps) {
  const { german, english } = useWords(editorTexts);
  const Field = isLong ? TextArea : TextField;
  return (
    <div className="form-pair">
      <Field
        name={`${name}.de`}
        label={`${label} (${german})`}
        hint={hint}
        value={value?.de ?? ''}
        isOptional={isOptional ?? false}
      />
      <Field name={`${name}.en`} label={`${label} (${english})`} value={value?.en ?? ''} isOptional />
    </div>
  );
}

/** Labels of the fields of {@link InBoth}, for sentences that name a field. */
export const bothLabels = (labels: { german: string; english: string }, fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, label]) => [
      [`${name}.de`, `${label} (${labels.german})`],
      [`${name}.en`, `${label} (${labels.english})`],
    ]),
  );

export function OwnFormState({ state }: Pick<OwnFormView, 'state'>) {
  const labels = useWords(editorTexts);
  const tones = { open: 'neutral', proposed: 'info', published: 'success' } as const;
  return <State tone={tones[state]}>{labels[state]}</State>;
}

type EditorPageProps = {
  readonly view: OwnFormView;
  /** The part of the form this page is, as in its address. */
  readonly here: string;
  /** Left out: the form's own title. */
  readonly title?: string;
  readonly above?: readonly { readonly to: string; readonly label: string }[];
  readonly lead?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every page about one form: where one is, how it stands, its parts, the test run. */
export function EditorPage({ view, here, title, above = [], lead, children }: EditorPageProps) {
  const labels = useWords(editorTexts);
  const release = useWords(releaseTexts);
  const { locale } = useView();
  const { key, definition, findings } = view;
  const name = definition.title[locale] || definition.title.de || key;
  const base = addressOf(key);
  const parts = [
    ['', labels.pages],
    ['/angaben', labels.basics],
    ['/gebuehr', labels.fee],
    ['/werte', labels.values],
    ['/pruefung', findings.length > 0 ? `${labels.checks} (${findings.length})` : labels.checks],
    ...(view.left.all > 0
      ? [['/schema', view.left.open > 0 ? put(release.leftCount, { count: view.left.open }) : release.left] as const]
      : []),
    ['/verlauf', labels.history],
    ['/veroeffentlichen', labels.publish],
  ] as const;
  const crumbs = [
    { to: '/formulare', label: labels.all },
    { to: home, label: labels.title },
  ];
  return (
    <Page
      title={title ?? name}
      above={[...crumbs, ...(title ? [{ to: base, label: name }] : []), ...above]}
      lead={lead}
      actions={
        definition.pages.length > 0 && (
          <LinkButton to={`${base}/probe`} icon="play">
            {labels.trial}
          </LinkButton>
        )
      }
    >
      <p>
        <OwnFormState state={view.state} />
      </p>
      <Tabs label={labels.parts} tabs={parts.map(([part, label]) => ({ to: `${base}${part}`, label, isHere: part === here }))} />
      {view.state === 'proposed' && here !== '/veroeffentlichen' && <Alert>{labels.locked}</Alert>}
      {view.refusal !== '' && (
        <Alert tone="warning" title={put(release.refusedBy, { name: view.refusedName })}>
          <p className="prose">{view.refusal}</p>
        </Alert>
      )}
      {children}
    </Page>
  );
}

type ArrangeProps = {
  readonly name: string;
  readonly edition: number;
  /** The list, each row with its buttons; see {@link ArrangeButtons}. */
  readonly children: ReactNode;
};

/** A list whose rows move by buttons, with and without script. */
export function Arrange({ name, edition, children }: ArrangeProps) {
  return (
    <Form name={name}>
      <Hidden name="edition" value={edition} />
      {children}
    </Form>
  );
}

type ArrangeButtonsProps = { readonly id: string; readonly about: string; readonly isFirst: boolean; readonly isLast: boolean };

/** Up, down and away, for one row. */
export function ArrangeButtons({ id, about, isFirst, isLast }: ArrangeButtonsProps) {
  const labels = useWords(editorTexts);
  return (
    <span className="buttons">
      {!isFirst && (
        <Button isSmall kind="tertiary" name="act" value={`up:${id}`} about={about}>
          {labels.up}
        </Button>
      )}
      {!isLast && (
        <Button isSmall kind="tertiary" name="act" value={`down:${id}`} about={about}>
          {labels.down}
        </Button>
      )}
      <Button isSmall kind="tertiary" name="act" value={`remove:${id}`} about={about}>
        {labels.remove}
      </Button>
    </span>
  );
}

/** Reads the button of an {@link Arrange}; null: none of them was pressed. */
export function arranged(form: FormData): { readonly how: 'up' | 'down' | 'remove'; readonly id: string } | null {
  const [, how, id] = /^(up|down|remove):(.{1,80})$/.exec(text(form, 'act')) ?? [];
  return how && id ? { how: how as 'up' | 'down' | 'remove', id } : null;
}

/** How many services are offered at once. */
const mostServices = 8;

type ServiceView = { readonly wish: string; readonly services: readonly { readonly key: string; readonly title: string }[] };

/** Services for what was looked for. */
export async function findServices({ rooms, ctx }: PageHouse, address: string): Promise<ServiceView> {
  const wish = new URL(address).searchParams.get('suche')?.slice(0, 200) ?? '';
  const found = wish.trim() === '' ? [] : (await rooms.finder.search(ctx, { q: wish, limit: mostServices })).found;
  return { wish, services: found.map(({ key, title }) => ({ key, title })) };
}

/** The question which service a form belongs to. */
export function ServiceSearch({ wish, services }: ServiceView) {
  const labels = useWords(editorTexts);
  return (
    <>
      <Form isSearch isInline label={labels.findService}>
        <TextField
          name="suche"
          type="search"
          label={labels.findService}
          hint={labels.findServiceHint}
          value={wish}
          maxLength={200}
        />
        <Button icon="search">{labels.search}</Button>
      </Form>
      {wish !== '' && services.length === 0 && <p>{labels.noService}</p>}
    </>
  );
}

/** The services that were found, to choose one. */
export function ServiceChoice({ services }: Pick<ServiceView, 'services'>) {
  const { service } = useWords(editorTexts);
  const options = services.map(({ key, title }) => ({ value: key, label: title }));
  return <Radios name="service" legend={service} value={services[0]?.key ?? ''} options={options} />;
}

type BoxProps = { readonly name: string; readonly value: string; readonly label: string; readonly isChecked: boolean };

/** One of several boxes of one name: each has an id of its own. */
export function Box({ name, value, label, isChecked }: BoxProps) {
  const id = `${name}-${value}`;
  return (
    <div className="kern-form-check">
      <input className="kern-form-check__checkbox" type="checkbox" {...{ id, name, value }} defaultChecked={isChecked} />
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
    </div>
  );
}
