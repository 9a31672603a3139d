import type { TenantKind } from '#modules/tenants';
import type { Role } from '#platform/context';

/**
 * The cast: the same tenants and people in the tests, in the demonstration and in the documentation. Nothing but facts, so that
 * tests and demonstration share them without knowing anything else of each other.
 */

/** Everybody's password. */
export const password = 'rennsteig-demo';

export type TenantFacts = {
  readonly slug: string;
  readonly name: string;
  readonly kind: TenantKind;
  /** Name in the code of the tenant above. */
  readonly below?: string;
  readonly municipalityKey?: string;
};

/** The tenants, those above before those below. Keys: Amtliches Gemeindeverzeichnis. */
export const tenantFacts = {
  tlrz: { slug: 'tlrz', name: 'Thüringer Landesrechenzentrum', kind: 'provider' },
  itVerbund: { slug: 'it-verbund-nordthueringen', name: 'IT-Verbund Nordthüringen', kind: 'consortium' },
  ellrich: { slug: 'ellrich', name: 'Stadt Ellrich', kind: 'municipality', below: 'itVerbund', municipalityKey: '16062005' },
  heringenHelme: {
    slug: 'heringen-helme',
    name: 'Stadt Heringen/Helme',
    kind: 'municipality',
    below: 'itVerbund',
    municipalityKey: '16062064',
  },
  werther: { slug: 'werther', name: 'Gemeinde Werther', kind: 'municipality', below: 'itVerbund', municipalityKey: '16062063' },
  kyffhaeuserland: {
    slug: 'kyffhaeuserland',
    name: 'Gemeinde Kyffhäuserland',
    kind: 'municipality',
    below: 'itVerbund',
    municipalityKey: '16065085',
  },
  schmalkaldenMeiningen: { slug: 'schmalkalden-meiningen', name: 'Landkreis Schmalkalden-Meiningen', kind: 'district' },
  rhoenblick: {
    slug: 'rhoenblick',
    name: 'Gemeinde Rhönblick',
    kind: 'municipality',
    below: 'schmalkaldenMeiningen',
    municipalityKey: '16066093',
  },
} as const satisfies Record<string, TenantFacts>;

export type TenantName = keyof typeof tenantFacts;

export type PersonFacts = {
  readonly address: string;
  readonly name: string;
  readonly tenant: TenantName;
  readonly roles?: readonly Role[];
  /** Has an account of the portal in the demonstration, and none of the staff's. */
  readonly isCitizen?: true;
};

/**
 * Gero is Anna's guest: until guests have a room of their own, an account without a role. Celik is a citizen; tests settle her among the
 * staff, too, where they need one person more.
 */
export const personFacts = {
  paula: {
    address: 'paula@tlrz.example',
    name: 'Paula Preiß',
    tenant: 'tlrz',
    roles: ['providerOperator', 'tenantAdministrator'],
  },
  ida: { address: 'ida@rechnungshof.example', name: 'Ida Irmscher', tenant: 'tlrz', roles: ['auditor'] },
  celik: { address: 'celik@post.example', name: 'Celik Çetin', tenant: 'tlrz', isCitizen: true },
  dora: { address: 'dora@ellrich.example', name: 'Dora Döring', tenant: 'ellrich', roles: ['tenantAdministrator'] },
  anna: { address: 'anna@ellrich.example', name: 'Anna Apel', tenant: 'ellrich' },
  bernd: { address: 'bernd@ellrich.example', name: 'Bernd Böhme', tenant: 'ellrich' },
  gero: { address: 'gero@planung.example', name: 'Gero Groß', tenant: 'ellrich' },
  emil: { address: 'emil@rhoenblick.example', name: 'Emil Eckardt', tenant: 'rhoenblick' },
} as const satisfies Record<string, PersonFacts>;

export type PersonName = keyof typeof personFacts;
