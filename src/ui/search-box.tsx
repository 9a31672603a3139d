import { Form, Link, useLocation } from 'react-router';
import { Icon } from './icon.tsx';
import { type Dictionary, useWords } from './view.tsx';

const words: Dictionary<{ label: string; hint: string; go: string }> = {
  de: { label: 'Dateien und Anträge suchen', hint: 'Dateien und Anträge suchen', go: 'Suchen' },
  en: { label: 'Search files and applications', hint: 'Search files and applications', go: 'Search' },
};

/** The search of the bar: a field where there is room, the way to one on small screens. `action` is the page that answers. */
export function SearchBox({ action }: { readonly action: string }) {
  const labels = useWords(words);
  const { pathname, search } = useLocation();
  const q = pathname === action ? (new URLSearchParams(search).get('q') ?? '') : '';
  return (
    <>
      <Form className="search-box" method="get" action={action} role="search" aria-label={labels.label} key={q}>
        <input type="search" name="q" defaultValue={q} maxLength={200} aria-label={labels.label} placeholder={labels.hint} />
        <button type="submit" aria-label={labels.go} title={labels.go}>
          <Icon name="search" />
        </button>
      </Form>
      <Link className="search-link" to={action} aria-label={labels.label} title={labels.label}>
        <Icon name="search" />
      </Link>
    </>
  );
}
