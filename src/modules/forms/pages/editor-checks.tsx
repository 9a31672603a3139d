import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { TextLink } from '#ui/button';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { OwnFormView } from '../edit.ts';
import { addressOf, EditorPage } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtOwnForm(house.ctx, params.form ?? '');
});

type Finding = OwnFormView['findings'][number];

/** Where something is put right. */
function partOf({ place }: Finding): string {
  switch (place.at) {
    case 'basics':
      return '/angaben';
    case 'fee':
      return '/gebuehr';
    case 'free':
      return '/gebuehr/frei';
    case 'item':
      return `/gebuehr/posten/${place.key}`;
    case 'itemWhen':
      return `/gebuehr/posten/${place.key}/wann`;
    case 'value':
      return `/werte/${place.key}`;
    case 'page':
      return `/seite/${place.key}`;
    case 'pageWhen':
      return `/seite/${place.key}/wann`;
    case 'field':
      return `/frage/${place.key}`;
    case 'fieldWhen':
      return `/frage/${place.key}/wann`;
    default:
      return '';
  }
}

/** What is wrong with a form, in plain words, each with the way to its place. */
export default function EditorChecksPage() {
  const view = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const ofWeight = (weight: Finding['weight']) => view.findings.filter((finding) => finding.weight === weight);
  const [wrong, hints] = [ofWeight('wrong'), ofWeight('hint')];
  return (
    <EditorPage view={view} here="/pruefung">
      {wrong.length === 0 && <Alert tone="success">{labels.allFine}</Alert>}
      {wrong.length > 0 && <Findings form={view.key} title={labels.wrongTitle} findings={wrong} />}
      {hints.length > 0 && <Findings form={view.key} title={labels.hintTitle} findings={hints} />}
    </EditorPage>
  );
}

type FindingsProps = { readonly form: string; readonly title: string; readonly findings: readonly Finding[] };

function Findings({ form, title, findings }: FindingsProps) {
  const { locale } = useView();
  return (
    <Section title={title}>
      <ul className="bullets">
        {findings.map((finding) => (
          <li key={`${partOf(finding)} ${finding.text.de}`}>
            <TextLink to={addressOf(form, partOf(finding))}>{finding.text[locale]}</TextLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
