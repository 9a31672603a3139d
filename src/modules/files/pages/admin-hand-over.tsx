import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatBytes, formatCount } from '#ui/format';
import { Facts, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, type PageHouse, text } from '#web/context';
import { idOf } from './address.ts';
import { adminTexts } from './admin-texts.ts';
import { handOverTexts } from './hand-over-texts.ts';

/**
 * Three steps that work without script, each with an address of its own: find the person (`?wer=`), choose one of those found
 * (`?an=`), read what will happen and confirm it.
 */

const list = '/verwaltung/bereiche/personen';
const mostFound = 20;

export const loader = load(async (house, { params, request }) => {
  const { accounts, files } = house.rooms;
  const { searchParams } = new URL(request.url);
  const [wanted, chosen] = [searchParams.get('wer')?.trim() ?? '', idOf(searchParams.get('an') ?? '')];
  const { id, name, address, state } = await accounts.getPerson(house.ctx, { account: idOf(params.account) });
  const [view, found, heir] = await Promise.all([
    files.viewHandOver(house.ctx, id),
    wanted === '' ? null : findHeirs(house, wanted),
    chosen === 0 ? null : findHeir(house, chosen),
  ]);
  return { id, name, address, isDisabled: state === 'disabled', view, wanted, found, heir };
});

const shown = ({ id, name, address }: { readonly id: number; readonly name: string; readonly address: string }) => ({
  id,
  name,
  address,
});

/** People with an active account; groups and units cannot take over what was one person's. */
async function findHeirs(house: PageHouse, search: string) {
  const { items, next } = await house.rooms.accounts.listPeople(house.ctx, { search, state: 'active', limit: mostFound });
  return { people: items.map(shown), isMore: next !== null };
}

async function findHeir(house: PageHouse, account: number) {
  const heir = await house.rooms.accounts.getPerson(house.ctx, { account });
  if (heir.state !== 'active') throw house.missing();
  return shown(heir);
}

export const action = act(async (house, { params, request, form }) => {
  const { accounts, files } = house.rooms;
  const person = await accounts.getPerson(house.ctx, { account: idOf(params.account) });
  const heir = await findHeir(house, idOf(new URL(request.url).searchParams.get('an') ?? ''));
  const reason = text(form, 'reason').replaceAll(/\s+/g, ' ');
  const space = await files.handOver(house.ctx, { account: person.id, to: heir.id, reason });
  return go(house, list, { text: handOverTexts[house.ctx.locale].done(person.name, heir.name, space.name) });
});

export default function AdminHandOver() {
  const { id, name, isDisabled, view, heir } = useLoaderData<typeof loader>();
  const labels = useWords(handOverTexts);
  const { title, personalTitle } = useWords(adminTexts);
  const above = [
    { to: '/verwaltung/bereiche', label: title },
    { to: list, label: personalTitle },
  ];
  const hindrance = isDisabled ? (view === null ? labels.nothing : null) : labels.active;
  return (
    <Page title={labels.title(name)} lead={hindrance === null && heir === null ? labels.lead : undefined} above={above}>
      {hindrance === null ? (
        <>
          <WhatAndWho />
          {heir === null ? <FindHeir /> : <Confirm />}
        </>
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

/** Whose files, how many, and, once that is chosen, who gets them under what name. */
function WhatAndWho() {
  const { name, address, view, heir } = useLoaderData<typeof loader>();
  const labels = useWords(handOverTexts);
  const { locale } = useView();
  if (!view) return null;
  const counted = (what: keyof typeof labels.nouns) => formatCount(locale, view[what], labels.nouns[what]);
  const contents = `${counted('files')}, ${counted('folders')}, ${counted('versions')}; ${labels.ofThese} ${counted('trashed')}`;
  const whom =
    heir === null ? [] : [[labels.to, `${heir.name} (${heir.address})`] as const, [labels.asSpace, view.spaceName] as const];
  return (
    <Facts
      facts={[
        [labels.from, `${name} (${address})`],
        ...whom,
        [labels.what, contents],
        [labels.size, formatBytes(locale, view.used)],
      ]}
    />
  );
}

function FindHeir() {
  const { id, wanted, found } = useLoaderData<typeof loader>();
  const labels = useWords(handOverTexts);
  const people = found?.people.filter((person) => person.id !== id) ?? [];
  return (
    <>
      <Form isSearch isInline label={labels.search}>
        <TextField
          name="wer"
          type="search"
          label={labels.who}
          hint={labels.whoHint}
          value={wanted}
          maxLength={100}
          autoComplete="off"
        />
        <Button icon="search" kind="primary">
          {labels.search}
        </Button>
      </Form>
      {found && people.length === 0 && <p role="status">{labels.nobody(wanted)}</p>}
      {people.length > 0 && (
        <Table
          caption={labels.found}
          showsCaption
          rows={people}
          keyOf={(person) => person.id}
          columns={[
            {
              key: 'name',
              label: labels.name,
              kind: 'name',
              cell: (person) => (
                <>
                  {person.name}
                  <span className="below">{person.address}</span>
                </>
              ),
            },
            {
              key: 'choose',
              label: labels.choose,
              kind: 'actions',
              cell: (person) => (
                <LinkButton isSmall to={`${list}/${id}?an=${person.id}`} about={person.name}>
                  {labels.choose}
                </LinkButton>
              ),
            },
          ]}
        />
      )}
      {found?.isMore && <p className="muted">{labels.many}</p>}
    </>
  );
}

function Confirm() {
  const { id, name, heir } = useLoaderData<typeof loader>();
  const labels = useWords(handOverTexts);
  return (
    <Section title={labels.confirm}>
      <Alert tone="warning" title={labels.confirmLead}>
        <ul>
          {labels.willHappen(name, heir?.name ?? '').map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Alert>
      <Form name="handOver" labels={{ reason: labels.reason }}>
        <TextArea name="reason" label={labels.reason} hint={labels.reasonHint} />
        <Buttons>
          <Button kind="danger">{labels.handOver}</Button>
          <LinkButton kind="tertiary" to={`${list}/${id}`}>
            {labels.other}
          </LinkButton>
          <LinkButton kind="tertiary" to={list}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Section>
  );
}
