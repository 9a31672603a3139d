import { LinkButton } from '#ui/button';
import { Empty } from '#ui/page';
import { useWords } from '#ui/view';
import type { FolderData } from './folder-data.ts';
import { folderTexts } from './folder-texts.ts';

/** Instead of an empty list: what this place is for, and the first step. */
export function FolderEmpty({ data }: { readonly data: FolderData }) {
  const labels = useWords(folderTexts);
  const { may, space, base } = data;
  const said = !may.create ? labels.emptyReadOnly : space.kind === 'personal' ? labels.emptyOwn : labels.emptySpace;
  const action = may.create && (
    <LinkButton to={`${base}/hinzufuegen`} icon="upload">
      {labels.upload}
    </LinkButton>
  );
  return (
    <Empty icon="folder" title={labels.emptyTitle} action={action}>
      <p>{said}</p>
    </Empty>
  );
}
