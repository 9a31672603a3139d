import { Icon } from '#ui/icon';

type PreviewProps = {
  readonly label: string;
  readonly name: string;
  readonly crest: string | null;
  readonly places: readonly string[];
};

/** The head of a page in small: crest, name, and the mark under the place one is at. A picture for the eye only. */
export function HeadPreview({ label, name, crest, places }: PreviewProps) {
  return (
    <figure className="head-preview">
      <figcaption className="kern-label">{label}</figcaption>
      <div aria-hidden="true">
        <span className="head-preview-bar">
          {crest ? <img src={crest} alt="" width="32" height="36" /> : <Icon name="building" />}
          <span>{name}</span>
        </span>
        <span className="head-preview-places">
          {places.map((place, index) => (
            <span key={place} className={index === 0 ? 'here' : undefined}>
              {place}
            </span>
          ))}
        </span>
      </div>
    </figure>
  );
}
