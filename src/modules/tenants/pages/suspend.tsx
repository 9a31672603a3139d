import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { tenantTexts, withName } from './tenant-texts.ts';

export const loader = load(async (house, { params }) => {
  const { tenant, name, state } = await house.rooms.tenants.get(house.ctx, Number(params.tenant) || 0);
  if (state === 'suspended') throw go(house, `/anbieter/${tenant}`);
  return { tenant, name };
});

export const action = act(async (house, { params, form }) => {
  const { tenants } = house.rooms;
  const tenant = Number(params.tenant) || 0;
  await tenants.suspend(house.ctx, tenant, text(form, 'reason').replaceAll(/\s+/g, ' '));
  const { name } = await tenants.get(house.ctx, tenant);
  const undo = { action: `/anbieter/${tenant}`, fields: { _form: 'resume' } };
  return go(house, `/anbieter/${tenant}`, { text: withName(tenantTexts[house.ctx.locale].suspendedDone, name), undo });
});

export default function Suspend() {
  const { tenant, name } = useLoaderData<typeof loader>();
  const labels = useWords(tenantTexts);
  const above = [
    { to: '/anbieter', label: labels.tenants },
    { to: `/anbieter/${tenant}`, label: name },
  ];
  return (
    <Page title={labels.suspendTitle} above={above}>
      <Alert tone="warning">
        <p>{withName(labels.suspendLead, name)}</p>
      </Alert>
      <Form name="suspend" labels={labels}>
        <TextArea name="reason" label={labels.reason} hint={labels.reasonHint} />
        <Buttons>
          <Button kind="danger" icon="stop">
            {labels.suspend}
          </Button>
          <LinkButton kind="tertiary" to={`/anbieter/${tenant}`}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
