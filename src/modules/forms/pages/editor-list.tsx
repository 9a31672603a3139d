import { useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Empty, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { OwnFormLine } from '../edit.ts';
import { addressOf, home, OwnFormState } from './editor-parts.tsx';
import { releaseTexts } from './editor-release-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  const { forms } = house.rooms;
  const [own, others] = await Promise.all([forms.listOwnForms(house.ctx), forms.listContinuable(house.ctx)]);
  return { own, others };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const key = await house.rooms.forms.continueForm(house.ctx, text(form, 'form'));
  return go(house, addressOf(key), { text: editorTexts[house.ctx.locale].begun });
});

/** The forms this authority writes itself. */
export default function EditorListPage() {
  const { own: forms, others } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const begin = (
    <LinkButton kind="primary" to={`${home}/neu`} icon="add">
      {labels.begin}
    </LinkButton>
  );
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      width="wide"
      above={[{ to: '/formulare', label: labels.all }]}
      actions={
        <>
          <LinkButton to={`${home}/fim`}>{labels.fromFim}</LinkButton>
          {begin}
        </>
      }
    >
      {forms.some(({ waitsForMe }) => waitsForMe) && <Waiting forms={forms.filter(({ waitsForMe }) => waitsForMe)} />}
      {forms.length === 0 ? (
        <Empty icon="list" title={labels.emptyTitle}>
          {labels.empty}
        </Empty>
      ) : (
        <Table
          caption={labels.title}
          rows={forms}
          keyOf={({ key }) => key}
          columns={[
            {
              key: 'form',
              label: labels.form,
              kind: 'name',
              cell: ({ key, title }) => <TextLink to={addressOf(key)}>{title || key}</TextLink>,
            },
            { key: 'state', label: labels.state, cell: ({ state }) => <OwnFormState state={state} /> },
            {
              key: 'changed',
              label: labels.changed,
              cell: ({ changedAt, changedBy }) => (
                <>
                  <Moment at={changedAt} />, {changedBy}
                </>
              ),
            },
          ]}
        />
      )}
      {others.length > 0 && <Continuable forms={others} />}
    </Page>
  );
}

type Line = Pick<OwnFormLine, 'key' | 'title' | 'proposedName' | 'note'>;

/** What others have proposed and this person may publish. */
function Waiting({ forms }: { readonly forms: readonly Line[] }) {
  const release = useWords(releaseTexts);
  return (
    <Section title={`${release.waits} (${forms.length})`}>
      <ul className="editor-rows">
        {forms.map(({ key, title, proposedName, note }) => (
          <li key={key}>
            <div>
              <strong>{title || key}</strong>
              <p className="muted">{put(release.waitsFrom, { name: proposedName })}</p>
              {note && <p className="prose">{note}</p>}
            </div>
            <LinkButton to={addressOf(key, '/veroeffentlichen')} about={title || key}>
              {release.lookAt}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the state has published, for its own editors: a new version begins with the one in force. */
function Continuable({ forms }: { readonly forms: readonly { readonly key: string; readonly title: string }[] }) {
  const labels = useWords(editorTexts);
  return (
    <Section title={labels.ofState}>
      <ul className="editor-rows">
        {forms.map(({ key, title }) => (
          <li key={key}>
            <span>{title}</span>
            <Form name={`continue-${key}`} isInline>
              <Hidden name="form" value={key} />
              <Button isSmall kind="tertiary" about={title}>
                {labels.continueOwn}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </Section>
  );
}
