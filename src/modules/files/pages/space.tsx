import { useLoaderData } from 'react-router';
import { Button, LinkButton } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn, text } from '#web/context';
import { folderPath, idOf } from './address.ts';
import { Members } from './members.tsx';
import { actOnMembers, readMembersOf } from './members-data.ts';
import { askBeforeLoss, readLoss } from './own-role.ts';
import { AskForOwnRole } from './own-role-ask.tsx';
import { spaceTexts } from './space-texts.ts';
import { Usage } from './spaces.tsx';

const pathOf = (space: number) => `/bereiche/${space}`;

async function findMount(house: PageHouse, id: number) {
  const mounts = await house.rooms.files.readMounts(house.ctx);
  return mounts.find(({ space }) => space.id === id && space.kind === 'shared');
}

/** One of the person's spaces: who belongs to it; those who manage it can change that. */
export const loader = load(async (house, { params, request }) => {
  signedIn(house);
  const mount = await findMount(house, idOf(params.id));
  if (!mount) throw house.missing();
  const { space, root, role } = mount;
  const { id, name, description, used, quota } = space;
  const { searchParams } = new URL(request.url);
  const search = searchParams.get('suche')?.trim() ?? '';
  const mayManage = house.rooms.files.allows(role, 'manage');
  const members = await readMembersOf(house, id, mayManage ? search : '');
  const loss = await readLoss(house, id, searchParams);
  return { id, name, description, used, quota, mayManage, members, loss, root: root.id };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const space = idOf(params.id);
  const here = pathOf(space);
  const question = await askBeforeLoss(house, { space, form, here });
  if (question) return question;
  const answer = await actOnMembers(house, { space, form, here });
  // Whoever has taken themselves out has no page of the space to go back to.
  if (answer && !(await findMount(house, space))) return go(house, '/bereiche', { text: spaceTexts[house.ctx.locale].gaveUp });
  if (answer) return answer;
  await house.rooms.files.updateSpace(house.ctx, space, { name: text(form, 'name'), description: text(form, 'description') });
  return go(house, here, { text: spaceTexts[house.ctx.locale].saved });
});

export default function SpacePage() {
  const { id, root, name, description, used, quota, mayManage, members, loss } = useLoaderData<typeof loader>();
  const labels = useWords(spaceTexts);
  const open = (
    <LinkButton to={folderPath(root)} icon="folder">
      {labels.open}
    </LinkButton>
  );
  return (
    <Page title={name} lead={description} above={[{ to: '/bereiche', label: labels.spaces }]} actions={open} width="wide">
      <p>
        <Usage name={name} used={used} quota={quota} />
      </p>
      {loss && <AskForOwnRole loss={loss} back={pathOf(id)} />}
      <Members data={members} mayManage={mayManage} />
      {mayManage && (
        <Section title={labels.settings}>
          <Form name="settings" labels={{ name: labels.name, description: labels.description }}>
            <TextField name="name" label={labels.name} value={name} maxLength={100} autoComplete="off" />
            <TextArea name="description" label={labels.description} value={description} isOptional />
            <Button>{labels.save}</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
