import { useParams, useSearchParams } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { RouteDialog } from '#ui/route-dialog';
import { type Dictionary, useWords } from '#ui/view';
import { act } from '#web/context';
import { searchFor, sortingIn } from './address.ts';
import type { ChildHandle } from './folder.tsx';
import { makeFolder } from './folder-data.ts';

export const handle: ChildHandle = { place: 'dialog' };
export const action = act(makeFolder);

const words: Dictionary<{ title: string; name: string; hint: string; make: string }> = {
  de: { title: 'Neuer Ordner', name: 'Name', hint: 'Zum Beispiel „Bauanträge 2026“', make: 'Anlegen' },
  en: { title: 'New folder', name: 'Name', hint: 'For example “Building applications 2026”', make: 'Create' },
};

/** The address of the folder below a page on top of it, in the order it was sorted. */
export function useFolderAddress(): string {
  const { id } = useParams();
  const [params] = useSearchParams();
  return (id === undefined ? '/dateien' : `/dateien/${id}`) + searchFor(sortingIn(params));
}

export default function NewFolder() {
  const labels = useWords(words);
  return (
    <RouteDialog title={labels.title} back={useFolderAddress()}>
      <Form name="folder" labels={{ name: labels.name }}>
        <TextField name="name" label={labels.name} hint={labels.hint} maxLength={255} autoComplete="off" />
        <Buttons>
          <Button kind="primary">{labels.make}</Button>
        </Buttons>
      </Form>
    </RouteDialog>
  );
}
