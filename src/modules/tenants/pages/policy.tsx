import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Radios } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { Facts, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { PolicyDefinition, PolicyValue } from '../rules-policy.ts';
import { policyTexts } from './policy-texts.ts';
import { joinUnit, policyTitles, sayPolicy, unitFor, unitsOf } from './policy-words.ts';

export const loader = load(async (house, { params }) => {
  const { tenant } = signedIn(house);
  const { tenants, accounts } = house.rooms;
  const name = tenants.policyNames.find((known) => known === params.name);
  if (!name) throw house.missing();
  const [all, history] = await Promise.all([
    tenants.effectivePolicies(house.ctx, tenant),
    tenants.policyHistory(house.ctx, tenant, name),
  ]);
  const idOf = (actor: string) => Number(actor.replace('account:', '')) || 0;
  const names = await accounts.namesOf(
    house.ctx,
    history.map(({ actor }) => idOf(actor)),
  );
  const changes = history.map((change) => ({ ...change, who: names.get(idOf(change.actor)) ?? null }));
  return {
    name,
    definition: tenants.policies[name] as PolicyDefinition,
    ...all[name],
    isOwn: all[name].tenant === tenant,
    changes,
  };
});

export const action = act(async (house, { params, form }) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const name = tenants.policyNames.find((known) => known === params.name);
  if (!name) throw house.missing();
  const value = text(form, '_form') === 'inherit' ? null : readValue(tenants.policies[name], form);
  await tenants.setPolicy(house.ctx, { tenant, name, value });
  const { locale } = house.ctx;
  return go(house, '/verwaltung/regeln', { text: `${policyTexts[locale].saved}: ${policyTitles[locale][name]}` });
});

function readValue(definition: PolicyDefinition, form: FormData): PolicyValue {
  const value = text(form, 'value');
  if (definition.kind === 'choice') return value;
  if (definition.kind === 'yesNo') return value === 'yes';
  return joinUnit(value, text(form, 'unit'));
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Policy() {
  const policy = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(policyTexts);
  const title = useWords(policyTitles)[policy.name];
  const { definition, value, isOwn, origin } = policy;
  return (
    <Page title={title} lead={definition.meaning[locale]} above={[{ to: '/verwaltung/regeln', label: labels.policies }]}>
      <Facts
        facts={[
          [labels.now, sayPolicy(locale, definition, value)],
          [labels.origin, isOwn ? labels.own : (origin ?? labels.fallback)],
          [labels.fallback, sayPolicy(locale, definition, definition.fallback)],
        ]}
      />
      <Section title={labels.decide}>
        <Form name="decide" labels={{ value: title }}>
          <ValueField policy={policy} label={labels.value} />
          <Buttons>
            <Button kind="primary">{labels.save}</Button>
            <LinkButton kind="tertiary" to="/verwaltung/regeln">
              {labels.cancel}
            </LinkButton>
          </Buttons>
        </Form>
      </Section>
      {isOwn && (
        <Section title={labels.inherit} lead={labels.inheritLead}>
          <Form name="inherit">
            <Button icon="undo">{labels.inheritDo}</Button>
          </Form>
        </Section>
      )}
      <History policy={policy} />
    </Page>
  );
}

function ValueField({ policy: { definition, value }, label }: { readonly policy: Loaded; readonly label: string }) {
  const { locale } = useView();
  const labels = useWords(policyTexts);
  if (definition.kind === 'yesNo') {
    const options = [
      { value: 'yes', label: labels.yes },
      { value: 'no', label: labels.no },
    ];
    return <Radios name="value" legend={label} value={value ? 'yes' : 'no'} options={options} />;
  }
  if (definition.kind === 'choice') {
    const options = Object.entries(definition.choices).map(([key, words]) => ({ value: key, label: words[locale] }));
    return <Radios name="value" legend={label} value={String(value)} options={options} />;
  }
  const unit = unitFor(definition.kind, Number(value));
  const bounds = `${sayPolicy(locale, definition, definition.least)} ${labels.to} ${sayPolicy(locale, definition, definition.most)}`;
  const units = unitsOf(definition.kind).map((known) => ({ value: known.key, label: known[locale] }));
  return (
    <div className="form-pair">
      <TextField
        name="value"
        type="number"
        label={definition.kind === 'days' ? labels.days : label}
        hint={bounds}
        value={String(Number(value) / (unit?.size ?? 1))}
      />
      {unit && <Select name="unit" label={labels.unit} value={unit.key} options={units} />}
    </div>
  );
}

function History({ policy: { definition, changes } }: { readonly policy: Loaded }) {
  const { locale } = useView();
  const labels = useWords(policyTexts);
  const said = (value: PolicyValue | null) => (value === null ? labels.inherited : sayPolicy(locale, definition, value));
  return (
    <Section title={labels.history}>
      {changes.length === 0 ? (
        <Alert tone="neutral">
          <p>{labels.noHistory}</p>
        </Alert>
      ) : (
        <Table
          caption={labels.history}
          rows={changes}
          keyOf={({ at }) => at}
          columns={[
            { key: 'at', label: labels.when, kind: 'name', cell: ({ at }) => <Moment at={at} /> },
            { key: 'who', label: labels.who, cell: ({ who }) => who ?? labels.provider },
            { key: 'from', label: labels.before, cell: ({ from }) => said(from) },
            { key: 'to', label: labels.after, cell: ({ to }) => said(to) },
          ]}
        />
      )}
    </Section>
  );
}
