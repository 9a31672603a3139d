import type { Locale } from '#platform/words';
import type { LegalContact, LegalKind } from './rules-legal.ts';

/** What a template is filled with; what is empty is left out with its line. */
export type LegalFacts = LegalContact & { readonly name: string; readonly address: string; readonly provider: string };

type Line = string | false;
type Template = (facts: LegalFacts) => readonly Line[];

const orElse = (text: string, other: string) => (text === '' ? other : text);

const imprint: Record<Locale, Template> = {
  // § 5 DDG (Digitale-Dienste-Gesetz)
  de: (f) => [
    '## Herausgeber',
    f.name,
    f.address,
    f.representedBy && `\nVertreten durch: ${f.representedBy}`,
    (f.phone || f.email) && '\n## Kontakt',
    f.phone && `Telefon: ${f.phone}`,
    f.email && `E-Mail: ${f.email}`,
    f.supervision && `\n## Aufsichtsbehörde\n${f.supervision}`,
    `\n## Technischer Betrieb\n${f.provider}`,
  ],
  en: (f) => [
    '## Publisher',
    f.name,
    f.address,
    f.representedBy && `\nRepresented by: ${f.representedBy}`,
    (f.phone || f.email) && '\n## Contact',
    f.phone && `Phone: ${f.phone}`,
    f.email && `E-mail: ${f.email}`,
    f.supervision && `\n## Supervisory authority\n${f.supervision}`,
    `\n## Technical operation\n${f.provider}`,
  ],
};

const privacy: Record<Locale, Template> = {
  // Art. 13 DSGVO: who, why, on what ground, who gets it, how long, which rights.
  de: (f) => [
    '## Wer verantwortlich ist',
    f.name,
    f.address,
    f.email && `E-Mail: ${f.email}`,
    `\nDatenschutzbeauftragte oder Datenschutzbeauftragter: ${orElse(f.dataProtection, `über die Anschrift von ${f.name} zu erreichen`)}`,
    '\n## Was gespeichert wird und wozu',
    '- Ihr Zugang: Name, dienstliche E-Mail-Adresse, Einheit und Gruppen. Damit wird entschieden, was Sie sehen dürfen.',
    '- Ihre Anmeldungen: Zeitpunkt, Netzadresse und Art des Geräts. Sie sehen sie unter „Konto“ und können sie beenden.',
    '- Dateien, Kommentare und was Sie sonst selbst eingeben.',
    '- Ein Protokoll, wer wann was verändert hat, damit Änderungen nachvollziehbar bleiben.',
    '- Technische Meldungen des Servers ohne Inhalte, um Fehler zu finden.',
    '\nGrundlage ist die Aufgabe der Behörde im öffentlichen Interesse (Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit dem Landesdatenschutzgesetz), für Beschäftigte auch das Beschäftigtendatenschutzrecht.',
    '\n## Cookies',
    'Gesetzt werden nur Cookies, ohne die es nicht geht: für Ihre Anmeldung, die gewählte Sprache und die Darstellung. Es gibt keine Auswertung Ihres Verhaltens, keine Werbung und nichts, was von anderen Anbietern geladen wird.',
    '\n## Wer die Daten bekommt',
    `Betrieben wird die Cloud im Auftrag von ${f.name} durch ${f.provider} (Art. 28 DSGVO). Dateien liegen dort verschlüsselt; der Betrieb sieht ihre Inhalte nicht ein. An andere gehen Daten nur, wenn Sie selbst etwas freigeben oder ein Gesetz es verlangt.`,
    '\n## Wie lange',
    'Gelöschtes liegt für die eingestellte Zeit im Papierkorb und wird danach endgültig entfernt. Das Protokoll und die übrigen Angaben bleiben so lange, wie die Vorschriften zur Aufbewahrung es verlangen.',
    '\n## Ihre Rechte',
    'Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung und Widerspruch (Art. 15 bis 21 DSGVO). Beschweren können Sie sich bei der oder dem Landesbeauftragten für den Datenschutz.',
  ],
  en: (f) => [
    '## Who is responsible',
    f.name,
    f.address,
    f.email && `E-mail: ${f.email}`,
    `\nData protection officer: ${orElse(f.dataProtection, `to be reached at the address of ${f.name}`)}`,
    '\n## What is stored and what for',
    '- Your account: name, office e-mail address, unit and groups. They decide what you may see.',
    '- Your sign-ins: time, network address and kind of device. You see them under “Account” and can end them.',
    '- Files, comments and whatever else you enter yourself.',
    '- A trail of who changed what and when, so that changes can be followed.',
    '- Technical messages of the server, without content, to find errors.',
    '\nThe ground is the public task of the authority (Art. 6 (1) (e) GDPR together with the data protection law of the state), for staff also the law on the data of employees.',
    '\n## Cookies',
    'Only cookies that are needed are set: for your sign-in, the language and the appearance you chose. Your behaviour is not analysed, there is no advertising, and nothing is loaded from others.',
    '\n## Who gets the data',
    `The cloud is run by ${f.provider} on behalf of ${f.name} (Art. 28 GDPR). Files are kept there encrypted; those who run it do not look into them. Others get data only when you share something yourself or a law demands it.`,
    '\n## For how long',
    'What is deleted stays in the trash for the time that is set and is then removed for good. The trail and the other data stay as long as the rules on retention demand.',
    '\n## Your rights',
    'You have the right of access, rectification, erasure, restriction of processing and objection (Art. 15 to 21 GDPR). You can complain to the data protection commissioner of the state.',
  ],
};

