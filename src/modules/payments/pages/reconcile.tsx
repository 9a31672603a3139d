import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { TextField } from '#ui/field';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { treasuryTexts } from './treasury-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  await house.rooms.payments.treasuryFigures(house.ctx);
  const today = house.ctx.platform.clock.now().toISOString().slice(0, 10);
  return { from: `${today.slice(0, 8)}01`, to: today };
});

/** Which days the table for the books is about. */
export default function Reconcile() {
  const { from, to } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  return (
    <Page title={labels.reconcile} lead={labels.reconcileLead} above={[{ to: '/kasse', label: labels.title }]}>
      <form className="form" method="get" action="/kasse/abgleich.csv">
        <TextField name="von" type="date" label={labels.from} value={from} hint={labels.lastMonth} />
        <TextField name="bis" type="date" label={labels.to} value={to} />
        <Buttons>
          <Button kind="primary" icon="download">
            {labels.fetch}
          </Button>
        </Buttons>
      </form>
    </Page>
  );
}
