import type { Dictionary } from '#ui/view';

/** Words of the search on other sites. */
const german = {
  title: 'Suche einbetten',
  lead: 'Gemeinden, Kreise und Vereine können die Suche auf ihrer Internetseite zeigen: ohne Anmeldung, ohne Cookies, ohne fremde Anbieter. Niemand erfährt, wer gesucht hat.',
  place: 'Für welchen Ort?',
  placeHint: 'Name, Postleitzahl oder amtlicher Schlüssel; leer: Die Menschen geben ihren Ort selbst an',
  make: 'Einbettung zeigen',
  form: 'Als einfaches Formular',
  formLead: 'Ein paar Zeilen HTML, die Sie nach Ihrem Geschmack gestalten. Es wird nichts nachgeladen, bis jemand sucht.',
  frame: 'Als Rahmen',
  frameLead: 'Zeigt die Suche so, wie sie hier aussieht. Die Ergebnisse öffnen sich in einem eigenen Fenster.',
  api: 'Für eigene Programme',
  apiLead: 'Die Suche als Daten (JSON), beschrieben in OpenAPI:',
  mark: 'Einmal anklicken markiert alles. Bei einer Sicherheitsrichtlinie (Content-Security-Policy) Ihrer Seite nehmen Sie {origin} unter form-action oder frame-src auf.',
  look: 'So sieht der Rahmen aus',
  wish: 'Ihr Anliegen',
  ort: 'Ihr Ort',
  find: 'Suchen',
  searchIn: 'Was möchten Sie erledigen? Leistungen in {place}',
  search: 'Was möchten Sie erledigen?',
  apart: 'Die Ergebnisse öffnen sich in einem neuen Fenster.',
};

export const embedTexts: Dictionary<typeof german> = {
  de: german,
  en: {
    title: 'Embed the search',
    lead: 'Municipalities, districts and associations can show the search on their site: no sign-in, no cookies, no third party. Nobody learns who searched.',
    place: 'For which place?',
    placeHint: 'Name, postcode or official key; empty: people name their place themselves',
    make: 'Show how to embed it',
    form: 'As a plain form',
    formLead: 'A few lines of HTML that you style as you like. Nothing is loaded until somebody searches.',
    frame: 'As a frame',
    frameLead: 'Shows the search as it looks here. Results open in a window of their own.',
    api: 'For your own programs',
    apiLead: 'The search as data (JSON), described in OpenAPI:',
    mark: 'One click selects everything. If your site has a content security policy, add {origin} to form-action or frame-src.',
    look: 'What the frame looks like',
    wish: 'Your request',
    ort: 'Your place',
    find: 'Search',
    searchIn: 'What would you like to do? Services in {place}',
    search: 'What would you like to do?',
    apart: 'Results open in a new window.',
  },
};
