import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { deviceTexts } from './device-texts.ts';

type QuestionProps = {
  readonly title: string;
  readonly above: readonly { readonly to: string; readonly label: string }[];
  /** Where a no leads. */
  readonly back: string;
};

/** The question whether a device is to be wiped, with what that does and what it cannot do. */
export function WipeQuestion({ title, above, back }: QuestionProps) {
  const labels = useWords(deviceTexts);
  return (
    <Page title={title} lead={labels.wipeLead} above={above}>
      <Alert tone="warning">
        <p>{labels.wipeLimits}</p>
      </Alert>
      <Form name="wipe">
        <Buttons>
          <Button kind="danger">{labels.wipe}</Button>
          <LinkButton kind="tertiary" to={back}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
