import { Alert } from '#ui/alert';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Time } from '#ui/format';
import { Facts, Page } from '#ui/page';
import { useWords } from '#ui/view';
import { deviceTexts } from './device-texts.ts';
import type { viewRequest } from './device-view.ts';

type RequestProps = Awaited<ReturnType<typeof viewRequest>> & {
  /** Only a whole page load leads to an app. */
  readonly isCarried?: boolean;
};

/** The question whether a programme may use one's files, with what is known of it. */
export function DeviceRequest({ client, network, createdAt, now, account, isElsewhere, isCarried = false }: RequestProps) {
  const labels = useWords(deviceTexts);
  const programme = client || labels.unknownClient;
  return (
    <Page title={labels.title} lead={labels.lead}>
      {isElsewhere && (
        <Alert tone="warning">
          <p>{labels.elsewhere}</p>
        </Alert>
      )}
      <Facts
        facts={[
          [labels.client, programme],
          [labels.network, network],
          [labels.asked, <Time key="asked" at={createdAt} now={now} />],
          [labels.account, account],
        ]}
      />
      <Form name="grant" labels={labels} reloads={isCarried}>
        <TextField name="name" label={labels.name} hint={labels.nameHint} value={programme} maxLength={200} autoComplete="off" />
        <Button kind="primary">{labels.grant}</Button>
      </Form>
      <Form name="refuse">
        <Button>{labels.refuse}</Button>
      </Form>
    </Page>
  );
}
