/**
 * A name in its row: up to two lines, then cut; the whole is read out, found by the browser and shown as a tooltip. It stays one
 * piece of text: markup inside would tear its words for screen readers and for the search.
 */
export function FitName({ name }: { readonly name: string }) {
  return (
    <span className="fit" title={name}>
      {name}
    </span>
  );
}
