import { useLoaderData } from 'react-router';
import { Button, IconButton, LinkButton, TextLink } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Bytes, Moment, Time } from '#ui/format';
import { Icon } from '#ui/icon';
import { type Fact, Facts } from '#ui/page';
import { Panel, PanelPart } from '#ui/panel';
import { useView, useWords } from '#ui/view';
import { act, load } from '#web/context';
import { contentPath, folderPath, zipPath } from './address.ts';
import { actOnEntry, type EntryData, readEntry } from './entry-data.ts';
import { entryTexts } from './entry-texts.ts';
import type { ChildHandle } from './folder.tsx';
import { kindNamed, kindOf } from './kinds.ts';
import { useFolderAddress } from './new-folder.tsx';
import { Preview } from './preview.tsx';
import { Versions } from './versions.tsx';

export const handle: ChildHandle = { place: 'panel' };
export const loader = load(readEntry);
export const action = act(actOnEntry);

/** The details of one file or folder, at the right of its folder. */
export default function Entry() {
  const data = useLoaderData<typeof loader>();
  const labels = useWords(entryTexts);
  return (
    <Panel key={data.id} title={data.name} icon={kindNamed(kindOf(data)).icon} back={useFolderAddress()}>
      <EntryActions data={data} />
      {data.hasPreview && <Preview key={data.sha256} id={data.id} version={data.sha256} />}
      <PanelPart title={labels.facts}>
        <EntryFacts data={data} />
      </PanelPart>
      {data.may.change && (
        <PanelPart title={labels.rename} isOpen={false}>
          <Rename data={data} />
        </PanelPart>
      )}
      <PanelPart title={labels.tags}>
        <Tags data={data} />
      </PanelPart>
      <PanelPart title={labels.comments}>
        <Comments data={data} />
      </PanelPart>
      {!data.isFolder && (
        <PanelPart title={labels.versions}>
          <Versions data={data} />
        </PanelPart>
      )}
    </Panel>
  );
}

const baseOf = (address: string) => address.replace(/\?.*$/, '');

function EntryActions({ data }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  const folder = useFolderAddress();
  const { id, isFolder, isFavourite, may } = data;
  return (
    <div className="panel-actions">
      {isFolder && (
        <LinkButton to={folderPath(id)} icon="folder" isSmall>
          {labels.open}
        </LinkButton>
      )}
      <DownloadLink to={isFolder ? zipPath([id]) : contentPath(id)} label={labels.download} />
      {may.change && (
        <LinkButton to={`${baseOf(folder)}/verschieben?ids=${id}`} icon="move" isSmall kind="tertiary">
          {labels.move}
        </LinkButton>
      )}
      <LinkButton to={`${baseOf(folder)}/verschieben?ids=${id}&art=kopieren`} icon="copy" isSmall kind="tertiary">
        {labels.copy}
      </LinkButton>
      {may.change && (
        <Form name="chosen" isInline>
          <Hidden name="ids" value={id} />
          <Hidden name="zurueck" value={folder} />
          <Button name="do" value="trash" icon="trash" isSmall kind="tertiary">
            {labels.remove}
          </Button>
        </Form>
      )}
      <Form name="favourite" isInline>
        <Hidden name="id" value={id} />
        <Hidden name="on" value={isFavourite ? 'no' : 'yes'} />
        <Hidden name="zurueck" value={`${baseOf(folder)}/eintrag/${id}`} />
        <Button icon={isFavourite ? 'starFull' : 'star'} isSmall kind="tertiary">
          {isFavourite ? labels.removeFavourite : labels.addFavourite}
        </Button>
      </Form>
    </div>
  );
}

function DownloadLink({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <a className="kern-btn kern-btn--tertiary small" href={to} download>
      <Icon name="download" />
      <span className="kern-label">{label}</span>
    </a>
  );
}

type RestoredProps = { readonly restored: NonNullable<EntryData['restored']>; readonly now: number };