const accessibility: Record<Locale, Template> = {
  // § 12b BGG, § 7 BITV 2.0, Durchführungsbeschluss (EU) 2018/1523: the model statement
  de: (f) => [
    `${f.name} ist bemüht, diese Anwendung im Einklang mit den Bestimmungen zur Barrierefreiheit der Richtlinie (EU) 2016/2102, des Behindertengleichstellungsgesetzes des Landes und der BITV 2.0 zugänglich zu machen.`,
    '\n## Stand der Vereinbarkeit',
    'Die Anwendung selbst ist mit den Anforderungen der EN 301 549 und der WCAG 2.1, Stufe AA, nach unserer Prüfung vereinbar. Geprüft werden alle Seiten bei jeder Änderung: automatisch gegen die Regeln, mit der Tastatur allein, ohne Skripte, bei 400 % Vergrößerung und in beiden Darstellungen. Diese Prüfung ist eine Selbstbewertung.',
    '\n## Nicht barrierefreie Inhalte',
    '- Dateien, die Beschäftigte oder andere hier ablegen, zum Beispiel eingescannte Schreiben und Pläne: Auf sie hat die Anwendung keinen Einfluss. Wenn Sie etwas daraus in anderer Form brauchen, schreiben Sie uns.',
    '\n## Barriere melden',
    'Ist Ihnen etwas aufgefallen, oder brauchen Sie einen Inhalt in anderer Form? Schreiben Sie uns, bitte mit der Adresse der Seite. Wir antworten so bald wie möglich, spätestens in einem Monat.',
    `\n${f.name}`,
    f.address,
    f.phone && `Telefon: ${f.phone}`,
    orElse(f.accessibility, f.email) && `E-Mail: ${orElse(f.accessibility, f.email)}`,
    '\n## Durchsetzung',
    'Erhalten Sie keine oder keine ausreichende Antwort, können Sie sich an die Durchsetzungsstelle oder die Schlichtungsstelle nach dem Gleichstellungsgesetz Ihres Landes wenden. Das Verfahren ist kostenlos.',
  ],
  en: (f) => [
    `${f.name} strives to make this application accessible in line with Directive (EU) 2016/2102, the equality law of the state and the German regulation BITV 2.0.`,
    '\n## Compliance status',
    'According to our own tests the application itself complies with EN 301 549 and WCAG 2.1, level AA. All pages are tested with every change: automatically against the rules, with the keyboard alone, without scripts, magnified to 400% and in both appearances. This is a self-assessment.',
    '\n## Content that is not accessible',
    '- Files that staff or others keep here, for example scanned letters and plans: the application has no influence on them. If you need something of them in another form, write to us.',
    '\n## Report a barrier',
    'Have you come across something, or do you need content in another form? Write to us, please with the address of the page. We answer as soon as we can, within a month at the latest.',
    `\n${f.name}`,
    f.address,
    f.phone && `Phone: ${f.phone}`,
    orElse(f.accessibility, f.email) && `E-mail: ${orElse(f.accessibility, f.email)}`,
    '\n## Enforcement',
    'If you get no answer or not a sufficient one, you can turn to the enforcement body or the arbitration body under the equality law of your state. This is free of charge.',
  ],
};

const templates: Record<LegalKind, Record<Locale, Template>> = { imprint, privacy, accessibility };

/** The text of a page as long as the authority has none of its own. */
export function fillLegal(kind: LegalKind, locale: Locale, facts: LegalFacts): string {
  return templates[kind]
    [locale](facts)
    .filter((line) => line !== false && line !== '')
    .join('\n');
}
