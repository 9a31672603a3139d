import type { LifeEventContent } from '../rules-content.ts';

/** Situations in life every new instance begins with; editors change them like any other text. */

type Told = Omit<LifeEventContent, 'icon' | 'order'>;

const told: Readonly<Record<Exclude<LifeEventContent['icon'], 'other'>, Told>> = {
  birth: {
    title: 'Geburt und Kind',
    text: 'Ein Kind kommt zur Welt: was anzuzeigen ist, welche Urkunden Sie brauchen und welches Geld Ihnen zusteht.',
    plain: 'Sie bekommen ein Kind? Hier steht, was Sie jetzt tun müssen. Und hier steht, welches Geld Sie bekommen.',
    titleEn: 'Birth and child',
    textEn: 'A child is born: what has to be reported, which certificates you need and which money you are entitled to.',
    services: ['geburt-anzeigen', 'geburtsurkunde', 'kindergeld', 'elterngeld', 'kita', 'unterhaltsvorschuss'],
  },
  school: {
    title: 'Kita und Schule',
    text: 'Vom Platz in der Kita über die Einschulung bis zum Schulbus.',
    plain: 'Ihr Kind kommt in die Kita oder in die Schule? Hier steht, wie Sie es anmelden.',
    titleEn: 'Day care and school',
    textEn: 'From a place in day care and starting school to the school bus.',
    services: ['kita', 'schulanmeldung', 'schuelerbefoerderung', 'bildung-teilhabe', 'bafoeg-schueler'],
  },
  studies: {
    title: 'Studium',
    text: 'Geld für das Studium und was Sie am neuen Ort erledigen.',
    plain: 'Sie studieren? Hier steht, wo Sie Geld bekommen und was Sie erledigen müssen.',
    titleEn: 'Studies',
    textEn: 'Money for your studies, and what to do in your new place.',
    services: ['bafoeg-studium', 'wohnsitz-anmelden', 'beglaubigung'],
  },
  work: {
    title: 'Arbeit',
    text: 'Was Arbeitgeber verlangen, und Hilfe, wenn die Arbeit fehlt.',
    plain: 'Sie suchen Arbeit oder fangen neu an? Hier steht, welche Papiere Sie brauchen.',
    titleEn: 'Work',
    textEn: 'What employers ask for, and help when there is no work.',
    services: ['fuehrungszeugnis', 'gesundheitszeugnis', 'steuer-id', 'buergergeld', 'gewerbeanmeldung'],
  },
  moving: {
    title: 'Umzug',
    text: 'Neue Wohnung, neue Adresse: was Sie ab- und ummelden und wie lange Sie Zeit haben.',
    plain: 'Sie ziehen um? Melden Sie sich am neuen Ort an. Hier steht, was noch zu tun ist.',
    titleEn: 'Moving',
    textEn: 'New home, new address: what to register, deregister and by when.',
    services: ['wohnsitz-anmelden', 'wohnsitz-abmelden', 'kfz-zulassung', 'bewohnerparkausweis', 'sperrmuell', 'sondernutzung'],
  },
  marriage: {
    title: 'Heirat',
    text: 'Vom Anmelden der Eheschließung bis zum neuen Namen.',
    plain: 'Sie wollen heiraten? Hier steht, was Sie beim Standesamt tun müssen.',
    titleEn: 'Marriage',
    textEn: 'From registering the marriage to your new name.',
    services: ['eheschliessung', 'namensaenderung', 'eheurkunde'],
  },
  building: {
    title: 'Bauen und Wohnen',
    text: 'Haus, Carport, Baum, Grundstück: was Sie dürfen und wen Sie fragen.',
    plain: 'Sie wollen bauen? Fragen Sie vorher. Hier steht, wen Sie fragen.',
    titleEn: 'Building and housing',
    textEn: 'House, carport, tree, land: what is allowed and whom to ask.',
    services: ['baugenehmigung', 'bauleitplanung', 'abbruch', 'baum-faellen', 'grundbuch', 'grundsteuer'],
  },
  business: {
    title: 'Firma und Gewerbe',
    text: 'Ein Gewerbe beginnen, verlegen oder beenden, und was dafür zu erlauben ist.',
    plain: 'Sie wollen eine Firma gründen? Hier steht, was Sie anmelden müssen.',
    titleEn: 'Business',
    textEn: 'Starting, moving or ending a business, and the permits it needs.',
    services: ['gewerbeanmeldung', 'gaststaette', 'reisegewerbe', 'gesundheitszeugnis', 'sondernutzung'],
  },
  vehicle: {
    title: 'Auto und Verkehr',
    text: 'Fahrzeug, Führerschein und Parken.',
    plain: 'Sie haben ein Auto oder wollen fahren lernen? Hier steht, wo Sie hingehen.',
    titleEn: 'Car and traffic',
    textEn: 'Vehicle, driving licence and parking.',
    services: ['kfz-zulassung', 'fuehrerschein', 'bewohnerparkausweis', 'behindertenparkausweis'],
  },
  animals: {
    title: 'Tiere',
    text: 'Hunde, Angeln und was dafür anzumelden ist.',
    plain: 'Sie haben einen Hund oder wollen angeln? Hier steht, was Sie anmelden müssen.',
    titleEn: 'Animals',
    textEn: 'Dogs, fishing and what has to be registered for them.',
    services: ['hundesteuer', 'gefaehrlicher-hund', 'fischereischein'],
  },
  money: {
    title: 'Geld und Steuern',
    text: 'Hilfe, wenn das Geld nicht reicht, und Steuern, die die Gemeinde erhebt.',
    plain: 'Ihr Geld reicht nicht? Hier steht, wer Ihnen hilft.',
    titleEn: 'Money and taxes',
    textEn: 'Help when there is not enough money, and taxes the municipality collects.',
    services: ['wohngeld', 'buergergeld', 'sozialhilfe', 'kindergeld', 'bildung-teilhabe', 'grundsteuer', 'hundesteuer'],
  },
  illness: {
    title: 'Krankheit und Behinderung',
    text: 'Ausweise und Hilfen für Menschen mit Behinderung oder Krankheit.',
    plain: 'Sie haben eine Behinderung oder sind krank? Hier steht, welche Hilfe es gibt.',
    titleEn: 'Illness and disability',
    textEn: 'Passes and support for people with a disability or an illness.',
    services: ['schwerbehindertenausweis', 'behindertenparkausweis', 'sozialhilfe'],
  },
  age: {
    title: 'Alter',
    text: 'Wenn die Rente nicht reicht, und was im Alter leichter wird.',
    plain: 'Sie sind älter und brauchen Hilfe? Hier steht, wer Ihnen hilft.',
    titleEn: 'Old age',
    textEn: 'When the pension is too small, and what becomes easier in old age.',
    services: ['sozialhilfe', 'wohngeld', 'schwerbehindertenausweis'],
  },
  death: {
    title: 'Todesfall',
    text: 'Was nach einem Todesfall zu tun ist, Schritt für Schritt.',
    plain: 'Jemand ist gestorben? Hier steht, was Sie jetzt tun müssen.',
    titleEn: 'Death',
    textEn: 'What to do after a death, step by step.',
    services: ['sterbefall', 'grab', 'grundbuch'],
  },
  travel: {
    title: 'Reisen',
    text: 'Papiere für die Reise, und was zu tun ist, wenn sie fehlen.',
    plain: 'Sie wollen verreisen? Hier steht, welche Papiere Sie brauchen.',
    titleEn: 'Travel',
    textEn: 'Papers for your journey, and what to do when they are lost.',
    services: ['reisepass', 'personalausweis', 'personalausweis-verlust', 'fuehrerschein'],
  },
  migration: {
    title: 'Leben in Deutschland',
    text: 'Aufenthalt, Anmeldung und Einbürgerung.',
    plain: 'Sie kommen aus einem anderen Land? Hier steht, welche Papiere Sie brauchen.',
    titleEn: 'Living in Germany',
    textEn: 'Residence, registration and naturalisation.',
    services: ['aufenthaltstitel', 'wohnsitz-anmelden', 'einbuergerung', 'steuer-id'],
  },
  papers: {
    title: 'Ausweise und Urkunden',
    text: 'Ausweis, Pass, Zeugnisse und Urkunden: beantragen, verlängern, als verloren melden.',
    plain: 'Sie brauchen einen Ausweis oder eine Urkunde? Hier steht, wo Sie sie bekommen.',
    titleEn: 'Papers and certificates',
    textEn: 'Identity card, passport and certificates: apply, renew, report as lost.',
    services: [
      'personalausweis',
      'personalausweis-verlust',
      'reisepass',
      'fuehrungszeugnis',
      'geburtsurkunde',
      'meldebescheinigung',
    ],
  },
  event: {
    title: 'Feste und Veranstaltungen',
    text: 'Fest, Umzug, Feuer oder Markt: was Sie vorher anzeigen.',
    plain: 'Sie planen ein Fest? Sagen Sie vorher der Gemeinde Bescheid. Hier steht, wie.',
    titleEn: 'Events',
    textEn: 'Festival, parade, bonfire or market: what to notify in advance.',
    services: ['veranstaltung-anzeigen', 'sondernutzung', 'gaststaette'],
  },
};

/** Steps of ten leave room between two. */
const step = 10;

export const lifeEvents: readonly { readonly key: string; readonly content: LifeEventContent }[] = Object.entries(told).map(
  ([key, content], index) => ({
    key,
    content: { ...content, icon: key as LifeEventContent['icon'], order: (index + 1) * step },
  }),
);
