import type { EnglishText } from './text.ts';

const byMunicipality = ['depends on the municipality'];

/** Housing, building, traffic, animals, events: what `home.ts` says, in English. */
export const homeEnglish: Readonly<Record<string, EnglishText>> = {
  hundesteuer: {
    details:
      'The municipality sends a tax assessment and the dog tag. Reductions, for example for rescue or guide dogs, and the amount of the tax are laid down in the local dog tax statute. Under Thuringian law every dog also needs a microchip and a liability insurance.',
    documents: [
      'proof of liability insurance for the dog',
      'number of the dog’s microchip',
      'where it applies: proof for a reduction',
    ],
    fees: ['Registration is free of charge.', 'Dog tax and fee for the dog tag: depends on the municipality'],
    deadlines: ['mostly within two weeks, depending on the local statute'],
    duration: 'about two weeks until the assessment',
    steps: ['register the dog with the municipality’s form', 'receive the assessment and the dog tag', 'pay the tax'],
    assuranceSource: 'Notification under the local dog tax statute does not demand a written form.',
    keywords: ['register a dog', 'dog', 'dog tax', 'puppy', 'dog licence', 'dog tag', 'deregister a dog', 'pet'],
  },
  'gefaehrlicher-hund': {
    documents: ['certificate of good conduct', 'proof of expertise', 'liability insurance', 'temperament test'],
    fees: byMunicipality,
    steps: ['apply', 'prove your expertise', 'wait for the permit'],
    keywords: ['dangerous dog', 'fighting dog', 'muzzle', 'dog bite', 'temperament test'],
  },
  bewohnerparkausweis: {
    documents: [
      'vehicle registration certificate part I',
      'for somebody else’s vehicle: confirmation of the keeper that you use it permanently',
    ],
    fees: byMunicipality,
    deadlines: ['Renew it in good time before it expires.'],
    duration: 'a few days',
    steps: ['apply', 'pay the fee', 'put the permit into the vehicle'],
    keywords: ['resident parking', 'parking permit', 'residents parking permit', 'park in front of my house', 'parking'],
  },
  behindertenparkausweis: {
    documents: ['severely disabled person’s pass with the mark aG or Bl', 'photograph'],
    fees: ['free of charge'],
    steps: ['apply to the road traffic authority', 'receive the card'],
    keywords: ['disabled parking', 'blue badge', 'wheelchair', 'parking card for disabled people', 'handicapped parking'],
  },
  baugenehmigung: {
    details:
      'Whether a carport, a garden shed or a fence needs no permit depends on its size and place. Those who need no permit must still keep to building law. The building authority consults the municipality and other authorities; they give their statements.',
    documents: [
      'application for a building permit',
      'site plan',
      'construction drawings',
      'description of the building',
      'structural proof',
      'calculations of areas and volumes',
    ],
    fees: ['according to the Thuringian building fees ordinance, depending on the value of the project'],
    deadlines: ['Do not begin to build before you have the permit.', 'The permit is valid for three years.'],
    duration: 'about three months, when all documents are complete',
    steps: [
      'get advice beforehand',
      'submit the application with plans',
      'the municipality and other authorities give their statements',
      'decision',
      'notify the beginning of construction',
    ],
    assuranceSource:
      'The application can be made electronically in text form (§ 67 ThürBO); signatures of the designers remain reserved.',
    keywords: [
      ...['building permit', 'carport', 'garage', 'extension', 'build a house', 'planning permission', 'garden shed', 'fence'],
      ...['conservatory', 'change of use', 'loft conversion', 'patio roof', 'pool', 'balcony'],
    ],
  },
  abbruch: {
    documents: ['site plan', 'confirmation that neighbouring buildings remain stable'],
    fees: ['according to the Thuringian building fees ordinance'],
    deadlines: ['at least one month ahead'],
    steps: ['check whether it must be notified', 'submit the notification', 'wait for one month'],
    keywords: ['demolition', 'demolish a building', 'tear down', 'pull down a house'],
  },
  bauleitplanung: {
    fees: ['looking at the plan is free of charge'],
    steps: ['look at the plan online or at the building office', 'ask questions', 'for drafts: give your opinion'],
    keywords: ['development plan', 'zoning plan', 'building land', 'land use plan', 'building plot'],
  },
  grundbuch: {
    documents: ['identity card', 'proof of a legitimate interest, if you are not the owner'],
    fees: ['plain copy 10.00 euros', 'official copy 20.00 euros'],
    steps: ['find the land registry', 'apply', 'receive the copy'],
    keywords: ['land register', 'land registry', 'who owns a plot', 'property owner', 'title deed', 'mortgage entry'],
  },
  grundsteuer: {
    fees: ['the amount depends on the multiplier of the municipality'],
    deadlines: ['quarterly: 15 February, 15 May, 15 August, 15 November'],
    steps: ['check the assessment', 'pay or authorise direct debit', 'lodge an objection if there is a mistake'],
    keywords: ['property tax', 'land tax', 'real estate tax', 'tax assessment', 'house owner'],
  },
  'kfz-zulassung': {
    documents: [
      'vehicle registration certificates part I and II',
      'insurance confirmation (eVB number)',
      'SEPA mandate for motor vehicle tax',
      'identity card',
      'proof of the general inspection',
    ],
    fees: ['according to the fee regulations for measures in road traffic (GebOSt)'],
    deadlines: ['re-registration after moving or buying: without delay'],
    steps: ['reserve a number plate', 'make an appointment or register online', 'attach the stickers'],
    keywords: [
      ...['register a car', 'car registration', 'vehicle registration', 'deregister a car', 'number plate', 'licence plate'],
      ...['motorcycle', 'moped', 'trailer', 'personalised number plate', 'car'],
    ],
  },
  fuehrerschein: {
    documents: [
      'identity card',
      'biometric photograph',
      'eye test',
      'proof of a first aid course',
      'for an exchange: your present licence',
    ],
    fees: ['according to the fee regulations for measures in road traffic (GebOSt); exchange about 25 euros'],
    deadlines: ['exchange in stages by year of birth or of issue, at the latest by 19 January 2033'],
    steps: ['collect the documents', 'apply', 'receive the licence'],
    keywords: [
      'driving licence',
      'driver’s license',
      'drivers license',
      'exchange driving licence',
      'foreign licence',
      'international driving permit',
      'learn to drive',
    ],
  },
  'veranstaltung-anzeigen': {
    details:
      'If the event uses public roads, you also need a permit of the road traffic authority. For music think of the GEMA, for drinks of the permit to serve them.',
    documents: [
      'site plan',
      'programme and expected number of visitors',
      'liability insurance',
      'for large events: safety concept',
    ],
    fees: ['the notification depends on the municipality; permits according to Thuringian cost law'],
    deadlines: ['at the latest one week ahead; if roads are used better eight weeks'],
    steps: ['notify the event', 'keep to the conditions', 'tidy up after the event'],
    keywords: [
      ...['event', 'street party', 'festival', 'bonfire', 'concert', 'party', 'fair', 'fireworks', 'flea market', 'parade'],
      ...['christmas market', 'public event', 'sports event'],
    ],
  },
  sondernutzung: {
    documents: ['site plan or photograph', 'period and size of the area'],
    fees: byMunicipality,
    deadlines: ['at least two weeks ahead'],
    steps: ['apply', 'wait for the permit', 'mark the area'],
    keywords: [
      'skip',
      'scaffolding',
      'pavement',
      'no parking zone for moving',
      'tables outside',
      'close a road',
      'information stand',
      'container',
    ],
  },
  'baum-faellen': {
    documents: ['photograph and site plan', 'girth of the trunk at a height of one metre'],
    fees: byMunicipality,
    deadlines: ['trees are felled from 1 October to the end of February'],
    steps: ['check the local statute', 'apply', 'wait for the decision', 'plant a new tree'],
    keywords: ['cut down a tree', 'fell a tree', 'felling', 'hedge', 'tree protection', 'tree'],
  },
  sperrmuell: {
    fees: ['according to the waste fees statute of the district or town'],
    steps: ['register the bulky waste', 'wait for the date', 'put it out in the morning'],
    keywords: [
      'bulky waste',
      'rubbish',
      'garbage',
      'trash',
      'bin',
      'refuse',
      'recycling',
      'old furniture',
      'electronic waste',
      'waste collection',
    ],
  },
};
