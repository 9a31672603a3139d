import { type ChangeEvent, useRef } from 'react';
import { Link } from 'react-router';
import { LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Icon, type IconName } from '#ui/icon';
import { useIsLive } from '#ui/list';
import { Menu } from '#ui/menu';
import { useWords } from '#ui/view';
import { zipPath } from './address.ts';
import type { FolderData } from './folder-data.ts';
import { folderTexts } from './folder-texts.ts';
import { useUploads } from './use-uploads.ts';

/** What can be done with the folder as a whole. */
export function FolderActions({ data }: { readonly data: FolderData }) {
  const labels = useWords(folderTexts);
  return (
    <div className="row-actions">
      {data.may.create && (
        <>
          <LinkButton to={`${data.base}/neuer-ordner`} icon="folder">
            {labels.newFolder}
          </LinkButton>
          <UploadButton data={data} />
        </>
      )}
      <FolderMenu data={data} />
    </div>
  );
}

/** With script it opens the browser's own choice of files; without, the page with the form. */
function UploadButton({ data }: { readonly data: FolderData }) {
  const labels = useWords(folderTexts);
  const picker = useRef<HTMLInputElement>(null);
  const { addFiles } = useUploads(data);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    addFiles([...(event.target.files ?? [])]);
    event.target.value = '';
  };
  return (
    <>
      <Link
        className="kern-btn kern-btn--primary"
        to={`${data.base}/hinzufuegen`}
        onClick={(event) => {
          if (!picker.current) return;
          event.preventDefault();
          picker.current.click();
        }}
      >
        <Icon name="upload" />
        <span className="kern-label">{labels.upload}</span>
      </Link>
      {useIsLive() && <input ref={picker} type="file" multiple hidden aria-label={labels.upload} onChange={choose} />}
    </>
  );
}

function FolderMenu({ data }: { readonly data: FolderData }) {
  const labels = useWords(folderTexts);
  const { id, base, may, space, isFavourite } = data;
  return (
    <Menu label={labels.more} icon="more">
      <ul className="menu-list">
        {may.create && <UploadFolderItem data={data} />}
        <MenuAnchor to={zipPath([id])} icon="download" label={labels.zipAll} />
        <MenuItem to={`/papierkorb/${space.id}`} icon="trash" label={labels.trash} />
        {space.kind === 'shared' && <MenuItem to={`/bereiche/${space.id}`} icon="group" label={labels.members} />}
        <MenuItem to={`${base}/verbinden`} icon="computer" label={labels.connect} />
        <MenuItem to={`${base}/tasten`} icon="keyboard" label={labels.keys} />
      </ul>
      <Form name="favourite" action={base}>
        <Hidden name="id" value={id} />
        <Hidden name="on" value={isFavourite ? 'no' : 'yes'} />
        <button type="submit" className="menu-item">
          <Icon name={isFavourite ? 'starFull' : 'star'} />
          {isFavourite ? labels.removeFavourite : labels.addFavourite}
        </button>
      </Form>
    </Menu>
  );
}

type ItemProps = { readonly to: string; readonly icon: IconName; readonly label: string };

function MenuItem({ to, icon, label }: ItemProps) {
  return (
    <li>
      <Link className="menu-item" to={to} preventScrollReset>
        <Icon name={icon} />
        {label}
      </Link>
    </li>
  );
}

/** A way to a download, which is no page. */
function MenuAnchor({ to, icon, label }: ItemProps) {
  return (
    <li>
      <a className="menu-item" href={to} download>
        <Icon name={icon} />
        {label}
      </a>
    </li>
  );
}

/** Browsers can hand over a whole folder, but only to script. */
function UploadFolderItem({ data }: { readonly data: FolderData }) {
  const labels = useWords(folderTexts);
  const picker = useRef<HTMLInputElement>(null);
  const { addFiles } = useUploads(data);
  if (!useIsLive()) return null;
  return (
    <li>
      <button type="button" className="menu-item" onClick={() => picker.current?.click()}>
        <Icon name="upload" />
        {labels.uploadFolder}
      </button>
      <input
        ref={(element) => {
          picker.current = element;
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label={labels.uploadFolder}
        onChange={(event) => {
          addFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </li>
  );
}

/** The spaces of the person, one step from their own files. */
export function SpaceChips({ chips }: { readonly chips: FolderData['chips'] }) {
  const labels = useWords(folderTexts);
  if (chips.length === 0) return null;
  return (
    <nav className="chips" aria-label={labels.spaces}>
      <ul>
        {chips.slice(0, mostChips).map(({ id, name }) => (
          <li key={id}>
            <Link className="chip" to={`/dateien/${id}`}>
              <Icon name="group" />
              {name}
            </Link>
          </li>
        ))}
        <li>
          <Link className="chip plain" to="/bereiche">
            {labels.allSpaces}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

const mostChips = 12;
