import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Bytes, momentInFigures } from '#ui/format';
import { useView, useWords } from '#ui/view';
import { versionPath } from './address.ts';
import type { EntryData } from './entry-data.ts';
import { entryTexts } from './entry-texts.ts';

/** What a file contained before: fetch it, bring it back, name it, remove it. */
export function Versions({ data }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  if (data.versions.length === 0 && data.restored === null) return <p className="muted">{labels.noVersions}</p>;
  return (
    <>
      <p className="muted">{labels.versionsHint}</p>
      <ol className="versions">
        <Present data={data} />
        {data.versions.map((version) => (
          <VersionItem key={version.id} data={data} version={version} />
        ))}
      </ol>
    </>
  );
}

/** What the file contains now, at the head of what it contained before. */
function Present({ data: { modified, size, by, restored } }: { readonly data: EntryData }) {
  const labels = useWords(entryTexts);
  const { locale } = useView();
  return (
    <li>
      <p>
        <strong className="version-label">{labels.current}</strong>
        <span>{momentInFigures(locale, new Date(modified))}</span>
        <Restored restored={restored} modified={modified} />
        <span className="below">
          <Bytes value={size} /> · {(restored ? restored.author : by) ?? labels.unknown}
        </span>
      </p>
    </li>
  );
}

type RestoredProps = { readonly restored: EntryData['restored']; readonly modified: number };

/** That a content is not new although it came last: when it was brought back, by whom, and how old it is. */
function Restored({ restored, modified }: RestoredProps) {
  const labels = useWords(entryTexts);
  const { locale } = useView();
  if (restored === null) return null;
  const [at, from] = [momentInFigures(locale, new Date(restored.at)), momentInFigures(locale, new Date(modified))];
  return <span className="below">{labels.restoredFrom(from, at, restored.by ?? labels.unknown)}</span>;
}

type VersionProps = { readonly data: EntryData; readonly version: EntryData['versions'][number] };

function VersionItem({ data, version }: VersionProps) {
  const labels = useWords(entryTexts);
  const { locale } = useView();
  const when = momentInFigures(locale, new Date(version.modified));
  return (
    <li>
      <p>
        {version.label && <strong className="version-label">{version.label}</strong>}
        <span>{when}</span>
        <Restored restored={version.restored} modified={version.modified} />
        <span className="below">
          <Bytes value={version.size} /> · {(version.restored ? version.restored.author : version.by) ?? labels.unknown}
        </span>
      </p>
      <div className="version-actions">
        <a className="kern-btn kern-btn--tertiary small" href={versionPath(data.id, version.id)} download>
          <span className="kern-label">
            {labels.download}
            <span className="kern-sr-only">: {labels.versionOf(when)}</span>
          </span>
        </a>
        {data.may.write && <VersionForms version={version} about={labels.versionOf(when)} />}
      </div>
    </li>
  );
}

function VersionForms({ version, about }: { readonly version: VersionProps['version']; readonly about: string }) {
  const labels = useWords(entryTexts);
  const { id, label } = version;
  return (
    <>
      <Form name={`restoreVersion-${id}`} isInline>
        <Hidden name="id" value={id} />
        <Button isSmall kind="tertiary" about={about}>
          {labels.restore}
        </Button>
      </Form>
      <details className="fold">
        <summary>{labels.labelVersion}</summary>
        <Form name={`labelVersion-${id}`} labels={{ label: labels.label }}>
          <Hidden name="id" value={id} />
          <TextField name="label" label={labels.label} hint={labels.labelHint} value={label ?? ''} maxLength={100} isOptional />
          <Button isSmall about={about}>
            {labels.save}
          </Button>
        </Form>
      </details>
      <details className="fold">
        <summary>{labels.removeVersion}</summary>
        <Form name={`removeVersion-${id}`}>
          <Hidden name="id" value={id} />
          <p className="muted">{labels.removeAsk}</p>
          <Button isSmall kind="danger" about={about}>
            {labels.removeForGood}
          </Button>
        </Form>
      </details>
    </>
  );
}
