import { index, layout, prefix, type RouteConfig, route } from '@react-router/dev/routes';

const accounts = (page: string) => `modules/accounts/pages/${page}.tsx`;
const files = (page: string) => `modules/files/pages/${page}.tsx`;
const mailbox = (page: string) => `modules/mailbox/pages/${page}.tsx`;
const notifications = (page: string) => `modules/notifications/pages/${page}.tsx`;
const finder = (page: string) => `modules/finder/pages/${page}.tsx`;
const delivery = (page: string) => `modules/delivery/pages/${page}.tsx`;
const forms = (page: string) => `modules/forms/pages/${page}.tsx`;
const indicators = (page: string) => `modules/indicators/pages/${page}.tsx`;
const intake = (page: string) => `modules/intake/pages/${page}.tsx`;
const payments = (page: string) => `modules/payments/pages/${page}.tsx`;
const tenants = (page: string) => `modules/tenants/pages/${page}.tsx`;

/** Pages without script, for people who are not signed in: the way in, and the citizens' search. */
const portal = [
  route('anmelden', accounts('sign-in')),
  route('passwort-vergessen', accounts('forgotten')),
  route('link/:token', accounts('link')),
  route('identitaet', accounts('identity')),
  route('suche', finder('search-page')),
  route('leistung/:key', finder('public-service')),
  route('stelle/:key', finder('authority')),
  route('lebenslage/:key', finder('life-event')),
  route('einbetten', finder('embed')),
  route('redaktion/:id/vorschau', finder('editor-preview')),
  route('bezahlung/:token', payments('pay')),
  route('bezahlung/:token/zurueck', payments('back')),
  route('formulare/eigene/:form/probe/ende', forms('editor-trial-end')),
  route('formulare/eigene/:form/probe/:page?', forms('editor-trial')),
  route('antrag/weiter', forms('way-back')),
  route('antrag/status/:token', forms('status')),
  route('antrag/status/:token/antworten/:request', forms('answer')),
  route('antrag/:form', forms('start')),
  route('antrag/:form/:token', forms('resume')),
  route('antrag/:form/:token/pruefen', forms('check')),
  route('antrag/:form/:token/speichern', forms('save')),
  route('antrag/:form/:token/ausweisen', forms('prove')),
  route('antrag/:form/:token/:page', forms('question')),
  route('rueckmeldung/:token', indicators('feedback')),
  ...['impressum', 'datenschutz', 'barrierefreiheit'].map((path) => route(path, tenants('legal'), { id: path })),
  ...prefix('postfach', [
    index(mailbox('letters')),
    route('anmelden', accounts('citizen-sign-in')),
    route('anlegen', accounts('citizen-register')),
    route('passwort-vergessen', accounts('citizen-forgotten')),
    route('link/:token', accounts('citizen-link')),
    route('konto', accounts('citizen-account')),
    route('antraege', forms('own')),
    route(':letter', mailbox('letter')),
    route(':letter/loeschen', mailbox('letter-remove')),
  ]),
  route('*', 'web/missing.tsx'),
];

/** What somebody sees of themselves. */
const own = layout(accounts('account-layout'), [
  route('konto', accounts('profile')),
  route('konto/bild', accounts('picture')),
  route('konto/sitzungen', accounts('sessions')),
  route('konto/app-passwoerter', accounts('app-passwords')),
  route('konto/app-passwoerter/:id/loeschen', accounts('device-wipe')),
]);

/** Files: folders with their dialogs and details on top, the trash of every space, favourites, spaces. */
const workplace = [
  route('geraet', accounts('device-done')),
  route('geraet/:token', accounts('device')),
  route('geraet/:token/app', accounts('device-carried')),
  index(files('start')),
  route('dateien/suche', files('search')),
  route('dateien/:id?', files('folder'), [
    route('neuer-ordner', files('new-folder')),
    route('hinzufuegen', files('add-files')),
    route('verschieben', files('carry')),
    route('verbinden', files('connect')),
    route('tasten', files('keys')),
    route('eintrag/:node', files('entry')),
  ]),
  route('papierkorb/:space?', files('trash'), [
    route('leeren', files('trash-empty')),
    route('entfernen', files('trash-purge')),
    route('zurueckholen', files('trash-elsewhere')),
  ]),
  route('favoriten', files('favourites')),
  route('bereiche', files('spaces')),
  route('bereiche/:id', files('space')),
];

/** What is owed to one authority. */
const treasury = [
  route('kasse', payments('treasury')),
  route('kasse/abgleich', payments('reconcile')),
  route('kasse/:id', payments('payment')),
  route('kasse/:id/:act', payments('act')),
];

/** What arrived for an office. */
const receivingOffice = [
  route('eingang', intake('tray')),
  route('eingang/zahlen', intake('figures')),
  route('eingang/vertretung', intake('absence')),
  route('eingang/fristen', intake('deadlines')),
  route('eingang/gebuehren', intake('fees')),
  route('eingang/am-schalter', forms('counter')),
  route('eingang/am-schalter/:form', forms('counter-begin')),
  route('eingang/am-schalter/beleg/:token', forms('counter-paper')),
  route('eingang/stellen', intake('consulted')),
  route('eingang/:id', intake('item')),
  route('eingang/:id/stellungnahmen', intake('statements')),
  route('eingang/:id/:act', intake('act')),
  route('stellungnahmen', intake('consultations')),
  route('stellungnahmen/:id', intake('consultation')),
];