/** When and by whom the content was brought back, beside the older time at which it was modified. */
function Restored({ restored, now }: RestoredProps) {
  const labels = useWords(entryTexts);
  return (
    <>
      <Time at={new Date(restored.at)} now={now} />
      <span className="below">{restored.by ?? labels.unknown}</span>
    </>
  );
}

function EntryFacts({ data }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  const { locale } = useView();
  const { path, isFolder, size, modified, created, sha256, by, restored, lockedBy, now } = data;
  const place = path.map(({ to, label }, index) => (
    <span key={to}>
      {index > 0 && ' › '}
      <TextLink to={to}>{label}</TextLink>
    </span>
  ));
  const facts: (Fact | false)[] = [
    [labels.kind, kindNamed(kindOf(data))[locale]],
    [isFolder ? labels.holds : labels.size, <Bytes key="size" value={size} />],
    [labels.path, place],
    [labels.modified, <Time key="modified" at={new Date(modified)} now={now} />],
    [labels.by, (restored ? restored.author : by) ?? labels.unknown],
    restored !== null && [labels.restored, <Restored key="restored" restored={restored} now={now} />],
    [labels.created, <Moment key="created" at={new Date(created)} />],
    lockedBy !== null && [labels.lock, labels.lockedBy(lockedBy)],
    sha256 !== null && [
      labels.checksum,
      <details key="sum">
        <summary>{labels.show}</summary>
        <code className="checksum">{sha256}</code>
        <span className="below">{labels.checksumHint}</span>
      </details>,
    ],
  ];
  return <Facts facts={facts.filter((fact) => fact !== false)} />;
}

function Rename({ data }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  const folder = useFolderAddress();
  return (
    <Form name="rename" labels={{ name: labels.name }}>
      <Hidden name="id" value={data.id} />
      <Hidden name="zurueck" value={`${baseOf(folder)}/eintrag/${data.id}`} />
      <TextField key={data.name} name="name" label={labels.name} value={data.name} maxLength={255} autoComplete="off" />
      <Button icon="edit" isSmall>
        {labels.rename}
      </Button>
    </Form>
  );
}

function Tags({ data }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  return (
    <>
      {data.tags.length === 0 && <p className="muted">{labels.noTags}</p>}
      <ul className="tags">
        {data.tags.map(({ id, name }) => (
          <li key={id} className="tag">
            {name}
            {data.may.describe && (
              <Form name={`untag-${id}`} isInline>
                <Hidden name="id" value={id} />
                <Hidden name="was" value={name} />
                <IconButton icon="close" label={labels.removeTag(name)} />
              </Form>
            )}
          </li>
        ))}
      </ul>
      {data.may.describe && (
        <Form name="tag" isInline labels={{ tag: labels.tag }}>
          <TextField key={data.tags.length} name="tag" label={labels.tag} maxLength={100} autoComplete="off" />
          <Button icon="add" isSmall>
            {labels.addTag}
          </Button>
        </Form>
      )}
    </>
  );
}

function Comments({ data }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  return (
    <>
      {data.comments.length === 0 && <p className="muted">{labels.noComments}</p>}
      <ol className="comments">
        {data.comments.map((comment) => (
          <li key={comment.id}>
            <div className="muted comment-head">
              <strong>{comment.by ?? labels.unknown}</strong> <Time at={new Date(comment.writtenAt)} now={data.now} />
              {comment.isEdited && ` (${labels.edited})`}
              {comment.mayRemove && (
                <Form name={`uncomment-${comment.id}`} isInline>
                  <Hidden name="id" value={comment.id} />
                  <IconButton icon="close" label={`${labels.removeComment}: ${comment.by ?? ''}`} />
                </Form>
              )}
            </div>
            <p className="comment-text">{comment.text}</p>
          </li>
        ))}
      </ol>
      {data.may.comment && (
        <Form name="comment" labels={{ comment: labels.comment }}>
          <TextArea key={data.comments.length} name="comment" label={labels.comment} rows={2} />
          <Button isSmall>{labels.addComment}</Button>
        </Form>
      )}
    </>
  );
}
