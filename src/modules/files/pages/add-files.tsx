import { Button, Buttons } from '#ui/button';
import { Radios } from '#ui/choice';
import { FileField } from '#ui/field';
import { Form } from '#ui/form';
import { RouteDialog } from '#ui/route-dialog';
import { type Dictionary, useWords } from '#ui/view';
import { act } from '#web/context';
import type { ChildHandle } from './folder.tsx';
import { storeForm } from './folder-data.ts';
import { useFolderAddress } from './new-folder.tsx';

export const handle: ChildHandle = { place: 'dialog' };
export const action = act(storeForm);

type Texts = {
  title: string;
  files: string;
  hint: string;
  taken: string;
  refuse: string;
  version: string;
  versionHint: string;
  number: string;
  numberHint: string;
  send: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Dateien hochladen',
    files: 'Dateien',
    hint: 'Sie können mehrere auf einmal auswählen. Lassen Sie die Seite offen, bis sie alle da sind.',
    taken: 'Wenn es den Namen schon gibt',
    refuse: 'Nicht hochladen',
    version: 'Als neue Version speichern',
    versionHint: 'Der bisherige Inhalt bleibt unter „Versionen“ erhalten.',
    number: 'Beide behalten',
    numberHint: 'Die neue Datei bekommt eine Nummer.',
    send: 'Hochladen',
  },
  en: {
    title: 'Upload files',
    files: 'Files',
    hint: 'You can choose several at once. Leave this page open until all of them are here.',
    taken: 'If the name exists already',
    refuse: 'Do not upload',
    version: 'Store as a new version',
    versionHint: 'What was there before stays under “Versions”.',
    number: 'Keep both',
    numberHint: 'The new file gets a number.',
    send: 'Upload',
  },
};

/** The way to upload without script: one form, as many files as one likes. */
export default function AddFiles() {
  const labels = useWords(words);
  const options = [
    { value: 'refuse', label: labels.refuse },
    { value: 'version', label: labels.version, hint: labels.versionHint },
    { value: 'number', label: labels.number, hint: labels.numberHint },
  ];
  return (
    <RouteDialog title={labels.title} back={useFolderAddress()}>
      <Form isUpload labels={{ file: labels.files }}>
        <Radios name="taken" legend={labels.taken} value="refuse" options={options} />
        <FileField name="file" label={labels.files} hint={labels.hint} takesMany />
        <Buttons>
          <Button kind="primary" icon="upload">
            {labels.send}
          </Button>
        </Buttons>
      </Form>
    </RouteDialog>
  );
}
