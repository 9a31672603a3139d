import { Button } from '#ui/button';
import { Radios } from '#ui/choice';
import { FileField } from '#ui/field';
import { Form } from '#ui/form';
import { useWords } from '#ui/view';
import { workTexts } from './work-texts.ts';

/** A file, after the question whether it is only to be checked: what stands first is read first. */
export function UploadForm({ hint, accept }: { readonly hint: string; readonly accept: string }) {
  const labels = useWords(workTexts);
  return (
    <Form isUpload labels={labels}>
      <Radios
        name="mode"
        legend={labels.mode}
        value="dry"
        options={[
          { value: 'dry', label: labels.dry },
          { value: 'real', label: labels.real },
        ]}
      />
      <FileField name="file" label={labels.file} hint={hint} accept={accept} />
      <Button kind="primary" icon="upload">
        {labels.send}
      </Button>
    </Form>
  );
}
