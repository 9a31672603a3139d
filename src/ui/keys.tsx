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
      ['Strg + Z', 'zurücknehmen, solange die Meldung „Rückgängig“ anbietet'],
    ],
    inLists: 'In der Dateiliste',
    lead: 'Sie gelten, wenn eine Zeile der Liste hervorgehoben ist. Mit der Tabulatortaste kommen Sie dorthin. Einfügen und Rücktaste gelten im ganzen Ordner, auch wenn er leer ist.',
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
      ['Ctrl + Z', 'take back, as long as the message offers “Undo”'],
    ],
    inLists: 'In the list of files',
    lead: 'They work when a row of the list has the focus. The Tab key leads there. Paste and Backspace work anywhere in a folder, also in an empty one.',
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

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The name of a key, with Ctrl (or Command) before it where it is held: `ctrl+v`, `F2`. */
export function keyName({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): string {
  return (ctrlKey || metaKey) && !shiftKey && !altKey ? `ctrl+${key.toLowerCase()}` : key;
}

/**
 * Hears the keys of the whole page, wherever the focus is: by their names, once for each time they are pressed. Not those typed into
 * something, nor those something else has taken, nor any while a dialog is open. True: it was one of them.
 */
export function usePageKeys(onKey: (name: string) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      if (latest.current(keyName(event))) event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** Shows the keys over whatever page is open when somebody presses `?`; nothing that was begun there is lost. */
export function KeysDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const labels = useWords(words);
  usePageKeys((key) => {
    if (key === '?') dialog.current?.showModal();
    return key === '?';
  });
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
