import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { TextArea } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Facts, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { ProposalView } from '../edit-publish.ts';
import { addressOf, at, EditorPage, home } from './editor-parts.tsx';
import { releaseTexts } from './editor-release-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtProposal(house.ctx, params.form ?? '');
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  const { form: key, edition } = at(form, params);
  const words = editorTexts[house.ctx.locale];
  const here = addressOf(key, '/veroeffentlichen');
  switch (text(form, 'act')) {
    case 'approve':
      await forms.approveForm(house.ctx, key, edition);
      return go(house, here, { text: words.isApproved });
    case 'takeBack':
      await forms.takeBackProposal(house.ctx, key, { edition, reason: '' });
      return go(house, addressOf(key), { text: words.tookBack });
    case 'refuse':
      await forms.takeBackProposal(house.ctx, key, { edition, reason: text(form, 'reason') });
      return go(house, addressOf(key), { text: releaseTexts[house.ctx.locale].refused });
    case 'discard':
      await forms.discardOwnForm(house.ctx, key, edition);
      return go(house, home, { text: words.discarded });
    default:
      await forms.proposeForm(house.ctx, key, { edition, note: text(form, 'note') });
      return go(house, here, { text: words.isProposed });
  }
});

type Props = { readonly shown: ProposalView };

/** From a form in progress to one that citizens fill in: proposed by one person, published by another. */
export default function EditorPublishPage() {
  const shown = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { view } = shown;
  const version = view.version === null ? labels.never : put(labels.versionIs, { version: view.version });
  return (
    <EditorPage view={view} here="/veroeffentlichen" lead={labels.publishLead}>
      <Facts facts={[[labels.version, version]]} />
      {view.state === 'published' && (
        <Alert tone="success" title={view.version === null ? labels.isApproved : labels.upToDate}>
          <p>
            {labels.offerIt} <TextLink to={`/formulare/${view.key}`}>{labels.all}</TextLink>
          </p>
        </Alert>
      )}
      {view.state !== 'published' && <Differences shown={shown} />}
      {view.state === 'open' && <Propose shown={shown} />}
      {view.state === 'proposed' && <Decide shown={shown} />}
      {view.state === 'open' && view.published === null && view.version === null && (
        <Section title={labels.discard} lead={labels.discardHint}>
          <Form name="discard">
            <Hidden name="edition" value={view.edition} />
            <Button kind="danger" name="act" value="discard">
              {labels.discard}
            </Button>
          </Form>
        </Section>
      )}
    </EditorPage>
  );
}

function Differences({ shown: { differences } }: Props) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  return (
    <Section title={labels.differences}>
      {differences === null && <p>{labels.firstTime}</p>}
      {differences?.length === 0 && <p>{labels.noDifferences}</p>}
      {differences !== null && differences.length > 0 && (
        <ul className="bullets">
          {differences.map((difference) => (
            <li key={difference.de}>{difference[locale]}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Propose({ shown: { view, isWhole } }: Props) {
  const labels = useWords(editorTexts);
  if (!isWhole)
    return (
      <Alert tone="warning">
        <TextLink to={addressOf(view.key, '/pruefung')}>{labels.notWhole}</TextLink>
      </Alert>
    );
  return (
    <Form name="propose" labels={{ note: labels.note }}>
      <Hidden name="edition" value={view.edition} />
      <TextArea name="note" label={labels.note} isOptional />
      <Button kind="primary" name="act" value="propose">
        {labels.propose}
      </Button>
    </Form>
  );
}

function Decide({ shown: { view, isMine } }: Props) {
  const labels = useWords(editorTexts);
  const release = useWords(releaseTexts);
  return (
    <Section title={put(labels.proposedBy, { name: view.proposedName })}>
      {view.note && <p className="prose">{view.note}</p>}
      {isMine && <p>{labels.waitForOther}</p>}
      <Form name="decide">
        <Hidden name="edition" value={view.edition} />
        {isMine ? (
          <Button name="act" value="takeBack">
            {labels.takeBack}
          </Button>
        ) : (
          <Button kind="primary" name="act" value="approve">
            {labels.approve}
          </Button>
        )}
      </Form>
      {!isMine && (
        <Form name="refuse" labels={{ reason: release.reason }}>
          <Hidden name="edition" value={view.edition} />
          <TextArea name="reason" label={release.reason} hint={release.refuseLead} />
          <Button name="act" value="refuse">
            {release.refuse}
          </Button>
        </Form>
      )}
    </Section>
  );
}
