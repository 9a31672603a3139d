import { useLoaderData } from 'react-router';
import { Button, LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Time } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { DeviceName } from './device-name.tsx';
import { deviceTexts } from './device-texts.ts';
import { personPlace } from './person-place.ts';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house, { params }) => {
  const ref = { account: Number(params.id) || 0 };
  const { accounts } = house.rooms;
  const [person, devices] = await Promise.all([accounts.getPerson(house.ctx, ref), accounts.listDevicesOf(house.ctx, ref)]);
  return { now: house.ctx.platform.clock.now().getTime(), place: personPlace(house, person), name: person.name, devices };
});

export const action = act(async (house, { params, form }) => {
  const ref = { account: Number(params.id) || 0, id: Number(text(form, 'device')) || 0 };
  await house.rooms.accounts.takeBackDeviceWipeOf(house.ctx, ref);
  return go(house, `/verwaltung/personen/${ref.account}/geraete`, { text: deviceTexts[house.ctx.locale].keptFrom });
});

/** What a person has connected, for who manages people: to find the lost one among them, and have it wiped. */
export default function PersonDevices() {
  const { now, place, name, devices } = useLoaderData<typeof loader>();
  const labels = useWords(deviceTexts);
  return (
    <Page title={labels.devicesOf} lead={put(labels.devicesOfLead, { name })} above={place.above} width="wide">
      {devices.length === 0 ? (
        <Empty icon="key" title={labels.noDevices}>
          <p>{put(labels.noDevicesHint, { name })}</p>
        </Empty>
      ) : (
        <Table
          caption={labels.devicesOf}
          rows={devices}
          keyOf={({ id }) => id}
          columns={[
            { key: 'device', label: labels.device, kind: 'name', cell: (row) => <DeviceName {...row} labels={labels} /> },
            { key: 'connected', label: labels.connected, cell: ({ createdAt }) => <Time at={createdAt} now={now} /> },
            { key: 'used', label: labels.lastUsed, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} now={now} /> },
            { key: 'deeds', label: labels.deeds, kind: 'actions', cell: (row) => <Deed {...row} here={place.devices} /> },
          ]}
        />
      )}
    </Page>
  );
}

type Row = Awaited<ReturnType<typeof loader>>['devices'][number];

function Deed({ id, name, wipeOrderedAt, wipedAt, here }: Row & { readonly here: string }) {
  const labels = useWords(deviceTexts);
  if (wipedAt !== null) return null;
  if (wipeOrderedAt === null)
    return (
      <LinkButton kind="tertiary" isSmall to={`${here}/${id}/loeschen`} about={name}>
        {labels.wipeFrom}
      </LinkButton>
    );
  return (
    <Form name={`keep-${id}`} isInline>
      <Hidden name="device" value={id} />
      <Button isSmall about={name}>
        {labels.keep}
      </Button>
    </Form>
  );
}
