import { type ChangeEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { formatCount } from './format.tsx';
import { type Dictionary, useView, useWords } from './view.tsx';

/**
 * Choosing rows of a table. Each row has a checkbox, so a form around table and bar sends the choice without any script; with
 * script there are also “all”, ranges with the Shift key and a count. Inside such a form stands no other form: what concerns
 * one row is a button of this form with a name and a value of its own.
 *
 *   <Form name="files">
 *     <SelectionBar nouns={['Datei', 'Dateien']} idle={…} actions={<Button name="do" value="trash">Löschen</Button>} />
 *     <Table … choice={{ name: 'node', label: (row) => row.name }} />
 *   </Form>
 */
export type Choice<Row> = {
  /** Name of the checkboxes; their value is the row's key. */
  readonly name: string;
  /** What the row is called, for the label of its checkbox. */
  readonly label: (row: Row) => string;
  /** Every row is chosen when the page comes: what a link does for people without script. Default: none is. */
  readonly isAllChosen?: boolean;
};

type Texts = { all: string; choose: (name: string) => string; chosen: (count: string) => string };

const words: Dictionary<Texts> = {
  de: { all: 'Alle auswählen', choose: (name) => `${name} auswählen`, chosen: (count) => `${count} ausgewählt` },
  en: { all: 'Select all', choose: (name) => `Select ${name}`, chosen: (count) => `${count} selected` },
};

const boxesIn = (part: Element | null | undefined) => [...(part?.querySelectorAll<HTMLInputElement>('tbody input.choose') ?? [])];

/** Tells the bar: changes made by script are silent otherwise. */
const tell = (box: HTMLInputElement) => box.dispatchEvent(new Event('change', { bubbles: true }));

/** The checkbox of a row. With the Shift key it takes everything between the last one and this one along. */
export function ChooseRow({
  name,
  value,
  label,
  isChosen,
}: {
  readonly name: string;
  readonly value: string | number;
  readonly label: string;
  /** When the page comes. */
  readonly isChosen: boolean;
}) {
  const { choose } = useWords(words);
  const extend = (event: MouseEvent<HTMLInputElement>) => {
    const boxes = boxesIn(event.currentTarget.closest('table'));
    const here = boxes.indexOf(event.currentTarget);
    const last = boxes.findIndex((box) => box.dataset.last !== undefined);
    for (const box of boxes) delete box.dataset.last;
    event.currentTarget.dataset.last = '';
    if (!event.shiftKey || last < 0) return;
    const { checked } = event.currentTarget;
    for (const box of boxes.slice(Math.min(last, here), Math.max(last, here) + 1)) box.checked = checked;
    tell(event.currentTarget);
  };
  const facts = { name, value, defaultChecked: isChosen, 'aria-label': choose(label) };
  return <input className="choose" type="checkbox" {...facts} onClick={extend} />;
}

/** The checkbox in the head. It needs script, so it is there only once script runs; its place is kept. */
export function ChooseAll() {
  const [isReady, setIsReady] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const { all } = useWords(words);
  useEffect(() => setIsReady(true), []);
  useEffect(() => {
    const table = isReady ? box.current?.closest('table') : null;
    const follow = () => {
      const boxes = boxesIn(table);
      const count = boxes.filter(({ checked }) => checked).length;
      if (!box.current) return;
      box.current.checked = count > 0 && count === boxes.length;
      box.current.indeterminate = count > 0 && count < boxes.length;
    };
    follow();
    table?.addEventListener('change', follow);
    return () => table?.removeEventListener('change', follow);
  }, [isReady]);
  const chooseAll = (event: ChangeEvent<HTMLInputElement>) => {
    const boxes = boxesIn(event.currentTarget.closest('table'));
    for (const other of boxes) other.checked = event.currentTarget.checked;
    if (boxes[0]) tell(boxes[0]);
  };
  return isReady ? <input ref={box} className="choose" type="checkbox" aria-label={all} onChange={chooseAll} /> : null;
}

type SelectionBarProps = {
  /** What is counted: one and many. */
  readonly nouns: readonly [string, string];
  /** What stands in the bar while nothing is chosen. */
  readonly idle: ReactNode;
  /** What can be done with the chosen rows. */
  readonly actions: ReactNode;
};

/** The bar above a list, in which the actions for chosen rows take the place of the usual ones: the list below does not move. */
export function SelectionBar({ nouns, idle, actions }: SelectionBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  const { locale } = useView();
  const { chosen } = useWords(words);
  useEffect(() => {
    const form = bar.current?.closest('form');
    const recount = () => setCount(boxesIn(form).filter(({ checked }) => checked).length);
    recount();
    form?.addEventListener('change', recount);
    return () => form?.removeEventListener('change', recount);
  }, []);
  return (
    <div ref={bar} className="selection-bar">
      <div className="when-idle">{idle}</div>
      <div className="when-chosen">
        <span role="status">{count > 0 && chosen(formatCount(locale, count, nouns))}</span>
        {actions}
      </div>
    </div>
  );
}
