import { TextLink } from '#ui/button';
import { Pager } from '#ui/table';
import { useView, useWords } from '#ui/view';
import type { LifeEventView } from '../life-event.ts';
import { portalTexts } from './portal-texts.ts';

/** What citizens read about a situation in life; the editors' preview is this and nothing else. */

type LifeEventTextProps = {
  readonly event: LifeEventView;
  /** Address of this page without its question. */
  readonly path: string;
  readonly isFirst: boolean;
  readonly isPlain: boolean;
};

/** Everything below the title. */
export function LifeEventText({ event, path, isFirst, isPlain }: LifeEventTextProps) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const { items, next } = event.services;
  return (
    <>
      {event.lang !== locale && <p className="muted">{labels.germanOnly}</p>}
      {event.plain !== '' && (
        <p>
          <TextLink to={isPlain ? path : `${path}?einfach`}>{isPlain ? labels.standard : labels.plain}</TextLink>
        </p>
      )}
      {isPlain && event.plain !== '' && (
        <p className="prose" lang="de">
          {event.plain}
        </p>
      )}
      {items.length === 0 && <p className="muted">{labels.noServices}</p>}
      <ul className="answers">
        {items.map(({ key, title, summary, lang }) => (
          <li key={key} lang={lang}>
            <h2>
              <TextLink to={`/leistung/${key}`}>{title}</TextLink>
            </h2>
            <p>{summary}</p>
          </li>
        ))}
      </ul>
      <Pager shown="" first={isFirst ? null : path} next={next === null ? null : `${path}?ab=${next}`} />
    </>
  );
}
