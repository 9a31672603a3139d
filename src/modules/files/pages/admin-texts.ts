import type { Dictionary } from '#ui/view';

type AdminTexts = {
  title: string;
  lead: string;
  usage: string;
  tenant: (used: string, quota: string) => string;
  tenantUnlimited: (used: string) => string;
  shared: string;
  personal: string;
  free: string;
  what: string;
  count: string;
  used: string;
  spaces: string;
  none: string;
  noneLead: string;
  owner: string;
  authority: string;
  add: string;
  newTitle: string;
  name: string;
  nameHint: string;
  description: string;
  quota: string;
  quotaHint: string;
  quotaBad: string;
  manager: string;
  managerHint: string;
  managerUnknown: (name: string) => string;
  managerMany: (name: string) => string;
  create: string;
  created: (name: string) => string;
  settings: string;
  save: string;
  saved: string;
  remove: string;
  removeLead: (days: string) => string;
  removed: (name: string) => string;
  removedTitle: string;
  removedLead: string;
  removedAt: string;
  purgedAt: string;
  restore: string;
  restored: (name: string) => string;
  personalTitle: string;
  personalLead: string;
  left: string;
  handOver: (name: string) => string;
  person: string;
  set: string;
  quotaSet: (name: string) => string;
  gone: string;
  noContent: string;
  notLed: string;
  share: (percent: string) => string;
};

export const adminTexts: Dictionary<AdminTexts> = {
  de: {
    title: 'Bereiche',
    lead: 'Bereiche gehören der Behörde oder einer Organisationseinheit, nie einer Person. Was darin liegt, sehen nur die Mitglieder, auch Sie nicht.',
    usage: 'Belegung der Behörde',
    tenant: (used, quota) => `${used} von ${quota} belegt`,
    tenantUnlimited: (used) => `${used} belegt, ohne Grenze`,
    shared: 'Gemeinsame Bereiche',
    personal: 'Eigene Dateien der Personen',
    free: 'Frei',
    what: 'Was',
    count: 'Anzahl',
    used: 'Belegt',
    spaces: 'Gemeinsame Bereiche',
    none: 'Noch kein Bereich',
    noneLead: 'Legen Sie für ein Amt oder ein Vorhaben den ersten an und bestimmen Sie, wer ihn leitet.',
    owner: 'Gehört',
    authority: 'Behörde',
    add: 'Neuer Bereich',
    newTitle: 'Neuer Bereich',
    name: 'Name',
    nameHint: 'Unter diesem Namen erscheint er bei allen Mitgliedern, auch im Dateimanager.',
    description: 'Wofür ist er da?',
    quota: 'Kontingent in GB',
    quotaHint: 'Leer lassen für „ohne eigene Grenze“; das Kontingent der Behörde gilt immer.',
    quotaBad: 'Bitte geben Sie das Kontingent als Zahl in GB an, zum Beispiel 50 oder 0,5.',
    manager: 'Wer leitet ihn?',
    managerHint:
      'Name oder E-Mail-Adresse einer Person, Name einer Gruppe oder Einheit. Weitere Mitglieder nimmt die Leitung auf.',
    managerUnknown: (name) => `Zu „${name}“ wurde niemand gefunden.`,
    managerMany: (name) => `„${name}“ passt auf mehrere. Bitte geben Sie die E-Mail-Adresse oder den vollen Namen an.`,
    create: 'Anlegen',
    created: (name) => `Bereich „${name}“ angelegt.`,
    settings: 'Einstellungen',
    save: 'Speichern',
    saved: 'Gespeichert.',
    remove: 'Bereich entfernen',
    removeLead: (days) =>
      `Er verschwindet sofort bei allen Mitgliedern. ${days} Tage lang lässt er sich mit allem zurückholen, danach wird er endgültig gelöscht.`,
    removed: (name) => `Bereich „${name}“ entfernt.`,
    removedTitle: 'Entfernte Bereiche',
    removedLead: 'Bis zum genannten Tag lassen sie sich mit Inhalt und Mitgliedern zurückholen.',
    removedAt: 'Entfernt',
    purgedAt: 'Endgültig gelöscht am',
    restore: 'Zurückholen',
    restored: (name) => `Bereich „${name}“ zurückgeholt.`,
    personalTitle: 'Eigene Dateien der Personen',
    personalLead: 'Die vollsten zuerst. Sie sehen, wie viel jemand belegt, nicht was.',
    left: 'Zugang gesperrt.',
    handOver: (name) => `Dateien von ${name} übergeben`,
    person: 'Person',
    set: 'Kontingent setzen',
    quotaSet: (name) => `Kontingent von ${name} gesetzt.`,
    gone: 'nicht mehr vorhanden',
    noContent: 'Den Inhalt sehen nur Mitglieder.',
    notLed: 'Niemand mit aktivem Zugang leitet diesen Bereich. Bitte geben Sie jemandem die Rolle „Leiten“.',
    share: (percent) => `${percent} %`,
  },
  en: {
    title: 'Spaces',
    lead: 'Spaces belong to the authority or to a unit, never to a person. Only members see what is in them, not even you.',
    usage: "The authority's usage",
    tenant: (used, quota) => `${used} of ${quota} used`,
    tenantUnlimited: (used) => `${used} used, without limit`,
    shared: 'Shared spaces',
    personal: "People's own files",
    free: 'Free',
    what: 'What',
    count: 'Count',
    used: 'Used',
    spaces: 'Shared spaces',
    none: 'No space yet',
    noneLead: 'Create the first one for an office or a project, and choose who manages it.',
    owner: 'Belongs to',
    authority: 'Authority',
    add: 'New space',
    newTitle: 'New space',
    name: 'Name',
    nameHint: 'All members see it under this name, in their file manager too.',
    description: 'What is it for?',
    quota: 'Quota in GB',
    quotaHint: 'Leave empty for “no limit of its own”; the quota of the authority always holds.',
    quotaBad: 'Please enter the quota as a number of GB, for example 50 or 0.5.',
    manager: 'Who manages it?',
    managerHint: 'Name or e-mail address of a person, name of a group or unit. The manager adds further members.',
    managerUnknown: (name) => `Nobody was found for “${name}”.`,
    managerMany: (name) => `“${name}” fits several. Please enter the e-mail address or the full name.`,
    create: 'Create',
    created: (name) => `Space “${name}” created.`,
    settings: 'Settings',
    save: 'Save',
    saved: 'Saved.',
    remove: 'Remove space',
    removeLead: (days) =>
      `It vanishes for all members at once. For ${days} days it can be brought back with everything in it, then it is deleted for good.`,
    removed: (name) => `Space “${name}” removed.`,
    removedTitle: 'Removed spaces',
    removedLead: 'Until the day given they can be brought back with content and members.',
    removedAt: 'Removed',
    purgedAt: 'Deleted for good on',
    restore: 'Restore',
    restored: (name) => `Space “${name}” restored.`,
    personalTitle: "People's own files",
    personalLead: 'The fullest first. You see how much somebody uses, not what.',
    left: 'Account disabled.',
    handOver: (name) => `Hand over the files of ${name}`,
    person: 'Person',
    set: 'Set quota',
    quotaSet: (name) => `Quota of ${name} set.`,
    gone: 'no longer there',
    noContent: 'Only members see the content.',
    notLed: 'Nobody with an active account manages this space. Please give somebody the role “Manage”.',
    share: (percent) => `${percent} %`,
  },
};
