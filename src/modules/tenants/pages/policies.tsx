import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { Table } from '#ui/table';
import { type Dictionary, useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { policyTitles, sayPolicy } from './policy-words.ts';

type Texts = {
  title: string;
  lead: string;
  policy: string;
  value: string;
  origin: string;
  own: string;
  fallback: string;
  from: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Regeln',
    lead: 'Was Ihre Behörde nicht selbst entscheidet, gilt so, wie es die übergeordnete Stelle entschieden hat.',
    policy: 'Regel',
    value: 'Gilt',
    origin: 'Herkunft',
    own: 'eigene Entscheidung',
    fallback: 'Vorgabe',
    from: 'entschieden durch',
  },
  en: {
    title: 'Policies',
    lead: 'What your authority does not decide itself is as the authority above decided it.',
    policy: 'Policy',
    value: 'In force',
    origin: 'Origin',
    own: 'own decision',
    fallback: 'default',
    from: 'decided by',
  },
};

export const loader = load(async (house) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const now = await tenants.effectivePolicies(house.ctx, tenant);
  return tenants.policyNames.map((name) => ({
    name,
    definition: tenants.policies[name],
    ...now[name],
    isOwn: now[name].tenant === tenant,
  }));
});

export default function Policies() {
  const policies = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(words);
  const titles = useWords(policyTitles);
  return (
    <Page title={labels.title} lead={labels.lead} width="wide">
      <Table
        caption={labels.title}
        rows={policies}
        keyOf={({ name }) => name}
        columns={[
          {
            key: 'policy',
            label: labels.policy,
            kind: 'name',
            cell: ({ name, definition }) => (
              <>
                <TextLink to={`/verwaltung/regeln/${name}`}>{titles[name]}</TextLink>
                <span className="below">{definition.meaning[locale]}</span>
              </>
            ),
          },
          { key: 'value', label: labels.value, cell: ({ definition, value }) => sayPolicy(locale, definition, value) },
          {
            key: 'origin',
            label: labels.origin,
            cell: ({ isOwn, origin }) =>
              isOwn ? <State tone="info">{labels.own}</State> : origin ? `${labels.from}: ${origin}` : labels.fallback,
          },
        ]}
      />
    </Page>
  );
}
