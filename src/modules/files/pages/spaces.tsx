import { useLoaderData } from 'react-router';
import { LinkButton, TextLink } from '#ui/button';
import { formatBytes } from '#ui/format';
import { Empty, Gauge, Page } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { folderPath } from './address.ts';
import { spaceTexts } from './space-texts.ts';
import { useWatchHome } from './watch.ts';

/** Every space of the person, the own one first. */
export const loader = load(async (house) => {
  signedIn(house);
  const home = await house.rooms.files.readHome(house.ctx);
  const { own, mounts } = home;
  const all = [{ space: own.space, root: own.node, role: own.role, name: '' }, ...mounts];
  const spaces = all.map(({ space, root, role, name }) => ({
    id: space.id,
    root: root.id,
    role,
    name,
    used: space.used,
    quota: space.quota,
    description: space.description,
    isOwn: space.kind === 'personal',
  }));
  return { spaces, stamps: house.rooms.files.stampsOf(home) };
});

type Space = ReturnType<typeof useLoaderData<typeof loader>>['spaces'][number];

export default function Spaces() {
  const { spaces, stamps } = useLoaderData<typeof loader>();
  useWatchHome('contents', stamps);
  const labels = useWords(spaceTexts);
  const nameOf = ({ isOwn, name }: Space) => (isOwn ? labels.ownName : name);
  return (
    <Page title={labels.spaces} lead={labels.spacesLead} width="wide">
      <Table
        caption={labels.spaces}
        rows={spaces}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            label: labels.name,
            kind: 'name',
            cell: (space) => (
              <>
                <TextLink to={space.isOwn ? '/dateien' : folderPath(space.root)}>{nameOf(space)}</TextLink>
                {space.description && <span className="below">{space.description}</span>}
              </>
            ),
          },
          { key: 'role', label: labels.role, cell: ({ role, isOwn }) => (isOwn ? '' : labels.roles[role]) },
          {
            key: 'usage',
            label: labels.usage,
            cell: (space) => <Usage name={nameOf(space)} used={space.used} quota={space.quota} />,
          },
          {
            key: 'actions',
            label: labels.open,
            kind: 'actions',
            cell: (space) => <SpaceLinks space={space} name={nameOf(space)} />,
          },
        ]}
      />
      {spaces.length === 1 && (
        <Empty icon="group" title={labels.none}>
          <p>{labels.noneLead}</p>
        </Empty>
      )}
    </Page>
  );
}

/** How full a space is, as a bar where it has a limit, and in words. */
export function Usage({ name, used, quota }: { readonly name: string; readonly used: number; readonly quota: number | null }) {
  const labels = useWords(spaceTexts);
  const { locale } = useView();
  const size = formatBytes(locale, used);
  if (quota === null)
    return (
      <span>
        {size} <span className="muted">({labels.unlimited})</span>
      </span>
    );
  return (
    <Gauge
      label={`${labels.usage}: ${name}`}
      value={used}
      max={Math.max(1, quota)}
      words={labels.of(size, formatBytes(locale, quota))}
    />
  );
}

function SpaceLinks({ space: { id, isOwn }, name }: { readonly space: Space; readonly name: string }) {
  const labels = useWords(spaceTexts);
  return (
    <>
      {!isOwn && (
        <LinkButton to={`/bereiche/${id}`} isSmall kind="tertiary" about={name}>
          {labels.members}
        </LinkButton>
      )}
      <LinkButton to={`/papierkorb/${id}`} isSmall kind="tertiary" about={name}>
        {labels.trash}
      </LinkButton>
    </>
  );
}
