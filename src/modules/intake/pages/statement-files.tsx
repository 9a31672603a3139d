import { Bytes } from '#ui/format';

type Shown = {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly says: string;
  readonly door: 'open' | 'atRisk' | 'shut';
};

type Props = { readonly files: readonly Shown[]; readonly addressOf: (file: Shown) => string };

/** Documents of another authority with what the scanner says of each: only what is clean can be saved. */
export function StatementFiles({ files, addressOf }: Props) {
  return (
    <ul className="bullets">
      {files.map((file) => (
        <li key={file.id}>
          {file.door === 'open' ? (
            <a href={addressOf(file)} download>
              {file.name}
            </a>
          ) : (
            file.name
          )}{' '}
          (<Bytes value={file.size} />)<span className="below">{file.says}</span>
        </li>
      ))}
    </ul>
  );
}
