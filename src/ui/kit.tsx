import { useState } from 'react';
import { Alert, State } from './alert.tsx';
import { Button, Buttons, IconButton, LinkButton, TextLink } from './button.tsx';
import { Checkbox, Radios } from './choice.tsx';
import { DialogLink } from './dialog.tsx';
import { DropZone } from './dropzone.tsx';
import { FileField, Select, TextArea, TextField } from './field.tsx';
import { Form } from './form.tsx';
import { Bytes, Moment, Time } from './format.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Empty, Facts, Gauge, Page, Section, Tabs } from './page.tsx';
import { SelectionBar } from './selection.tsx';
import { Pager, Table } from './table.tsx';
import { useTray } from './tray.tsx';

/**
 * The building blocks, and how pages are made of them. A demonstration shows this page at /baukasten.
 *
 * A page is `Page` (title, lead, breadcrumb, actions) with `Section`s. The frame around it comes from its place in routes.ts:
 * `web/workplace.tsx` for staff (bar, rail, toast, tray), `web/portal.tsx` for everybody else (one column, no script).
 *
 * Rules that hold for all blocks
 * – They know no data and no room: everything comes as props; language and form token from `useView`.
 * – They work without script. What needs script (dialog, tray, drag and drop, choosing all) is an addition to a way that does not.
 * – No `style` attributes: the page's policy forbids them. A width that depends on data is a `meter` or `progress`.
 * – Words live beside the page in a dictionary `{ de, en }`, German first, and are read with `useWords`.
 * – One `primary` button per view. `danger` only for what cannot be undone or takes access away; that has a page of its own
 *   which asks for the reason. Everything else is done at once and can be undone from the toast: `go(house, to, { text, undo })`.
 * – Several forms on a page have names (`<Form name>`); the action tells them apart by `_form`. A refusal appears above the form
 *   that was sent, the field it is about is marked, what was typed is kept.
 * – Icons have a word beside them, or a `label`.
 *
 * Which block for what: lists `Table` (+ `Pager`, + `SelectionBar` to choose rows), one thing `Facts`, nothing there `Empty`,
 * states `State`, messages `Alert`, neighbours `Tabs`, how full `Gauge`, long work `useTray`, files from the desktop `DropZone`
 * beside a `FileField`, small panels `Menu`, a short form on top of a list `DialogLink` with a page of its own.
 */
export function Kit({ now }: { readonly now: number }) {
  return (
    <Page title="Baukasten" lead="Die Bausteine der Oberfläche, für alle, die Seiten schreiben." width="wide">
      <Tabs
        label="Beispiel"
        tabs={[
          { to: '/baukasten', label: 'Dieser Reiter', isHere: true },
          { to: '/konto', label: 'Ein anderer', isHere: false },
        ]}
      />
      <Actions />
      <Messages now={now} />
      <Fields />
      <Lists now={now} />
      <LongWork />
      <Icons />
    </Page>
  );
}

function Actions() {
  return (
    <Section title="Knöpfe und Dialog">
      <Buttons>
        <Button kind="primary" icon="add" type="button">
          Neu
        </Button>
        <Button icon="edit" type="button">
          Bearbeiten
        </Button>
        <Button kind="tertiary" type="button">
          Abbrechen
        </Button>
        <Button kind="danger" icon="trash" type="button">
          Endgültig löschen
        </Button>
        <Button isSmall type="button">
          Klein
        </Button>
        <IconButton icon="star" label="Favorit" type="button" />
        <DialogLink to="/konto" label="Dialog öffnen" title="Neuer Ordner" icon="folder">
          <Form name="folder" action="/baukasten">
            <TextField name="name" label="Name" />
            <Button kind="primary">Anlegen</Button>
          </Form>
        </DialogLink>
      </Buttons>
    </Section>
  );
}

function Messages({ now }: { readonly now: number }) {
  return (
    <Section title="Meldungen und Angaben">
      <Alert tone="info" title="Hinweis">
        <p>
          Was geschehen ist, was es für die Daten bedeutet, was jetzt zu tun ist. <TextLink to="/konto">Zum Konto</TextLink>
        </p>
      </Alert>
      <Alert tone="success">
        <p>Gespeichert.</p>
      </Alert>
      <Alert tone="warning">
        <p>Das Kontingent ist fast aufgebraucht.</p>
      </Alert>
      <Alert tone="danger">
        <p>Die Datei wurde nicht gespeichert.</p>
      </Alert>
      <Facts
        facts={[
          [
            'Zustände',
            <Buttons key="states">
              <State>neutral</State>
              <State tone="info">eingeladen</State>
              <State tone="success">aktiv</State>
              <State tone="warning">läuft ab</State>
              <State tone="danger">gesperrt</State>
            </Buttons>,
          ],
          ['Belegt', <Gauge key="gauge" label="Belegter Speicher" value={7.2} max={10} words="7,2 GB von 10 GB" />],
          ['Größe', <Bytes key="bytes" value={1_468_006} />],
          ['Geändert', <Time key="time" at={new Date(now - 7_300_000)} now={now} />],
          ['Angelegt', <Moment key="moment" at={new Date(now)} />],
        ]}
      />
    </Section>
  );
}

