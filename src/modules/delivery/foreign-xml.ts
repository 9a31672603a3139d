import sax from 'sax';
import { seenOnly } from '#platform/text';
import { foreignLimits } from './rules-foreign.ts';

type Row = { readonly label: string; readonly value: string };

/**
 * An XML document as rows; null: it is not well-formed, or it declares a document type: entities could make a library of a line, or
 * fetch what is none of the sender's business.
 */
export function rowsOfXml(text: string): readonly Row[] | null {
  const parser = sax.parser(true, { xmlns: false, position: false });
  const rows: Row[] = [];
  const path: string[] = [];
  let said = '';
  let isSound = true;
  const flush = () => {
    const value = said.trim();
    said = '';
    if (value === '' || rows.length >= foreignLimits.rows) return;
    const label = path.join(' › ').slice(-foreignLimits.label);
    rows.push({ label: seenOnly(label), value: seenOnly(value.slice(0, foreignLimits.value)) });
  };
  parser.onerror = () => {
    isSound = false;
    parser.resume();
  };
  parser.ondoctype = () => {
    isSound = false;
  };
  parser.onopentag = ({ name }) => {
    flush();
    // Cut at once: names of kilobytes, put together for each text, would be gigabytes.
    path.push(name.slice(0, foreignLimits.label));
    if (path.length > foreignLimits.depth * 4) isSound = false;
  };
  parser.onclosetag = () => {
    flush();
    path.pop();
  };
  const hear = (part: string) => {
    if (said.length < foreignLimits.value) said += part;
  };
  parser.ontext = hear;
  parser.oncdata = hear;
  // In pieces: a document that is refused at its beginning is not read to its end.
  for (let at = 0; at < text.length && isSound; at += 65_536) parser.write(text.slice(at, at + 65_536));
  if (isSound) parser.close();
  return isSound && rows.length > 0 ? rows : null;
}
