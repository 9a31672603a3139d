import { KeyTables } from '#ui/keys';
import { RouteDialog } from '#ui/route-dialog';
import { type Dictionary, useWords } from '#ui/view';
import type { ChildHandle } from './folder.tsx';
import { useFolderAddress } from './new-folder.tsx';

export const handle: ChildHandle = { place: 'dialog' };

const words: Dictionary<{ title: string }> = { de: { title: 'Tastenkürzel' }, en: { title: 'Keys' } };

/** The keys at an address of their own: for the menu, and for those without script. */
export default function Keys() {
  return (
    <RouteDialog title={useWords(words).title} back={useFolderAddress()}>
      <KeyTables />
    </RouteDialog>
  );
}
