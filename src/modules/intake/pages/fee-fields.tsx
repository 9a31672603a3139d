import { TextField } from '#ui/field';
import { useWords } from '#ui/view';
import { text } from '#web/context';
import type { FeeLine } from '../fees.ts';
import { intakeTexts } from './intake-texts.ts';

/** A fee as it is typed: up to three lines. */

const feeLines = [1, 2, 3] as const;

/** What was typed. */
export const feeLinesOf = (form: FormData): FeeLine[] =>
  feeLines.map((line) => ({ text: text(form, `text${line}`), amount: text(form, `amount${line}`) }));

/** What a refusal calls the fields. */
export const feeLabels = ({ feeText, feeAmount }: { readonly feeText: string; readonly feeAmount: string }) =>
  Object.fromEntries(
    feeLines.flatMap((line) => [
      [`text${line}`, line === 1 ? feeText : `${feeText} (${line})`],
      [`amount${line}`, line === 1 ? feeAmount : `${feeAmount} (${line})`],
    ]),
  );

/** Up to three lines: what for, how much. */
export function FeeFields() {
  const labels = useWords(intakeTexts);
  const names = feeLabels(labels);
  return feeLines.map((line) => (
    <div key={line} className="flow">
      <TextField name={`text${line}`} label={names[`text${line}`] ?? ''} isOptional={line > 1} maxLength={200} />
      <TextField
        name={`amount${line}`}
        label={names[`amount${line}`] ?? ''}
        hint={labels.feeHint}
        isOptional={line > 1}
        width="short"
      />
    </div>
  ));
}
