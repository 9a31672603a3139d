/** Names up to this length are shown as they are and may wrap or be cut by the browser. */
const shortName = 24;
/** What is always seen of a long name: its last characters, which tell “Entwurf 1.docx” from “Entwurf 2.docx”. */
const tail = 10;

/** A name in one line. Where it does not fit, its middle is left out; the whole is read out and shown as a tooltip. */
export function FitName({ name }: { readonly name: string }) {
  if (name.length <= shortName) return <span className="fit">{name}</span>;
  const characters = [...name];
  return (
    <span className="fit" title={name}>
      <span className="fit-start">{characters.slice(0, -tail).join('')}</span>
      <span className="fit-end">{characters.slice(-tail).join('')}</span>
    </span>
  );
}
