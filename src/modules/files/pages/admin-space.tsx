import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button } from '#ui/button';
import { Select, TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatNumber } from '#ui/format';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { idOf } from './address.ts';
import { ownerOptions, quotaText, readQuota } from './admin-data.ts';
import { adminTexts } from './admin-texts.ts';
import { Members } from './members.tsx';
import { actOnMembers, readMembersOf } from './members-data.ts';
import { Usage } from './spaces.tsx';

export const loader = load(async (house, { params, request }) => {
  const { files } = house.rooms;
  const search = new URL(request.url).searchParams.get('suche')?.trim() ?? '';
  const { id, name, description, owner, used, quota } = await files.manageable(house.ctx, idOf(params.id));
  const [owners, members, { trashDays }, isLed] = await Promise.all([
    ownerOptions(house),
    readMembersOf(house, id, search),
    files.readOverview(house.ctx),
    files.isLed(house.ctx, id),
  ]);
  return { id, name, description, owner, used, quota, owners, members, trashDays, isLed };
});

export const action = act(async (house, { params, form }) => {
  const { files } = house.rooms;
  const labels = adminTexts[house.ctx.locale];
  const space = idOf(params.id);
  const here = `/verwaltung/bereiche/${space}`;
  const answer = await actOnMembers(house, { space, form, here });
  if (answer) return answer;
  if (text(form, '_form') === 'away') {
    const { name } = await files.manageable(house.ctx, space);
    await files.removeSpace(house.ctx, space);
    const undo = { action: '/verwaltung/bereiche', fields: { _form: 'restore', space: String(space), name } };
    return go(house, '/verwaltung/bereiche', { text: labels.removed(name), undo });
  }
  const fields = await house.checkAll({
    name: () => files.checkSpaceName(text(form, 'name')),
    quota: () => readQuota(house, form),
  });
  const owner = idOf(text(form, 'owner')) || null;
  await files.updateSpace(house.ctx, space, { ...fields, description: text(form, 'description'), owner });
  return go(house, here, { text: labels.saved });
});

export default function AdminSpace() {
  const { name, description, owner, used, quota, owners, members, trashDays, isLed } = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  const { locale } = useView();
  return (
    <Page title={name} lead={labels.noContent} above={[{ to: '/verwaltung/bereiche', label: labels.title }]} width="wide">
      <p>
        <Usage name={name} used={used} quota={quota} />
      </p>
      {!isLed && (
        <Alert tone="warning">
          <p>{labels.notLed}</p>
        </Alert>
      )}
      <Members data={members} mayManage />
      <Section title={labels.settings}>
        <Form name="settings" labels={labels}>
          <TextField name="name" label={labels.name} hint={labels.nameHint} value={name} maxLength={100} autoComplete="off" />
          <Select name="owner" label={labels.owner} value={owner === null ? '' : String(owner)} options={owners} />
          <TextField
            name="quota"
            label={labels.quota}
            hint={labels.quotaHint}
            value={quotaText(locale, quota)}
            width="short"
            isOptional
          />
          <TextArea name="description" label={labels.description} value={description} isOptional />
          <Button>{labels.save}</Button>
        </Form>
      </Section>
      <Section title={labels.remove} lead={labels.removeLead(formatNumber(locale, trashDays))}>
        <Form name="away">
          <Button kind="danger" icon="trash">
            {labels.remove}
          </Button>
        </Form>
      </Section>
    </Page>
  );
}
