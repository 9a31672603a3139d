import type { Role } from '#platform/context';
import type { IconName } from '#ui/icon';

/** A room of the rail: its address, its name and who sees it. */
export type PlaceDefinition = {
  readonly to: string;
  readonly icon: IconName;
  readonly de: string;
  readonly en: string;
  /** Only for accounts with this role; `any`: with one, whichever. */
  readonly role?: Role | 'any';
  /** Not for accounts with this role: they have it elsewhere. */
  readonly unlessRole?: Role;
  /** Only in demonstrations. */
  readonly isDemoOnly?: boolean;
  /** On phones behind “more”: there is room for a few only. */
  readonly isMinor?: boolean;
};

/** The rooms in the order of the rail. */
const places: readonly PlaceDefinition[] = [
  { to: '/', icon: 'home', de: 'Start', en: 'Start' },
  { to: '/dateien', icon: 'folder', de: 'Dateien', en: 'Files' },
  { to: '/bereiche', icon: 'group', de: 'Bereiche', en: 'Spaces', isMinor: true },
  { to: '/favoriten', icon: 'star', de: 'Favoriten', en: 'Favourites', isMinor: true },
  { to: '/papierkorb', icon: 'trash', de: 'Papierkorb', en: 'Trash', isMinor: true },
  { to: '/formulare', icon: 'list', de: 'Formulare', en: 'Forms', role: 'editor', isMinor: true },
  { to: '/redaktion', icon: 'edit', de: 'Redaktion', en: 'Editorial office', role: 'editor', isMinor: true },
  { to: '/eingang', icon: 'archive', de: 'Eingang', en: 'Tray' },
  { to: '/eingang/am-schalter', icon: 'person', de: 'Am Schalter', en: 'At the counter', role: 'counter' },
  { to: '/zustellungen', icon: 'share', de: 'Zustellung', en: 'Delivery', isMinor: true },
  { to: '/kasse', icon: 'list', de: 'Kasse', en: 'Treasury', role: 'treasurer' },
  { to: '/briefe', icon: 'mail', de: 'Briefe', en: 'Letters', isMinor: true },
  { to: '/kennzahlen', icon: 'chart', de: 'Kennzahlen', en: 'Indicators', role: 'any', isMinor: true },
  { to: '/verwaltung', icon: 'settings', de: 'Verwaltung', en: 'Administration', role: 'tenantAdministrator' },
  {
    to: '/verwaltung/protokoll',
    icon: 'history',
    de: 'Protokoll',
    en: 'Audit trail',
    role: 'auditor',
    unlessRole: 'tenantAdministrator',
  },
  { to: '/anbieter', icon: 'building', de: 'Mandanten', en: 'Tenants', role: 'providerOperator' },
  { to: '/postausgang', icon: 'mail', de: 'Postausgang', en: 'Outbox', isDemoOnly: true, isMinor: true },
  { to: '/konto', icon: 'person', de: 'Konto', en: 'Account', isMinor: true },
];

/** The rooms that exist for somebody with these roles. */
export function placesFor(roles: readonly Role[], isDemo: boolean): readonly PlaceDefinition[] {
  const has = (role: Role | 'any' | undefined, otherwise: boolean) => {
    if (role === 'any') return roles.length > 0;
    return role ? roles.includes(role) : otherwise;
  };
  return places.filter(
    ({ role, unlessRole, isDemoOnly }) => has(role, true) && !has(unlessRole, false) && (!isDemoOnly || isDemo),
  );
}
