import { Outlet, useLocation } from 'react-router';
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
      ['protokoll', 'Audit trail'],
    ],
  },
};

/** The engine room of one authority. Whoever does not administer it is told that there is nothing here. */
export const loader = load(async (house) => {
  const { roles } = signedIn(house);
  if (!roles.includes('tenantAdministrator')) throw house.missing();
  return null;
});

export default function AdministrationLayout() {
  const { label, parts } = useWords(words);
  const { pathname } = useLocation();
  const tabs = parts.map(([path, name]) => {
    const to = `/verwaltung/${path}`;
    return { to, label: name, isHere: pathname === to || pathname.startsWith(`${to}/`) };
  });
  return (
    <>
      <Tabs label={`${label}: ${useRoot()?.tenant.name ?? ''}`} tabs={tabs} />
      <Outlet />
    </>
  );
}
