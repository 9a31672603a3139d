import { useActionData, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { dayInWords, momentInWords } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn, text } from '#web/context';
import type { Step } from '../rules.ts';
import { DayFields, daysFacts } from './day-fields.tsx';
import { editorTexts, kindListTexts } from './editor-texts.ts';
import { Versions } from './entry-history.tsx';
import { EntryState } from './entry-table.tsx';
import { Differences } from './marks.tsx';
import { entryNumber } from './numbers.ts';
import { put } from './portal-texts.ts';

export const loader = load(async (house, { params }) => {
  const { finder } = house.rooms;
  const { account } = signedIn(house);
  const entry = entryNumber(house, params.id);
  const { differences, ...view } = await finder.getEntry(house.ctx, { entry });
  const { mayWrite, isState } = await finder.openDesk(house.ctx);
  const isMine = view.draft?.author === `account:${account}`;
  const publicPage = addressOf(view.entry, view.published !== null);
  return { ...view, differences: finder.inWords(differences), mayWrite, isState, isMine, publicPage };
});

type Loaded = Awaited<ReturnType<typeof loader>>;

/** Where people see it; null for what has no page of its own. */
function addressOf({ kind, key }: Loaded['entry'], isPublished: boolean): string | null {
  if (!isPublished || kind === 'competence') return null;
  if (kind === 'authority') return `/stelle/${key}`;
  if (kind === 'service') return `/leistung/${key}`;
  if (kind === 'lifeEvent') return `/lebenslage/${key}`;
  const at = key.lastIndexOf('.');
  return `/leistung/${key.slice(0, at)}?ort=${key.slice(at + 1)}`;
}

const done: Readonly<Record<Step, 'submitted' | 'takenBack' | 'wasSentBack' | 'approved' | 'discarded' | 'withdrawn'>> = {
  submit: 'submitted',
  takeBack: 'takenBack',
  sendBack: 'wasSentBack',
  approve: 'approved',
  discard: 'discarded',
  withdraw: 'withdrawn',
};

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { finder } = house.rooms;
  const ref = { entry: entryNumber(house, params.id) };
  const labels = editorTexts[house.ctx.locale];
  const what = text(form, 'step');
  if (what === 'confirm') {
    await finder.confirmReview(house.ctx, ref, text(form, 'reviewOn'));
    return go(house, `/redaktion/${ref.entry}`, { text: labels.confirmed });
  }
  const step = stepOf(house, what);
  const days = { validFrom: text(form, 'validFrom'), validTo: text(form, 'validTo'), reviewOn: text(form, 'reviewOn') };
  const decision = step === 'approve' ? days : { answer: text(form, 'answer') };
  await finder.takeStep(house.ctx, ref, step, decision);
  return go(house, `/redaktion/${ref.entry}`, { text: labels[done[step]] });
});

function stepOf(house: PageHouse, named: string): Step {
  const step = (Object.keys(done) as Step[]).find((known) => known === named);
  if (!step) throw house.missing();
  return step;
}

/** One entry: the draft and what it changes, what is published, every version. */
export default function EditorEntry() {
  const { entry } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const kinds = useWords(kindListTexts);
  const above = [
    { to: '/redaktion', label: labels.title },
    { to: `/redaktion/eintraege?art=${entry.kind}`, label: kinds[entry.kind] },
  ];
  return (
    <Page title={entry.title} above={above}>
      <p>
        <EntryState entry={entry} />
      </p>
      <DraftPart />
      <PublishedPart />
      <Versions />
    </Page>
  );
}

function DraftPart() {
  const { entry, draft, differences, mayWrite } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { locale } = useView();
  if (!draft) return null;
  const facts: Fact[] = [
    [labels.author, put(labels.draftBy, { name: draft.authorName, at: momentInWords(locale, new Date(draft.changedAt)) })],
    ...(draft.note ? [[labels.noteShort, draft.note] as const] : []),
    ...daysFacts(draft, labels, locale),
  ];
  return (
    <Section title={labels.draft}>
      {draft.answer && (
        <Alert tone="warning" title={labels.sentBack}>
          <p>{draft.answer}</p>
        </Alert>
      )}
      <Facts facts={facts} />
      <Buttons>
        <LinkButton to={`/redaktion/${entry.id}/vorschau`} icon="globe">
          {labels.preview}
        </LinkButton>
        {mayWrite && draft.state === 'draft' && (
          <LinkButton to={`/redaktion/${entry.id}/bearbeiten`} icon="edit">
            {labels.edit}
          </LinkButton>
        )}
      </Buttons>
      <h3>{labels.differences}</h3>
      {differences.length === 0 ? (
        <p className="muted">{labels.noDifferences}</p>
      ) : (
        <Differences differences={differences} level="h4" />
      )}
      {mayWrite && <DraftSteps />}
    </Section>
  );
}

