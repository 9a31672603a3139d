import { useLoaderData } from 'react-router';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { linesOf, readTenantForm, TenantForm } from './tenant-form.tsx';
import { tenantTexts, withName } from './tenant-texts.ts';

const mostParents = 1_000;

export const loader = load(async (house) => {
  const { items } = await house.rooms.tenants.list(house.ctx, { limit: mostParents });
  return items.map(({ tenant, name }) => ({ tenant, name }));
});

export const action = act(async (house, { form }) => {
  const data = readTenantForm(form);
  const slug = text(form, 'slug');
  const given = { kind: 'municipality', ...data, ...(slug === '' ? {} : { slug }), hosts: linesOf(text(form, 'hosts')) };
  const tenant = await house.rooms.tenants.create(house.ctx, given);
  return go(house, `/anbieter/${tenant}`, { text: withName(tenantTexts[house.ctx.locale].createdDone, given.name) });
});

export default function NewTenant() {
  const parents = useLoaderData<typeof loader>();
  const labels = useWords(tenantTexts);
  return (
    <Page title={labels.add} above={[{ to: '/anbieter', label: labels.tenants }]}>
      <TenantForm name="create" tenant={null} parents={parents} submit={labels.add} />
    </Page>
  );
}
