import { type ReactNode, useContext } from 'react';
import { Button } from '#ui/button';
import { formatBytes } from '#ui/format';
import { NonceContext, useView, useWords } from '#ui/view';
import type { Arriving } from '../upload.ts';
import script from './attach-script.ts?worker&url';
import { attachTexts } from './attach-texts.ts';
import { put } from './form-texts.ts';

type AttachProps = {
  /** Address to which files are sent in pieces. */
  readonly url: string;
  /** What they are for: a question of a page, or what the office has asked. */
  readonly where: { readonly page: string; readonly field: string } | { readonly request: number };
  readonly arriving: readonly Arriving[];
  readonly children: ReactNode;
};

/** A field for files, whose files go in pieces where the browser runs scripts; and what is still on its way. */
export function Attach({ url, where, arriving, children }: AttachProps) {
  const texts = useWords(attachTexts);
  const place = 'request' in where ? { 'data-request': where.request } : { 'data-page': where.page, 'data-field': where.field };
  return (
    <div className="files" data-attach={url} data-texts={JSON.stringify(texts)} {...place}>
      {children}
      <ul className="file-list" data-list="">
        {arriving.map((file) => (
          <Broken key={file.id} file={file} />
        ))}
      </ul>
      <p data-holds="" hidden>
        <strong>{texts.holds}</strong>
      </p>
      <p className="kern-sr-only" role="status" data-news="" />
      <template>
        <li className="upload">
          <span data-name="" />
          <span data-words="" />
          <progress max={1} value={0} />
          <span className="upload-acts">
            <Row act="pause" label={texts.pause} />
            <Row act="resume" label={texts.resume} />
            <Row act="cancel" label={texts.cancel} />
          </span>
        </li>
      </template>
    </div>
  );
}

const Row = ({ act, label }: { readonly act: string; readonly label: string }) => (
  <button type="button" className="kern-btn kern-btn--tertiary small" data-do={act}>
    <span className="kern-label">{label}</span>
  </button>
);

/** A file that stopped in the middle: the browser does not give it back by itself. */
function Broken({ file: { id, name, length, received, modified } }: { readonly file: Arriving }) {
  const texts = useWords(attachTexts);
  const { locale } = useView();
  const said = put(texts.broken, { sent: formatBytes(locale, received), all: formatBytes(locale, length) });
  return (
    <li data-upload={id} data-name={name} data-size={length} data-modified={modified ?? ''}>
      <span>
        {name}: {said}
      </span>
      <Button isSmall kind="tertiary" name="_drop" value={id} about={name}>
        {texts.cancel}
      </Button>
    </li>
  );
}

/** The one script of these pages; below what it wakes. */
export function AttachScript() {
  return <script src={script} defer nonce={useContext(NonceContext)} />;
}
