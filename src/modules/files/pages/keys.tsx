import { RouteDialog } from '#ui/route-dialog';
import { type Dictionary, useWords } from '#ui/view';
import type { ChildHandle } from './folder.tsx';
import { useFolderAddress } from './new-folder.tsx';

export const handle: ChildHandle = { place: 'dialog' };

type Texts = { title: string; lead: string; key: string; effect: string; keys: readonly (readonly [string, string])[] };

const words: Dictionary<Texts> = {
  de: {
    title: 'Tasten in der Dateiliste',
    lead: 'Sie gelten, wenn eine Zeile der Liste hervorgehoben ist. Mit der Tabulatortaste kommen Sie dorthin.',
    key: 'Taste',
    effect: 'Wirkung',
    keys: [
      ['↑ ↓', 'eine Zeile weiter'],
      ['Bild ↑ Bild ↓ Pos1 Ende', 'große Schritte, Anfang, Ende'],
      ['Buchstaben', 'zum nächsten Namen, der so beginnt'],
      ['Leertaste', 'auswählen oder abwählen'],
      ['Umschalt + ↑ ↓', 'mehrere auswählen'],
      ['Strg + A', 'alle auswählen'],
      ['Esc', 'Auswahl aufheben'],
      ['Eingabe', 'öffnen oder herunterladen'],
      ['Rücktaste', 'in den Ordner darüber'],
      ['F2', 'umbenennen'],
      ['Entf', 'in den Papierkorb legen'],
      ['Strg + C, Strg + X', 'zum Kopieren oder Verschieben merken'],
      ['Strg + V', 'hier einfügen'],
    ],
  },
  en: {
    title: 'Keys in the list of files',
    lead: 'They work when a row of the list has the focus. The Tab key leads there.',
    key: 'Key',
    effect: 'What it does',
    keys: [
      ['↑ ↓', 'one row on'],
      ['Page ↑ Page ↓ Home End', 'large steps, beginning, end'],
      ['Letters', 'to the next name that begins so'],
      ['Space', 'select or unselect'],
      ['Shift + ↑ ↓', 'select several'],
      ['Ctrl + A', 'select all'],
      ['Esc', 'clear the selection'],
      ['Enter', 'open or download'],
      ['Backspace', 'to the folder above'],
      ['F2', 'rename'],
      ['Delete', 'move to the trash'],
      ['Ctrl + C, Ctrl + X', 'remember for copying or moving'],
      ['Ctrl + V', 'paste here'],
    ],
  },
};

export default function Keys() {
  const { title, lead, key, effect, keys } = useWords(words);
  return (
    <RouteDialog title={title} back={useFolderAddress()}>
      <p className="muted">{lead}</p>
      <table className="keys">
        <thead className="kern-sr-only">
          <tr>
            <th scope="col">{key}</th>
            <th scope="col">{effect}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(([name, meaning]) => (
            <tr key={name}>
              <th scope="row">
                <kbd>{name}</kbd>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </RouteDialog>
  );
}
