import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatBytes } from '#ui/format';
import { Facts, Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, type PageHouse, text } from '#web/context';
import { idOf } from './address.ts';
import { findManager } from './admin-data.ts';
import { adminTexts } from './admin-texts.ts';
import { handOverTexts } from './hand-over-texts.ts';

const list = '/verwaltung/bereiche/personen';

export const loader = load(async (house, { params }) => {
  const { accounts, files } = house.rooms;
  const person = await accounts.getPerson(house.ctx, { account: idOf(params.account) });
  const space = await files.findPersonalSpaceOf(house.ctx, person.id);
  return { id: person.id, name: person.name, isDisabled: person.state === 'disabled', used: space?.used ?? null };
});

/** The colleague who is called so; groups and units cannot take over what was one person's. */
async function findHeir(house: PageHouse, wanted: string) {
  const { accounts } = house.rooms;
  const principal = await findManager(house, wanted, 'to');
  const found = (await accounts.principalsById(house.ctx, [principal])).get(principal);
  if (found?.kind !== 'account') throw house.refuse(handOverTexts[house.ctx.locale].notPerson(wanted), 'to');
  return found;
}

export const action = act(async (house, { params, form }) => {
  const { accounts, files } = house.rooms;
  const person = await accounts.getPerson(house.ctx, { account: idOf(params.account) });
  const heir = await findHeir(house, text(form, 'to'));
  const reason = text(form, 'reason').replaceAll(/\s+/g, ' ');
  const space = await files.handOver(house.ctx, { account: person.id, to: heir.id, reason });
  return go(house, list, { text: handOverTexts[house.ctx.locale].done(person.name, heir.name, space.name) });
});

export default function AdminHandOver() {
  const { id, name, isDisabled, used } = useLoaderData<typeof loader>();
  const labels = useWords(handOverTexts);
  const { title, personalTitle } = useWords(adminTexts);
  const above = [
    { to: '/verwaltung/bereiche', label: title },
    { to: list, label: personalTitle },
  ];
  const hindrance = isDisabled ? (used === null ? labels.nothing : null) : labels.active;
  return (
    <Page title={labels.title(name)} lead={hindrance === null ? labels.lead : undefined} above={above}>
      {hindrance === null ? (
        <HandOverForm used={used ?? 0} />
      ) : (
        <>
          <Alert tone="info">
            <p>{hindrance}</p>
          </Alert>
          <LinkButton to={`/verwaltung/personen/${id}`}>{labels.toPerson}</LinkButton>
        </>
      )}
    </Page>
  );
}

function HandOverForm({ used }: { readonly used: number }) {
  const labels = useWords(handOverTexts);
  const { locale } = useView();
  return (
    <>
      <Facts facts={[[labels.what, formatBytes(locale, used)]]} />
      <Form name="handOver" labels={{ to: labels.to, reason: labels.reason }}>
        <TextField name="to" label={labels.to} hint={labels.toHint} maxLength={200} autoComplete="off" />
        <TextArea name="reason" label={labels.reason} hint={labels.reasonHint} />
        <Buttons>
          <Button kind="danger">{labels.handOver}</Button>
          <LinkButton kind="tertiary" to={list}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  );
}
