import { Link, useLoaderData, useLocation, useNavigate } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Radios } from '#ui/choice';
import { Form, Hidden } from '#ui/form';
import { formatCount } from '#ui/format';
import { RouteDialog } from '#ui/route-dialog';
import { useTray } from '#ui/tray';
import { type Dictionary, useView, useWords } from '#ui/view';
import { act, load } from '#web/context';
import { folderPath } from './address.ts';
import { readCarrying } from './carry-data.ts';
import type { ChildHandle } from './folder.tsx';
import { actInFolder } from './folder-data.ts';
import { deedTexts } from './folder-texts.ts';
import { useFolderAddress } from './new-folder.tsx';
import { PlaceList, PlacePath } from './places.tsx';
import { runErrand } from './steps.ts';
import { sentOff } from './use-selection.ts';
import { changedEvent } from './watch.ts';

export const handle: ChildHandle = { place: 'dialog' };
export const loader = load(readCarrying);
export const action = act(actInFolder);

type Texts = {
  move: string;
  copy: string;
  what: string;
  top: string;
  moveHere: (name: string) => string;
  copyHere: (name: string) => string;
  taken: string;
  number: string;
  replace: string;
  replaceHint: string;
  skip: string;
  choose: string;
  notHere: string;
  same: string;
};

const words: Dictionary<Texts> = {
  de: {
    move: 'Verschieben nach …',
    copy: 'Kopieren nach …',
    what: 'Ausgewählt',
    top: 'Alle Orte',
    moveHere: (name) => `Nach „${name}“ verschieben`,
    copyHere: (name) => `Nach „${name}“ kopieren`,
    taken: 'Wenn es den Namen dort schon gibt',
    number: 'Beide behalten (mit Nummer)',
    replace: 'Ersetzen',
    replaceHint: 'Das Vorhandene kommt in den Papierkorb.',
    skip: 'Auslassen',
    choose: 'Wählen Sie einen Ort aus der Liste.',
    notHere: 'Hier dürfen Sie nichts ablegen.',
    same: 'Dort liegt es schon.',
  },
  en: {
    move: 'Move to …',
    copy: 'Copy to …',
    what: 'Selected',
    top: 'All places',
    moveHere: (name) => `Move to “${name}”`,
    copyHere: (name) => `Copy to “${name}”`,
    taken: 'If the name exists there already',
    number: 'Keep both (with a number)',
    replace: 'Replace',
    replaceHint: 'What is there goes to the trash.',
    skip: 'Leave out',
    choose: 'Choose a place from the list.',
    notHere: 'You may not put anything here.',
    same: 'It is there already.',
  },
};

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** What is carried: named in the address, or, when there is a lot of it, remembered by the browser's history. */
function useCarried(data: Data): readonly number[] {
  const { state } = useLocation() as { state: { ids?: readonly number[] } | null };
  return data.ids.length > 0 ? data.ids : (state?.ids ?? []);
}

/** Choosing a place by walking through the folders; links and a form, so it works without script, and by keyboard. */
export default function Carry() {
  const data = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const ids = useCarried(data);
  return (
    <RouteDialog title={data.isCopy ? labels.copy : labels.move} back={useFolderAddress()}>
      <p className="muted carried">
        {labels.what}: <Carried names={data.names} count={ids.length} />
      </p>
      <Where data={data} />
      <CarryForm data={data} ids={ids} />
    </RouteDialog>
  );
}

function Carried({ names, count }: { readonly names: readonly string[]; readonly count: number }) {
  const { locale } = useView();
  const rest = count - names.length;
  const entries = deedTexts[locale].entries;
  return <>{[...names, ...(rest > 0 ? [formatCount(locale, rest, entries)] : [])].join(', ')}</>;
}

/** The address of this dialog with another place in it; the history's state goes along. */
function usePlaceLink(data: Data) {
  const { pathname, state } = useLocation();
  return (place: number | 'oben') => {
    const params = new URLSearchParams({
      ...(data.ids.length > 0 && { ids: data.ids.join(',') }),
      ...(data.isCopy && { art: 'kopieren' }),
      in: String(place),
    });
    return { to: `${pathname}?${params}`, state, preventScrollReset: true, replace: true };
  };
}

function Where({ data }: { readonly data: Data }) {
  const labels = useWords(words);
  const link = usePlaceLink(data);
  const top = { key: 'oben', label: data.here === null ? labels.top : <Link {...link('oben')}>{labels.top}</Link> };
  const above = data.above.map(({ id, name }) => ({ key: id, label: <Link {...link(id)}>{name}</Link> }));
  return (
    <>
      <PlacePath above={[top, ...above]} here={data.here?.name ?? null} />
      <PlaceList folders={data.folders.map((folder) => ({ ...folder, link: link(folder.id) }))} />
    </>
  );
}

function CarryForm({ data, ids }: { readonly data: Data; readonly ids: readonly number[] }) {
  const labels = useWords(words);
  const runLarge = useLargeErrand(data, ids);
  const { here, isCopy, from, mayPut } = data;
  const options = [
    { value: 'number', label: labels.number },
    { value: 'replace', label: labels.replace, hint: labels.replaceHint },
    { value: 'skip', label: labels.skip },
  ];
  const hint = here === null ? labels.choose : !mayPut ? labels.notHere : !isCopy && here.id === from ? labels.same : null;
  return (
    <Form name="carry">
      <Hidden name="ids" value={ids.join(',')} />
      <Hidden name="to" value={here?.id ?? 0} />
      <Hidden name="from" value={from} />
      {isCopy && <Hidden name="art" value="kopieren" />}
      <Radios name="taken" legend={labels.taken} value="number" options={options} />
      {hint && <p className="muted">{hint}</p>}
      <Buttons>
        <Button kind="primary" isDisabled={hint !== null} {...(runLarge && { onClick: runLarge, type: 'button' })}>
          {(isCopy ? labels.copyHere : labels.moveHere)(here?.name ?? '…')}
        </Button>
      </Buttons>
    </Form>
  );
}

/** What does not fit into one request goes in steps, while one goes on working. */
function useLargeErrand(data: Data, ids: readonly number[]) {
  const tray = useTray();
  const view = useView();
  const navigate = useNavigate();
  if (data.ids.length > 0 || ids.length === 0 || data.here === null) return null;
  const to = data.here.id;
  return () => {
    const changed = () => dispatchEvent(new CustomEvent(changedEvent, { detail: data.from }));
    const errand = { do: data.isCopy ? 'copy' : 'move', ids, to, from: data.from, taken: 'number' } as const;
    void runErrand(errand, { tray, view, onChange: changed });
    void navigate(folderPath(data.from), { state: sentOff });
  };
}
