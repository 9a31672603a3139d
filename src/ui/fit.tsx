import { classes } from './view.tsx';

/** Names up to this length are shown as they are and may wrap or be cut by the browser. */
const shortName = 32;
/** What is always seen of a long name: its last characters, which tell “Entwurf 1.docx” from “Entwurf 2.docx”. */
const tail = 14;

/** A name in one line. Where it does not fit, its middle is left out; the whole is read out and shown as a tooltip. */
export function FitName({ name, isStrong }: { readonly name: string; readonly isStrong?: boolean }) {
  if (name.length <= shortName) return <span className={classes('fit', isStrong && 'strong')}>{name}</span>;
  const characters = [...name];
  return (
    <span className={classes('fit', isStrong && 'strong')} title={name}>
      <span className="fit-start">{characters.slice(0, -tail).join('')}</span>
      <span className="fit-end">{characters.slice(-tail).join('')}</span>
    </span>
  );
}
