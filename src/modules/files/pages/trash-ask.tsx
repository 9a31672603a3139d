import { Button, Buttons, LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { RouteDialog } from '#ui/route-dialog';
import { useWords } from '#ui/view';
import { trashTexts } from './trash-texts.ts';

type AskProps = {
  readonly space: number;
  readonly ids: readonly number[];
  /** What was chosen, in words; null: everything. */
  readonly what: string | null;
};

/** The one question before something is done: this alone cannot be undone. */
export function AskForGood({ space, ids, what }: AskProps) {
  const labels = useWords(trashTexts);
  const back = `/papierkorb/${space}`;
  const isAll = what === null;
  return (
    <RouteDialog title={isAll ? labels.goesAll : labels.askTitle} back={back}>
      <Form name="purge">
        <Hidden name="ids" value={ids.join(',')} />
        <p>{isAll ? labels.askAll : labels.askLead(what)}</p>
        <Buttons>
          <Button kind="danger" icon="trash">
            {isAll ? labels.emptyAll : labels.remove}
          </Button>
          <LinkButton to={back}>{labels.cancel}</LinkButton>
        </Buttons>
      </Form>
    </RouteDialog>
  );
}
