import { Alert } from '#ui/alert';
import { TextLink } from '#ui/button';
import { dayInWords } from '#ui/format';
import { useView, useWords } from '#ui/view';
import type { PlaceAnswer } from '../rules-area.ts';
import { portalTexts, put } from './portal-texts.ts';

type PlaceQuestionProps = {
  readonly place: PlaceAnswer;
  /** Address of this page for another place. */
  readonly toPlace: (key: string) => string;
};

/** What there is to say about the place: which of several, an unknown one, a guess, one that was merged. */
export function PlaceQuestion({ place, toPlace }: PlaceQuestionProps) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  if (place.kind === 'several') {
    return (
      <Alert tone="warning" title={/\d/.test(place.typed) ? labels.severalPostcode : labels.several}>
        <ul>
          {place.areas.map(({ key, designation, district }) => (
            <li key={key}>
              <TextLink to={toPlace(key)}>{district ? `${designation} (${district})` : designation}</TextLink>
            </li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (place.kind === 'unknown') {
    return (
      <Alert tone="warning" title={put(labels.unknownPlace, { place: place.typed })}>
        <p>{labels.unknownPlaceHint}</p>
      </Alert>
    );
  }
  if (place.kind !== 'found') return null;
  const { area, typed, isGuess, was } = place;
  if (was) {
    const day = was.endedOn ? dayInWords(locale, was.endedOn) : '';
    return <p>{put(labels.merged, { was: was.designation, place: area.designation, day })}</p>;
  }
  return isGuess ? <p>{put(labels.guessed, { typed, place: area.designation })}</p> : null;
}