/** What the finder says: written, approved and kept up to date here. */
const editorialOffice = layout(
  finder('editor-layout'),
  prefix('redaktion', [
    index(finder('editor-home')),
    route('leistungen', finder('editor-catalogue')),
    route('eintraege', finder('editor-list')),
    route('neu', finder('editor-new')),
    route('zustaendig', finder('editor-probe')),
    route('lebenslagen', finder('editor-events')),
    route('woerter', finder('editor-words')),
    route('austausch', finder('editor-exchange')),
    route('verzeichnis', finder('editor-register')),
    route(':id', finder('editor-entry')),
    route(':id/bearbeiten', finder('editor-edit')),
    route(':id/vergleich', finder('editor-compare')),
  ]),
);

/** Forms an authority writes itself. */
const formEditor = prefix('formulare/eigene', [
  index(forms('editor-list')),
  route('neu', forms('editor-new')),
  route('fim', forms('editor-fim')),
  route(':form', forms('editor')),
  route(':form/angaben', forms('editor-basics')),
  route(':form/gebuehr', forms('editor-fee')),
  route(':form/gebuehr/frei', forms('editor-condition'), { id: 'editor-free-condition' }),
  route(':form/gebuehr/posten/:item', forms('editor-sum'), { id: 'editor-fee-item' }),
  route(':form/gebuehr/posten/:item/wann', forms('editor-condition'), { id: 'editor-item-condition' }),
  route(':form/werte', forms('editor-values')),
  route(':form/werte/:value', forms('editor-sum'), { id: 'editor-value' }),
  route(':form/pruefung', forms('editor-checks')),
  route(':form/schema', forms('editor-left')),
  route(':form/verlauf', forms('editor-history')),
  route(':form/veroeffentlichen', forms('editor-publish')),
  route(':form/seite/:page', forms('editor-page')),
  route(':form/seite/:page/wann', forms('editor-condition'), { id: 'editor-page-condition' }),
  route(':form/frage/:field', forms('editor-question')),
  route(':form/frage/:field/wann', forms('editor-condition'), { id: 'editor-question-condition' }),
]);

/** The engine room of one authority. */
const administration = layout(
  'web/administration.tsx',
  prefix('verwaltung', [
    index('web/administration-home.tsx'),
    route('personen', accounts('people')),
    route('personen/neu', accounts('invite')),
    route('personen/einlesen', accounts('import')),
    route('personen/:id', accounts('person')),
    route('personen/:id/sperren', accounts('disable')),
    route('personen/:id/geraete', accounts('person-devices')),
    route('personen/:id/geraete/:device/loeschen', accounts('person-device-wipe')),
    route('gruppen', accounts('groups')),
    route('gruppen/:id', accounts('group')),
    route('einheiten', accounts('units')),
    route('einheiten/:id', accounts('unit')),
    route('bereiche', files('admin-spaces')),
    route('bereiche/neu', files('admin-new-space')),
    route('bereiche/personen', files('admin-personal')),
    route('bereiche/personen/:account', files('admin-hand-over')),
    route('bereiche/:id', files('admin-space')),
    route('regeln', tenants('policies')),
    route('regeln/:name', tenants('policy')),
    route('erscheinungsbild', tenants('branding')),
    route('pflichtangaben', tenants('legal-settings')),
    route('bezahldienst', payments('settings')),
    route('zustellung', delivery('setup')),
    route('zustellung/ziel/:form', delivery('destination')),
    route('zustellung/empfang/:id', delivery('inbox')),
    route('zustellung/abholung', delivery('kept')),
    route('protokoll', accounts('trail')),
  ]),
);

/** The engine room of the provider. */
const provider = prefix('anbieter', [
  index(tenants('list')),
  route('neu', tenants('new')),
  route(':tenant', tenants('tenant')),
  route(':tenant/sperren', tenants('suspend')),
  route(':tenant/verwalter', accounts('administrator')),
]);

/** Every page of the house and its address. Addresses are German: people read them, and read them out to each other. */
export default [
  route('ansicht', 'web/preferences.tsx'),
  route('abmelden', accounts('sign-out')),
  route('einbetten/suche', finder('embed-search')),
  layout('web/portal.tsx', portal),
  layout('web/workplace.tsx', [
    ...workplace,
    own,
    administration,
    ...receivingOffice,
    editorialOffice,
    ...treasury,
    route('kennzahlen', indicators('indicators')),
    route('kennzahlen/rueckmeldungen', indicators('remarks')),
    ...provider,
    route('zustellungen', delivery('deliveries')),
    route('zustellungen/:id', delivery('delivery')),
    route('briefe', mailbox('sent-list')),
    route('briefe/neu', mailbox('sent-new')),
    route('briefe/drucken', mailbox('sent-print')),
    route('briefe/drucken/vermerken', mailbox('sent-posted')),
    route('briefe/:id', mailbox('sent-letter')),
    ...formEditor,
    route('formulare', forms('local-list')),
    route('formulare/:form', forms('local')),
    route('mitteilungen', notifications('notices')),
    route('mitteilungen/:notice', notifications('follow')),
    route('postausgang', accounts('outbox')),
    route('baukasten', 'web/kit.tsx'),
  ]),
] satisfies RouteConfig;
