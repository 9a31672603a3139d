import { Button, Buttons, LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { RouteDialog } from '#ui/route-dialog';
import { useWords } from '#ui/view';
import type { OwnLoss } from './own-role.ts';
import { spaceTexts } from './space-texts.ts';

type AskProps = { readonly loss: OwnLoss; readonly back: string };

/** The question before somebody gives the management of a space away: they cannot take it back themselves. */
export function AskForOwnRole({ loss: { principal, role, left }, back }: AskProps) {
  const labels = useWords(spaceTexts);
  return (
    <RouteDialog title={labels.askTitle} back={back}>
      <Form name={`${role === null ? 'remove' : 'change'}-${principal}`} action={back} tellsElsewhere>
        <Hidden name="principal" value={principal} />
        <Hidden name="sure" value="yes" />
        {role !== null && <Hidden name="role" value={role} />}
        <p>{left === null ? labels.askGone : labels.askLeft(labels.roles[left], labels.roleHints[left])}</p>
        <Buttons>
          <Button kind="danger">{labels.giveUp}</Button>
          <LinkButton to={back}>{labels.keepRole}</LinkButton>
        </Buttons>
      </Form>
    </RouteDialog>
  );
}
