import { Outlet, useLoaderData, useLocation } from 'react-router';
import { Tabs } from '#ui/page';
import { type Dictionary, useWords } from '#ui/view';
import { load, signedIn } from './context.ts';
import { useRoot } from './frames.tsx';

const words: Dictionary<{ label: string; parts: readonly (readonly [path: string, label: string])[] }> = {
  de: {
    label: 'Verwaltung',
    parts: [
      ['personen', 'Personen'],
      ['gruppen', 'Gruppen'],
      ['einheiten', 'Einheiten'],
      ['bereiche', 'Bereiche'],
      ['regeln', 'Regeln'],
      ['erscheinungsbild', 'Erscheinungsbild'],
      ['pflichtangaben', 'Pflichtangaben'],
      ['bezahldienst', 'Bezahldienst'],
      ['zustellung', 'Zustellung'],
      ['protokoll', 'Protokoll'],
    ],
  },
  en: {
    label: 'Administration',
    parts: [
      ['personen', 'People'],
      ['gruppen', 'Groups'],
      ['einheiten', 'Units'],
      ['bereiche', 'Spaces'],
      ['regeln', 'Policies'],
      ['erscheinungsbild', 'Appearance'],
      ['pflichtangaben', 'Legal pages'],
      ['bezahldienst', 'Payment service'],
      ['zustellung', 'Delivery'],
      ['protokoll', 'Audit trail'],
    ],
  },
};

const trail = '/verwaltung/protokoll';

/** The engine room of one authority. Auditors find the trail here; everybody else is told that there is nothing. */
export const loader = load(async (house, { request }) => {
  const { roles } = signedIn(house);
  const isAdministrator = roles.includes('tenantAdministrator');
  const isReadingTrail = roles.includes('auditor') && new URL(request.url).pathname === trail;
  if (!isAdministrator && !isReadingTrail) throw house.missing();
  return { isAdministrator };
});

export default function AdministrationLayout() {
  const { isAdministrator } = useLoaderData<typeof loader>();
  return (
    <>
      {isAdministrator && <Parts />}
      <Outlet />
    </>
  );
}

function Parts() {
  const { label, parts } = useWords(words);
  const { pathname } = useLocation();
  const tabs = parts.map(([path, name]) => {
    const to = `/verwaltung/${path}`;
    return { to, label: name, isHere: pathname === to || pathname.startsWith(`${to}/`) };
  });
  return <Tabs label={`${label}: ${useRoot()?.tenant.name ?? ''}`} tabs={tabs} />;
}
