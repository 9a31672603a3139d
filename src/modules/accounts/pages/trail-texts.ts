/** Words of the audit trail. */
const german = {
  title: 'Protokoll',
  lead: 'Was in Ihrer Behörde verändert wurde. Jeder Eintrag ist mit dem vorigen verkettet; nachträglich ändern lässt sich keiner unbemerkt.',
  filter: 'Protokoll filtern',
  kind: 'Bereich',
  all: 'Alles',
  'accounts.': 'Personen und Gruppen',
  'tenants.': 'Behörde und Regeln',
  'files.': 'Dateien',
  show: 'Anzeigen',
  none: 'Keine Einträge',
  noneHint: 'Zu dieser Auswahl ist noch nichts protokolliert.',
  when: 'Zeitpunkt',
  who: 'Wer',
  house: 'System',
  what: 'Was',
  thing: 'Woran',
  details: 'Einzelheiten',
  number: 'Nr.',
};

export const trailTexts = {
  de: german,
  en: {
    title: 'Audit trail',
    lead: 'What was changed in your authority. Every entry is chained to the one before; none can be changed afterwards unnoticed.',
    filter: 'Filter the audit trail',
    kind: 'Area',
    all: 'Everything',
    'accounts.': 'People and groups',
    'tenants.': 'Authority and policies',
    'files.': 'Files',
    show: 'Show',
    none: 'No entries',
    noneHint: 'Nothing has been recorded for this choice yet.',
    when: 'Time',
    who: 'Who',
    house: 'System',
    what: 'What',
    thing: 'Thing',
    details: 'Details',
    number: 'No.',
  } satisfies typeof german,
};

/** What the actions are called, by their names in the trail. One that is missing here is shown by its name. */
export const actionTexts: Readonly<Record<'de' | 'en', Readonly<Record<string, string>>>> = {
  de: {
    'tenants.create': 'Mandant angelegt',
    'tenants.update': 'Angaben zur Behörde geändert',
    'tenants.setHosts': 'Adressen geändert',
    'tenants.setBranding': 'Erscheinungsbild geändert',
    'tenants.setPolicy': 'Regel entschieden',
    'tenants.suspend': 'Mandant gesperrt',
    'tenants.resume': 'Sperre aufgehoben',
    'tenants.retryTick': 'Einrichtung erneut angestoßen',
  },
  en: {
    'tenants.create': 'Tenant created',
    'tenants.update': 'Data of the authority changed',
    'tenants.setHosts': 'Hosts changed',
    'tenants.setBranding': 'Appearance changed',
    'tenants.setPolicy': 'Policy decided',
    'tenants.suspend': 'Tenant suspended',
    'tenants.resume': 'Tenant resumed',
    'tenants.retryTick': 'Set-up tried again',
  },
};

/** What an action is called. */
export const sayAction = (texts: Readonly<Record<string, string>>, action: string): string => texts[action] ?? action;
