import type { ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Icon } from '#ui/icon';
import { type Dictionary, useWords } from '#ui/view';

const words: Dictionary<{ path: string; folders: string; none: string }> = {
  de: { path: 'Gewählter Ort', folders: 'Ordner hier', none: 'Hier gibt es keine weiteren Ordner.' },
  en: { path: 'Chosen place', folders: 'Folders here', none: 'There are no further folders here.' },
};

type PathProps = {
  readonly above: readonly { readonly key: string | number; readonly label: ReactNode }[];
  readonly here: string | null;
};

/** The way down to the place one looks at, while choosing one. */
export function PlacePath({ above, here }: PathProps) {
  return (
    <nav className="breadcrumb" aria-label={useWords(words).path}>
      <ol>
        {above.map(({ key, label }) => (
          <li key={key}>
            {label}
            <Icon name="forward" />
          </li>
        ))}
        {here !== null && <li aria-current="location">{here}</li>}
      </ol>
    </nav>
  );
}

type Place = { readonly id: number; readonly name: string; readonly isSpace: boolean; readonly link: LinkProps };

/** The folders one can go into from here. */
export function PlaceList({ folders }: { readonly folders: readonly Place[] }) {
  const labels = useWords(words);
  if (folders.length === 0) return <p className="muted places-none">{labels.none}</p>;
  return (
    <ul className="places" aria-label={labels.folders}>
      {folders.map(({ id, name, isSpace, link }) => (
        <li key={id}>
          <Link preventScrollReset {...link}>
            <Icon name={isSpace ? 'group' : 'folder'} />
            <span>{name}</span>
            <Icon name="forward" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
