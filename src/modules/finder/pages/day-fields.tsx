import { TextField } from '#ui/field';
import { dayInWords } from '#ui/format';
import type { Fact } from '#ui/page';
import { useWords } from '#ui/view';
import type { Days } from '../store/entries.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './portal-texts.ts';

/** From when to when, and when to look again, in words. */
export function daysFacts(
  { validFrom, validTo, reviewOn }: Days,
  labels: Pick<(typeof editorTexts)['de'], 'period' | 'from' | 'until' | 'always' | 'review' | 'reviewOnHint'>,
  locale: 'de' | 'en',
): Fact[] {
  const day = (iso: string) => dayInWords(locale, iso);
  const period = [validFrom && put(labels.from, { day: day(validFrom) }), validTo && put(labels.until, { day: day(validTo) })];
  return [
    [labels.period, period.filter(Boolean).join(' ') || labels.always],
    [labels.review, reviewOn ? day(reviewOn) : labels.reviewOnHint.replace(/^[^:]+: /, '')],
  ];
}

/** When it holds and when somebody has to look again. */
export function DayFields({ days }: { readonly days: Days | null }) {
  const labels = useWords(editorTexts);
  const field = { type: 'date', width: 'medium', isOptional: true } as const;
  return (
    <>
      <TextField name="validFrom" label={labels.validFrom} hint={labels.validFromHint} value={days?.validFrom ?? ''} {...field} />
      <TextField name="validTo" label={labels.validTo} hint={labels.validToHint} value={days?.validTo ?? ''} {...field} />
      <TextField name="reviewOn" label={labels.reviewOn} hint={labels.reviewOnHint} value={days?.reviewOn ?? ''} {...field} />
    </>
  );
}
