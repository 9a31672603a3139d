import { Fragment } from 'react';
import { Bytes } from '#ui/format';
import { useWords } from '#ui/view';
import { mailboxTexts } from './mailbox-texts.ts';

type Shown = {
  readonly position: number;
  readonly name: string;
  readonly size: number;
  readonly says: string;
  readonly door: 'open' | 'atRisk' | 'shut';
};

type AttachmentsProps<File extends Shown> = { readonly files: readonly File[]; readonly addressOf: (file: File) => string };

/** Attachments with what the scanner says of each: what nobody has looked into is never a plain link. */
export function Attachments<File extends Shown>({ files, addressOf }: AttachmentsProps<File>) {
  const labels = useWords(mailboxTexts);
  return (
    <ul>
      {files.map((file) => (
        <li key={file.position}>
          {file.door === 'open' ? (
            <a href={addressOf(file)} download>
              {file.name}
            </a>
          ) : (
            <span>{file.name}</span>
          )}{' '}
          (<Bytes value={file.size} />)
          <span className="below">
            {file.says}{' '}
            {file.door === 'atRisk' && (
              <a href={`${addressOf(file)}?trotzdem=ja`} download aria-label={`${labels.saveAtRisk}: ${file.name}`}>
                {labels.saveAtRisk}
              </a>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A text as it was typed: an empty line begins a paragraph, every other one breaks the line. */
export function Paragraphs({ text }: { readonly text: string }) {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((lines, number) => ({ number, lines: lines.split('\n').map((line, at) => ({ at, line })) }));
  return paragraphs.map(({ number, lines }) => (
    <p key={number}>
      {lines.map(({ at, line }) => (
        <Fragment key={at}>
          {at > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </p>
  ));
}
