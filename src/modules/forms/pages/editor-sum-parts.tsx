import { LinkButton, TextLink } from '#ui/button';
import { useView, useWords } from '#ui/view';
import type { SumView } from '../edit-sum.ts';
import { Arrange, ArrangeButtons, addressOf } from './editor-parts.tsx';
import { sumTexts } from './editor-sum-texts.ts';
import { put } from './form-texts.ts';

/** Pieces of the pages about fees and calculated values. */

type Line = SumView['line'];

/** What it comes to with the answers of the test run. */
export function ExampleLine({ example }: Pick<Line, 'example'>) {
  const labels = useWords(sumTexts);
  const { locale } = useView();
  return example && <p className="worked">{put(labels.example, { sum: example.text[locale] })}</p>;
}

/** Where there was no test run yet: what it would be good for, and the way to it. */
export function NoTrial({ form }: { readonly form: string }) {
  const labels = useWords(sumTexts);
  return (
    <>
      <p className="muted">{labels.noTrial}</p>
      <LinkButton to={addressOf(form, '/probe')} icon="play">
        {labels.toTrial}
      </LinkButton>
    </>
  );
}

type LinesProps = {
  readonly form: string;
  readonly edition: number;
  /** The part of the address before the key of a line. */
  readonly base: string;
  readonly lines: readonly Line[];
  readonly isOpen: boolean;
};

/** Parts of a fee or calculated values, each with what it comes to; they move by buttons. */
export function SumLines({ form, edition, base, lines, isOpen }: LinesProps) {
  const { locale } = useView();
  return (
    <Arrange name="arrange" edition={edition}>
      <ol className="editor-rows">
        {lines.map(({ key, name, amount, when, example }, index) => {
          const shown = name[locale] || name.de || key;
          return (
            <li key={key}>
              <div>
                <TextLink to={addressOf(form, `${base}/${key}`)}>{shown}</TextLink>
                <p className="muted">
                  {amount[locale]}
                  {when && `, ${locale === 'de' ? 'nur wenn' : 'only when'} ${when[locale]}`}
                </p>
                <ExampleLine example={example} />
              </div>
              {isOpen && <ArrangeButtons id={key} about={shown} isFirst={index === 0} isLast={index === lines.length - 1} />}
            </li>
          );
        })}
      </ol>
    </Arrange>
  );
}
