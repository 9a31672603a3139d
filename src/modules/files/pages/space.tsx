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
import { spaceTexts } from './space-texts.ts';
import { Usage } from './spaces.tsx';

async function findMount(house: PageHouse, id: number) {
  const mounts = await house.rooms.files.readMounts(house.ctx);
  const mount = mounts.find(({ space }) => space.id === id && space.kind === 'shared');
  if (!mount) throw house.missing();
  return mount;
}

/** One of the person's spaces: who belongs to it; those who manage it can change that. */
export const loader = load(async (house, { params, request }) => {
  signedIn(house);
  const { space, root, role } = await findMount(house, idOf(params.id));
  const { id, name, description, used, quota } = space;
  const search = new URL(request.url).searchParams.get('suche')?.trim() ?? '';
  const mayManage = house.rooms.files.allows(role, 'manage');
  const members = await readMembersOf(house, id, mayManage ? search : '');
  return { id, name, description, used, quota, mayManage, members, root: root.id };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const space = idOf(params.id);
  const here = `/bereiche/${space}`;
  const answer = await actOnMembers(house, { space, form, here });
  if (answer) return answer;
  await house.rooms.files.updateSpace(house.ctx, space, { name: text(form, 'name'), description: text(form, 'description') });
  return go(house, here, { text: spaceTexts[house.ctx.locale].saved });
});

export default function SpacePage() {
  const { root, name, description, used, quota, mayManage, members } = useLoaderData<typeof loader>();
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
