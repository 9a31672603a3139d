import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button, Buttons, LinkButton, TextLink } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { setupTexts } from './setup-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  const { delivery } = house.rooms;
  const [{ destinations }, inboxes] = await Promise.all([delivery.listDestinations(house.ctx), delivery.listInboxes(house.ctx)]);
  return {
    destinations: destinations.map(({ form, formTitle, title, isActive }) => ({ form, formTitle, title, isActive })),
    inboxes,
  };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const kind = text(form, 'kind') === 'foreign' ? 'foreign' : 'own';
  const id = await house.rooms.delivery.openInbox(house.ctx, text(form, 'title'), kind);
  return go(house, `/verwaltung/zustellung/empfang/${id}`, { text: setupTexts[house.ctx.locale].opened });
});

/** Where things go, and where they come in; for administrators. */
export default function DeliverySetup() {
  const { destinations, inboxes } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Page title={labels.title} lead={labels.lead} width="wide">
      <Section title={labels.out} lead={labels.outLead}>
        {destinations.length === 0 ? <p>{labels.noneOut}</p> : <Destinations />}
        <Buttons>
          <LinkButton to="/verwaltung/zustellung/ziel/neu">{labels.add}</LinkButton>
        </Buttons>
      </Section>
      <Section title={labels.in} lead={labels.inLead}>
        {inboxes.length === 0 ? <p>{labels.noneIn}</p> : <Inboxes />}
        <Form name="open" isInline labels={{ title: labels.name }}>
          <TextField name="title" label={labels.name} maxLength={100} />
          <Select
            name="kind"
            label={labels.where}
            options={[
              { value: 'own', label: labels.own },
              { value: 'foreign', label: labels.foreign },
            ]}
          />
          <Button>{labels.open}</Button>
        </Form>
        <Buttons>
          <LinkButton to="/verwaltung/zustellung/abholung">{labels.openKept}</LinkButton>
        </Buttons>
      </Section>
    </Page>
  );
}

function Destinations() {
  const { destinations } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Table
      caption={labels.out}
      rows={destinations}
      keyOf={({ form }) => form}
      columns={[
        {
          key: 'form',
          label: labels.form,
          kind: 'name',
          cell: ({ form, formTitle }) => <TextLink to={`/verwaltung/zustellung/ziel/${form}`}>{formTitle}</TextLink>,
        },
        { key: 'system', label: labels.system, cell: ({ title }) => title },
        { key: 'state', label: labels.state, cell: ({ isActive }) => <InUse isActive={isActive} /> },
      ]}
    />
  );
}

function Inboxes() {
  const { inboxes } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <Table
      caption={labels.in}
      rows={inboxes}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: labels.name,
          kind: 'name',
          cell: ({ id, title }) => <TextLink to={`/verwaltung/zustellung/empfang/${id}`}>{title}</TextLink>,
        },
        { key: 'where', label: labels.where, cell: ({ kind }) => labels[kind] },
        { key: 'state', label: labels.state, cell: ({ isOpen }) => <InUse isActive={isOpen} /> },
      ]}
    />
  );
}

function InUse({ isActive }: { readonly isActive: boolean }) {
  const labels = useWords(setupTexts);
  return <State tone={isActive ? 'success' : 'neutral'}>{isActive ? labels.active : labels.inactive}</State>;
}
