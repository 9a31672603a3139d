import { useEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';
import { type Dictionary, useWords } from './view.tsx';

type Keys = readonly (readonly [key: string, effect: string])[];

type KeysWords = {
  title: string;
  close: string;
  key: string;
  effect: string;
  everywhere: string;
  general: Keys;
  inLists: string;
  lead: string;
  list: Keys;
};

const words: Dictionary<KeysWords> = {
  de: {
    title: 'Tastenkürzel',
    close: 'Schließen',
    key: 'Taste',
    effect: 'Wirkung',
    everywhere: 'Überall',
    general: [
      ['?', 'diese Übersicht zeigen'],
      ['Tabulator', 'zum nächsten Link, Knopf oder Feld; mit Umschalt zurück'],
      ['Esc', 'Dialog oder Menü schließen'],
    ],
    inLists: 'In der Dateiliste',
    lead: 'Sie gelten, wenn eine Zeile der Liste hervorgehoben ist. Mit der Tabulatortaste kommen Sie dorthin.',
    list: [
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
    title: 'Keys',
    close: 'Close',
    key: 'Key',
    effect: 'What it does',
    everywhere: 'Everywhere',
    general: [
      ['?', 'show this overview'],
      ['Tab', 'to the next link, button or field; with Shift back'],
      ['Esc', 'close a dialog or menu'],
    ],
    inLists: 'In the list of files',
    lead: 'They work when a row of the list has the focus. The Tab key leads there.',
    list: [
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

/** All keys and what they do. */
export function KeyTables() {
  const labels = useWords(words);
  return (
    <>
      <h3>{labels.everywhere}</h3>
      <KeyTable caption={labels.everywhere} keys={labels.general} />
      <h3>{labels.inLists}</h3>
      <p className="muted">{labels.lead}</p>
      <KeyTable caption={labels.inLists} keys={labels.list} />
    </>
  );
}

function KeyTable({ caption, keys }: { readonly caption: string; readonly keys: Keys }) {
  const { key, effect } = useWords(words);
  return (
    <table className="keys">
      <caption className="kern-sr-only">{caption}</caption>
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
  );
}

/** True where a character is typed into something: there `?` is only a question mark. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));

/** Shows the keys over whatever page is open when somebody presses `?`; nothing that was begun there is lost. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const labels = useWords(words);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isOurs = event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
      // A dialog that is open keeps its place; a second one over it would be one too many.
      if (!isOurs || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      dialog.current?.showModal();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{labels.title}</h2>
        <IconButton icon="close" label={labels.close} type="button" onClick={() => dialog.current?.close()} />
      </header>
      <KeyTables />
    </dialog>
  );
}