function Fields() {
  const colours = [
    { value: 'letter', label: 'Brief', hint: 'Kommt in drei Tagen' },
    { value: 'mail', label: 'E-Mail' },
  ];
  return (
    <Section title="Felder">
      <Form name="fields" isSearch label="Felder">
        <div className="form-pair">
          <TextField name="name" label="Name" hint="Wie im Ausweis" />
          <Select
            name="office"
            label="Amt"
            options={[
              { value: '', label: 'keines' },
              { value: '1', label: 'Bauamt' },
            ]}
          />
        </div>
        <TextArea name="remark" label="Bemerkung" isOptional />
        <Radios name="way" legend="Wie sollen wir antworten?" value="mail" options={colours} />
        <Checkbox name="copy" label="Kopie an mich" hint="Per E-Mail" isChecked />
      </Form>
    </Section>
  );
}

const files = [
  { id: 1, name: 'Bebauungsplan „Am Bahnhof“.pdf', bytes: 4_812_009, hours: 2 },
  { id: 2, name: 'Haushalt 2027.ods', bytes: 182_311, hours: 30 },
  { id: 3, name: 'Protokolle', bytes: 91_000_311, hours: 900 },
];

function Lists({ now }: { readonly now: number }) {
  return (
    <Section title="Liste mit Auswahl">
      <Form name="files" isSearch label="Liste mit Auswahl">
        <SelectionBar
          nouns={['Eintrag', 'Einträge']}
          idle={
            <LinkButton icon="upload" to="/baukasten">
              Hochladen
            </LinkButton>
          }
          actions={
            <Button icon="trash" name="do" value="trash">
              In den Papierkorb
            </Button>
          }
        />
        <Table
          caption="Dateien"
          rows={files}
          keyOf={({ id }) => id}
          choice={{ name: 'node', label: ({ name }) => name }}
          columns={[
            {
              key: 'name',
              label: 'Name',
              kind: 'name',
              sort: { to: '/baukasten?sort=name', now: 'ascending' },
              cell: ({ name }) => <TextLink to="/baukasten">{name}</TextLink>,
            },
            { key: 'changed', label: 'Geändert', cell: ({ hours }) => <Time at={new Date(now - hours * 3_600_000)} now={now} /> },
            { key: 'size', label: 'Größe', kind: 'number', cell: ({ bytes }) => <Bytes value={bytes} /> },
          ]}
        />
      </Form>
      <Pager shown="Einträge 1 bis 3" first={null} next="/baukasten?ab=3" />
      <Empty icon="folder" title="Dieser Ordner ist leer" action={<LinkButton to="/baukasten">Hochladen</LinkButton>}>
        <p>Ziehen Sie Dateien hierher, oder laden Sie welche hoch.</p>
      </Empty>
    </Section>
  );
}

function LongWork() {
  const { put } = useTray();
  const [dropped, setDropped] = useState(0);
  const start = () => {
    put({
      id: 'a',
      name: 'Bebauungsplan „Am Bahnhof“.pdf',
      state: 'running',
      share: 0.4,
      words: '12 MB von 30 MB',
      stop: () => {},
    });
    put({ id: 'b', name: 'Haushalt 2027.ods', state: 'done', share: 1, words: 'Hochgeladen' });
    put({ id: 'c', name: 'Altes.zip', state: 'failed', share: null, words: 'Das Kontingent ist aufgebraucht.', retry: () => {} });
  };
  return (
    <Section title="Dateien vom Schreibtisch und lange Arbeit">
      <DropZone target="Bauamt" onDrop={(_items, chosen) => setDropped(chosen.length)}>
        <Form name="upload" isSearch label="Hochladen">
          <FileField name="file" label="Dateien" hint="Hierher ziehen oder auswählen" />
          <p role="status">{dropped > 0 && `${dropped} abgelegt`}</p>
        </Form>
      </DropZone>
      <Button icon="upload" type="button" onClick={start}>
        Arbeit zeigen
      </Button>
    </Section>
  );
}

const shown: readonly IconName[] = [
  ...([
    'add',
    'archive',
    'back',
    'bell',
    'building',
    'check',
    'close',
    'computer',
    'copy',
    'down',
    'download',
    'edit',
    'file',
  ] as const),
  ...(['folder', 'forward', 'globe', 'group', 'help', 'history', 'home', 'info', 'key', 'link', 'list', 'lock', 'mail'] as const),
  ...(['moon', 'more', 'move', 'palette', 'person', 'pin', 'search', 'settings', 'share', 'shield', 'signOut', 'star'] as const),
  ...(['stop', 'sun', 'tag', 'trash', 'tree', 'undo', 'up', 'upload', 'warning'] as const),
];

function Icons() {
  return (
    <Section title="Zeichen">
      <ul className="kit-icons">
        {shown.map((name) => (
          <li key={name}>
            <Icon name={name} /> <code>{name}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
