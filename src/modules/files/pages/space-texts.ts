import type { Dictionary } from '#ui/view';
import type { SpaceRole } from '../rules.ts';

type SpaceTexts = {
  spaces: string;
  spacesLead: string;
  none: string;
  noneLead: string;
  name: string;
  role: string;
  roles: Readonly<Record<SpaceRole, string>>;
  roleHints: Readonly<Record<SpaceRole, string>>;
  usage: string;
  used: string;
  quota: string;
  unlimited: string;
  of: (used: string, quota: string) => string;
  members: string;
  open: string;
  trash: string;
  own: string;
  ownName: string;
  membersLead: string;
  noMembers: string;
  add: string;
  search: string;
  searchHint: string;
  found: string;
  nobodyFound: (search: string) => string;
  addAs: string;
  change: string;
  removeMember: string;
  kinds: Readonly<Record<'account' | 'group' | 'unit', string>>;
  gone: string;
  added: (name: string) => string;
  changed: (name: string) => string;
  removed: (name: string) => string;
  settings: string;
  description: string;
  save: string;
  saved: string;
  leave: string;
  askTitle: string;
  askGone: string;
  askLeft: (role: string, hint: string) => string;
  giveUp: string;
  keepRole: string;
  gaveUp: string;
};

export const spaceTexts: Dictionary<SpaceTexts> = {
  de: {
    spaces: 'Bereiche',
    spacesLead:
      'Orte, die mehreren gehören: einem Amt, einem Vorhaben, der ganzen Behörde. Was dort liegt, bleibt, auch wenn jemand geht.',
    none: 'Sie gehören noch zu keinem Bereich',
    noneLead: 'Ihre Verwaltung legt Bereiche an und nimmt Sie auf. Ihre eigenen Dateien finden Sie unter „Dateien“.',
    name: 'Name',
    role: 'Ihre Rolle',
    roles: { viewer: 'Lesen', uploader: 'Ablegen', editor: 'Bearbeiten', manager: 'Leiten' },
    roleHints: {
      viewer: 'sehen und herunterladen',
      uploader: 'dazu Neues ablegen, nichts ändern',
      editor: 'dazu ändern, verschieben, löschen',
      manager: 'dazu Mitglieder bestimmen und endgültig entfernen',
    },
    usage: 'Belegung',
    used: 'Belegt',
    quota: 'Kontingent',
    unlimited: 'ohne eigene Grenze',
    of: (used, quota) => `${used} von ${quota}`,
    members: 'Mitglieder',
    open: 'Öffnen',
    trash: 'Papierkorb',
    own: 'Eigene Dateien',
    ownName: 'Meine Dateien',
    membersLead: 'Personen, Gruppen und Organisationseinheiten. Wer über mehrere Wege dazugehört, hat die höchste Rolle.',
    noMembers: 'Noch niemand. Ohne Mitglieder sieht diesen Bereich niemand.',
    add: 'Aufnehmen',
    search: 'Suchen',
    searchHint: 'Person, Gruppe oder Organisationseinheit',
    found: 'Gefunden',
    nobodyFound: (search) =>
      `Zu „${search}“ wurde niemand gefunden. Gefunden wird, wer zu Ihrer Behörde gehört oder von ihrer Verwaltung eingeladen ist.`,
    addAs: 'Rolle',
    change: 'Ändern',
    removeMember: 'Herausnehmen',
    kinds: { account: 'Person', group: 'Gruppe', unit: 'Organisationseinheit' },
    gone: 'nicht mehr vorhanden',
    added: (name) => `${name} gehört jetzt zum Bereich.`,
    changed: (name) => `Rolle von ${name} geändert.`,
    removed: (name) => `${name} gehört nicht mehr zum Bereich.`,
    settings: 'Name und Beschreibung',
    description: 'Wofür ist dieser Bereich da?',
    save: 'Speichern',
    saved: 'Gespeichert.',
    leave: 'Verlassen',
    askTitle: 'Leitung abgeben?',
    askGone:
      'Sie gehören dann nicht mehr zu diesem Bereich und sehen nicht mehr, was darin liegt. Nur wer ihn leitet, oder Ihre Verwaltung, kann Sie wieder aufnehmen.',
    askLeft: (role, hint) =>
      `Sie haben dann selbst nur noch die Rolle „${role}“ (${hint}) und leiten den Bereich nicht mehr. Nur wer ihn leitet, oder Ihre Verwaltung, kann das zurücknehmen.`,
    giveUp: 'Leitung abgeben',
    keepRole: 'Leitung behalten',
    gaveUp: 'Sie gehören nicht mehr zum Bereich.',
  },
  en: {
    spaces: 'Spaces',
    spacesLead:
      'Places that belong to several people: an office, a project, the whole authority. What is there stays when somebody leaves.',
    none: 'You do not belong to a space yet',
    noneLead: 'Your administrators create spaces and add you. Your own files are under “Files”.',
    name: 'Name',
    role: 'Your role',
    roles: { viewer: 'View', uploader: 'Add', editor: 'Edit', manager: 'Manage' },
    roleHints: {
      viewer: 'see and download',
      uploader: 'also add new things, change nothing',
      editor: 'also change, move, delete',
      manager: 'also choose members and remove for good',
    },
    usage: 'Usage',
    used: 'Used',
    quota: 'Quota',
    unlimited: 'no limit of its own',
    of: (used, quota) => `${used} of ${quota}`,
    members: 'Members',
    open: 'Open',
    trash: 'Trash',
    own: 'Own files',
    ownName: 'My files',
    membersLead: 'People, groups and units. Whoever belongs in several ways has the highest role.',
    noMembers: 'Nobody yet. Without members nobody sees this space.',
    add: 'Add',
    search: 'Search',
    searchHint: 'Person, group or unit',
    found: 'Found',
    nobodyFound: (search) =>
      `Nobody was found for “${search}”. Found is who belongs to your authority or was invited by its administrators.`,
    addAs: 'Role',
    change: 'Change',
    removeMember: 'Remove',
    kinds: { account: 'Person', group: 'Group', unit: 'Unit' },
    gone: 'no longer there',
    added: (name) => `${name} belongs to the space now.`,
    changed: (name) => `Role of ${name} changed.`,
    removed: (name) => `${name} no longer belongs to the space.`,
    settings: 'Name and description',
    description: 'What is this space for?',
    save: 'Save',
    saved: 'Saved.',
    leave: 'Leave',
    askTitle: 'Give up managing?',
    askGone:
      'You will no longer belong to this space nor see what is in it. Only those who manage it, or your administrators, can add you again.',
    askLeft: (role, hint) =>
      `You yourself will only have the role “${role}” (${hint}) and no longer manage the space. Only those who manage it, or your administrators, can take this back.`,
    giveUp: 'Give up managing',
    keepRole: 'Go on managing',
    gaveUp: 'You no longer belong to the space.',
  },
};
