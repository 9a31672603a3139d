import { useWords } from '#ui/view';
import type { WordDifference } from '../version.ts';
import { editorTexts } from './editor-texts.ts';
import { fieldTexts } from './field-texts.ts';

type DifferencesProps = { readonly differences: readonly WordDifference[]; readonly level?: 'h3' | 'h4' };

/** What changed, field by field, with words that are gone struck out and new ones underlined; spoken as well as seen. */
export function Differences({ differences, level: Heading = 'h3' }: DifferencesProps) {
  const fields: Readonly<Record<string, string>> = useWords(fieldTexts);
  return differences.map(({ field, parts }) => (
    <section key={field} aria-label={fields[field] ?? field}>
      <Heading>{fields[field] ?? field}</Heading>
      <p className="diff" lang={field.endsWith('En') ? 'en' : 'de'}>
        {placed(parts).map(({ at, part }) => (
          <Marked key={at} part={part} />
        ))}
      </p>
    </section>
  ));
}

type Part = WordDifference['parts'][number];

/** Every part with where it begins. */
function placed(parts: readonly Part[]): { at: number; part: Part }[] {
  let at = 0;
  return parts.map((part) => {
    const begins = at;
    at += part.text.length;
    return { at: begins, part };
  });
}

/** Screen readers pass over what `ins` and `del` mean, so words say it. */
function Marked({ part: { kind, text } }: { readonly part: Part }) {
  const labels = useWords(editorTexts);
  if (kind === 'same') return <span>{text}</span>;
  const Mark = kind === 'added' ? 'ins' : 'del';
  return (
    <Mark>
      <span className="kern-sr-only">[{kind === 'added' ? labels.added : labels.removed} </span>
      {text}
      <span className="kern-sr-only">, {labels.end}]</span>
    </Mark>
  );
}
