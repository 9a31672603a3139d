import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Select, TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { idOf } from './address.ts';
import { findManager, ownerOptions, quotaText, readQuota } from './admin-data.ts';
import { adminTexts } from './admin-texts.ts';

/** The quota is a proposal, the policy's: who empties the field makes a space without a limit of its own. */
export const loader = load(async (house) => {
  const { tenant } = signedIn(house);
  const [owners, profile] = await Promise.all([ownerOptions(house), house.rooms.tenants.profile(house.ctx.platform, tenant)]);
  return { owners, quota: profile?.policies.spaceQuotaBytes ?? null };
});

export const action = act(async (house, { form }) => {
  const { manager, ...fields } = await house.checkAll({
    name: () => house.rooms.files.checkSpaceName(text(form, 'name')),
    manager: () => findManager(house, text(form, 'manager')),
    quota: () => readQuota(house, form),
  });
  const input = { ...fields, description: text(form, 'description'), owner: idOf(text(form, 'owner')) || null };
  const space = await house.rooms.files.createSpace(house.ctx, input, [{ principal: manager, role: 'manager' }]);
  return go(house, `/verwaltung/bereiche/${space.id}`, { text: adminTexts[house.ctx.locale].created(space.name) });
});

export default function NewSpace() {
  const { owners, quota } = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  const { locale } = useView();
  return (
    <Page title={labels.newTitle} above={[{ to: '/verwaltung/bereiche', label: labels.title }]}>
      <Form name="space" labels={labels}>
        <TextField name="name" label={labels.name} hint={labels.nameHint} maxLength={100} autoComplete="off" />
        <TextField name="manager" label={labels.manager} hint={labels.managerHint} maxLength={200} autoComplete="off" />
        <Select name="owner" label={labels.owner} value="" options={owners} />
        <TextField
          name="quota"
          label={labels.quota}
          hint={labels.quotaHint}
          value={quotaText(locale, quota)}
          width="short"
          isOptional
        />
        <TextArea name="description" label={labels.description} isOptional />
        <Buttons>
          <Button kind="primary">{labels.create}</Button>
        </Buttons>
      </Form>
    </Page>
  );
}
