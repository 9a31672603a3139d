import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons } from '#ui/button';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { type Fact, Facts, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { AccessFields } from './access-fields.tsx';
import type { loader } from './inbox.tsx';
import { setupTexts } from './setup-texts.ts';

/** Where a destination lives that is fetched from, how we are known there, and how the fetching goes. */
export function SourceSection() {
  const { source } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <>
      {source && <Fetching />}
      <Section title={labels.there} lead={labels.thereLead}>
        <Form name="source" labels={labels}>
          <AccessFields known={source} />
          <Buttons>
            <Button kind={source ? 'secondary' : 'primary'}>{labels.saveAccess}</Button>
          </Buttons>
        </Form>
      </Section>
    </>
  );
}

function Fetching() {
  const { source, why } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  if (!source) return null;
  const { lookedAt, nextAt, failures } = source;
  const facts: readonly (Fact | false)[] = [
    [labels.lookedAt, lookedAt === null ? labels.neverLooked : <Moment key="looked" at={lookedAt} />],
    failures > 0 && [labels.failures, String(failures)],
    nextAt !== null && [labels.next, <Moment key="next" at={nextAt} />],
  ];
  return (
    <Section title={labels.fetching} lead={labels.fetchingLead}>
      {why !== '' && (
        <Alert tone="warning">
          <p>{why}</p>
        </Alert>
      )}
      <Facts facts={facts.filter((fact) => fact !== false)} />
      <Buttons>
        <Form name="fetch">
          <Button kind="primary" icon="repeat">
            {labels.fetchNow}
          </Button>
        </Form>
        <Form name="check">
          <Button>{labels.check}</Button>
        </Form>
      </Buttons>
    </Section>
  );
}
