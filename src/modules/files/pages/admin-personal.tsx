import { useActionData, useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { isRefusal, RefusalSummary } from '#ui/refusal';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { idOf } from './address.ts';
import { quotaText, readQuota } from './admin-data.ts';
import { adminTexts } from './admin-texts.ts';
import { Usage } from './spaces.tsx';

const mostShown = 200;

/** How much people use; the fullest first. */
export const loader = load(async (house) => {
  const { files, accounts } = house.rooms;
  const spaces = await files.listPersonalSpaces(house.ctx, mostShown);
  const names = await accounts.namesOf(
    house.ctx,
    spaces.flatMap(({ owner }) => owner ?? []),
  );
  const labels = adminTexts[house.ctx.locale];
  const disabled = await accounts.listPeople(house.ctx, { state: 'disabled', limit: 1_000 });
  const left = new Set(disabled.items.map(({ id }) => id));
  return spaces.map(({ id, owner, used, quota }) => ({
    id,
    used,
    quota,
    name: names.get(owner ?? 0) ?? labels.gone,
    leaver: owner !== null && left.has(owner) ? owner : null,
  }));
});

export const action = act(async (house, { form }) => {
  await house.rooms.files.setQuota(house.ctx, idOf(text(form, 'space')), readQuota(house, form));
  return go(house, '/verwaltung/bereiche/personen', { text: adminTexts[house.ctx.locale].quotaSet(text(form, 'name')) });
});

export default function AdminPersonal() {
  const spaces = useLoaderData<typeof loader>();
  const labels = useWords(adminTexts);
  const answer = useActionData();
  return (
    <Page
      title={labels.personalTitle}
      lead={labels.personalLead}
      above={[{ to: '/verwaltung/bereiche', label: labels.title }]}
      width="wide"
      isWrong={isRefusal(answer)}
    >
      {/* A row has no room for a sentence: what was refused stands here and leads to the row. */}
      {isRefusal(answer) && <RefusalSummary refusal={answer} form={answer.form} answer={answer} />}
      <Table
        caption={labels.personalTitle}
        rows={spaces}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', label: labels.person, kind: 'name', cell: (space) => <Owner {...space} /> },
          { key: 'used', label: labels.used, cell: (space) => <Usage {...space} /> },
          { key: 'quota', label: labels.quota, cell: (space) => <Quota {...space} /> },
        ]}
      />
    </Page>
  );
}

type QuotaProps = { readonly id: number; readonly name: string; readonly quota: number | null };

function Quota({ id, name, quota }: QuotaProps) {
  const labels = useWords(adminTexts);
  const { locale } = useView();
  return (
    <Form name={`quota-${id}`} id={`quota-${id}`} isInline tellsElsewhere>
      <Hidden name="space" value={id} />
      <Hidden name="name" value={name} />
      <TextField
        key={quota}
        name="quota"
        label={<span className="kern-sr-only">{`${labels.quota}: ${name}`}</span>}
        value={quotaText(locale, quota)}
        width="short"
        isOptional
      />
      <Button isSmall about={name}>
        {labels.set}
      </Button>
    </Form>
  );
}

/** Whose they are; of somebody whose access has ended they can be handed over. */
function Owner({ name, leaver }: { readonly name: string; readonly leaver: number | null }) {
  const labels = useWords(adminTexts);
  return (
    <>
      {name}
      {leaver !== null && (
        <span className="below">
          {labels.left} <TextLink to={`/verwaltung/bereiche/personen/${leaver}`}>{labels.handOver(name)}</TextLink>
        </span>
      )}
    </>
  );
}
