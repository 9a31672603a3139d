import { useContext } from 'react';
import { NonceContext, useWords } from '#ui/view';
import script from './keep-script.ts?worker&url';
import { keepTexts } from './keep-texts.ts';

/** Where it is said that a draft was kept, and the script that keeps it; below the form with `data-keep`. Without script it stays empty. */
export function Kept() {
  const texts = useWords(keepTexts);
  return (
    <>
      <p className="kept muted" data-kept={JSON.stringify(texts)}>
        <span role="status" />
        <span />
      </p>
      <script src={script} defer nonce={useContext(NonceContext)} />
    </>
  );
}
