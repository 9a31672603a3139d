import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { Form } from '#ui/form';
import { useWords } from '#ui/view';
import { addressOf } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';

type Props = { readonly form: string; readonly page: string | null };

/** Above every page of a test run: nobody may take it for an application. */
export function TrialSign({ form, page }: Props) {
  const labels = useWords(editorTexts);
  return (
    <div className="trial">
      <Alert tone="warning" title={labels.trialTitle}>
        <p>{labels.trialText}</p>
        <p>
          {page && (
            <>
              <TextLink to={addressOf(form, `/seite/${page}`)}>{labels.toPage}</TextLink>
              {' · '}
            </>
          )}
          <TextLink to={addressOf(form)}>{labels.toForm}</TextLink>
        </p>
        <Form name="end" action={addressOf(form, '/probe/ende')}>
          <Button isSmall>{labels.trialAgain}</Button>
        </Form>
      </Alert>
    </div>
  );
}