type StepFormProps = {
  readonly step: Step | 'confirm';
  readonly label: string;
  readonly isPrimary?: boolean;
  readonly children?: React.ReactNode;
};

/** One step with what goes with it. */
function StepForm({ step, label, isPrimary, children }: StepFormProps) {
  const labels = useWords(editorTexts);
  return (
    <Form name={step} isInline={!children} label={label} labels={labels}>
      <Hidden name="step" value={step} />
      {children}
      <Button kind={isPrimary ? 'primary' : step === 'discard' || step === 'withdraw' ? 'danger' : 'secondary'}>{label}</Button>
    </Form>
  );
}

/** A step that is taken less often lies folded; a refusal unfolds it, so that its sentence is seen. */
function MaybeStep({ lead, ...step }: StepFormProps & { readonly lead?: string }) {
  const answer = useActionData() as { readonly form?: string } | undefined;
  return (
    <details open={answer?.form === step.step}>
      <summary>{step.label}</summary>
      {lead && <p>{lead}</p>}
      <StepForm {...step} />
    </details>
  );
}

function DraftSteps() {
  const { draft, isMine } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  if (draft?.state === 'draft') {
    return (
      <div className="buttons">
        <StepForm step="submit" label={labels.submit} isPrimary />
        <StepForm step="discard" label={labels.discard} />
      </div>
    );
  }
  if (isMine) {
    return (
      <>
        <p>{labels.ownWaits}</p>
        <StepForm step="takeBack" label={labels.takeBack} />
      </>
    );
  }
  return <Decide />;
}

/** The second pair of eyes. */
function Decide() {
  const { draft } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  return (
    <>
      <h3>{labels.approve}</h3>
      <p>{labels.approveLead}</p>
      <StepForm step="approve" label={labels.approve} isPrimary>
        <DayFields days={draft} />
      </StepForm>
      <MaybeStep step="sendBack" label={labels.sendBack}>
        <TextArea name="answer" label={labels.answer} />
      </MaybeStep>
    </>
  );
}

function PublishedPart() {
  const { entry, published, draft, mayWrite, publicPage } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { locale } = useView();
  if (!published) {
    return (
      <Section title={labels.publishedPart}>
        <p className="muted">{labels.notPublished}</p>
        {mayWrite && !draft && <LinkButton to={`/redaktion/${entry.id}/bearbeiten`}>{labels.editPublished}</LinkButton>}
      </Section>
    );
  }
  const facts: Fact[] = [
    [labels.publishedSince, entry.publishedAt ? momentInWords(locale, new Date(entry.publishedAt)) : '–'],
    [labels.author, published.authorName],
    [labels.approver, published.approverName ?? '–'],
    ...daysFacts(entry, labels, locale),
    ...(entry.checkedOn ? [[labels.checkedOn, dayInWords(locale, entry.checkedOn)] as const] : []),
  ];
  return (
    <Section title={labels.publishedPart}>
      <Facts facts={facts} />
      <Buttons>
        {publicPage && (
          <LinkButton to={publicPage} icon="globe">
            {labels.seePublic}
          </LinkButton>
        )}
        {mayWrite && !draft && (
          <LinkButton to={`/redaktion/${entry.id}/bearbeiten`} icon="edit">
            {labels.editPublished}
          </LinkButton>
        )}
      </Buttons>
      {mayWrite && <Care />}
    </Section>
  );
}

/** What can be done with a published text without writing: it is still true, or it has to go. */
function Care() {
  const labels = useWords(editorTexts);
  return (
    <>
      <MaybeStep step="confirm" label={labels.stillTrue} lead={labels.stillTrueLead}>
        <TextField name="reviewOn" type="date" label={labels.reviewOn} hint={labels.reviewOnHint} width="medium" isOptional />
      </MaybeStep>
      <MaybeStep step="withdraw" label={labels.withdraw} lead={labels.withdrawLead} />
    </>
  );
}
