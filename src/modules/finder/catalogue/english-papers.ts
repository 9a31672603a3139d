import type { EnglishText } from './text.ts';

const free = ['free of charge'];
const identity = 'identity card or passport';
const byMunicipality = ['depends on the municipality'];

/** Identity cards, residence, registers: what `papers.ts` says, in English. */
export const papersEnglish: Readonly<Record<string, EnglishText>> = {
  personalausweis: {
    details:
      'The identity card is valid for ten years, for people under 24 for six years. With its online function you can also identify yourself on the internet. For young people under 16 the parents apply.',
    documents: [
      'your present identity card, child’s passport or passport',
      'birth or marriage certificate, when you apply for an identity card for the first time',
      'digital biometric photograph',
    ],
    fees: ['37.00 euros from the age of 24', '22.80 euros under 24', 'temporary identity card: 10.00 euros'],
    deadlines: ['Apply before the old card expires.'],
    duration: 'about three to four weeks',
    steps: ['make an appointment', 'apply in person', 'wait for the PIN letter', 'collect the card'],
    assuranceSource: 'You have to appear in person (§ 9 (1) PAuswG).',
    keywords: ['identity card', 'id card', 'national id', 'expired id', 'new id card', 'citizens office'],
  },
  'personalausweis-verlust': {
    documents: ['another identity document or your birth certificate', 'after a theft: report to the police'],
    fees: ['Reporting the loss costs nothing.'],
    deadlines: ['without delay'],
    steps: [
      'block the online function: telephone 116 116',
      'report the loss to the registration office or the police',
      'apply for a new document',
    ],
    keywords: [
      'lost identity card',
      'lost passport',
      'stolen passport',
      'stolen id',
      'lost my wallet',
      'block id card',
      'lost id',
    ],
  },
  reisepass: {
    details:
      'The passport is valid for ten years, for people under 24 for six years. Since 2024 there has been no child’s passport any more; children too get a passport or an identity card.',
    documents: [
      'your present passport or identity card',
      'digital biometric photograph',
      'for children: consent of everybody who has custody',
    ],
    fees: ['70.00 euros from the age of 24', '37.50 euros under 24', 'express: 32.00 euros more', '48 pages: 22.00 euros more'],
    deadlines: ['Allow at least six weeks before a journey.'],
    duration: 'about four to six weeks, by express a few working days',
    steps: ['ask for an appointment', 'apply in person', 'collect the passport'],
    assuranceSource: 'Asking for an appointment needs no sign-in; for the application you have to appear in person (§ 6 PassG).',
    keywords: ['passport', 'child passport', 'travel abroad', 'express passport', 'travel document'],
  },
  'wohnsitz-anmelden': {
    documents: [
      `${identity} of everybody who moves`,
      'confirmation of the person who provides the home (Wohnungsgeberbestätigung)',
    ],
    fees: free,
    deadlines: ['within two weeks after moving in'],
    steps: ['have the landlord give you the confirmation', 'register', 'have the address on your identity card changed'],
    keywords: [
      'moving house',
      'move house',
      'change of address',
      'new address',
      'register my address',
      'residence registration',
      'new flat',
      'anmeldung',
    ],
  },
  'wohnsitz-abmelden': {
    documents: [identity],
    fees: free,
    deadlines: ['not earlier than one week before and not later than two weeks after moving out'],
    steps: ['fill in the notice', 'hand it in or send it', 'keep the confirmation'],
    keywords: ['deregister', 'move abroad', 'leave germany', 'emigrate', 'move out', 'abmeldung'],
  },
  meldebescheinigung: {
    documents: [identity],
    fees: byMunicipality,
    steps: ['apply', 'take the certificate with you or have it sent'],
    keywords: ['certificate of residence', 'proof of address', 'registration certificate', 'proof of residence'],
  },
  melderegisterauskunft: {
    fees: byMunicipality,
    steps: ['name the person with date of birth or former address', 'pay the fee', 'receive the information'],
    keywords: ['find a person', 'find an address', 'search for somebody', 'residents register'],
  },
  'eigene-meldedaten': {
    fees: free,
    steps: ['show who you are', 'send the application', 'receive the information'],
    assuranceSource: 'The registration office has to check who you are before it tells you (§ 10 (1) BMG).',
    keywords: ['my own data', 'stored data', 'data about me', 'access to my data'],
  },
  fuehrungszeugnis: {
    details:
      'Those who work with children need the extended certificate, and for that a written request. For voluntary work there is no fee if you ask for it.',
    documents: [identity, 'extended certificate: request of the organisation that demands it'],
    fees: ['13.00 euros', 'free of charge for voluntary work, on request'],
    duration: 'about two weeks',
    steps: ['apply with your identity card', 'pay the fee', 'the certificate comes by post'],
    keywords: ['certificate of good conduct', 'police clearance', 'criminal record', 'police certificate', 'background check'],
  },
  beglaubigung: {
    documents: ['original', identity],
    fees: byMunicipality,
    steps: ['bring the original', 'pay the fee', 'take the certified copy with you'],
    keywords: ['certified copy', 'certify a document', 'certify a signature', 'notarised copy', 'stamp'],
  },
  fischereischein: {
    documents: ['certificate of the fishing examination', 'photograph', 'identity card'],
    fees: ['fee and fishing levy under Thuringian fishing law, depending on the duration'],
    steps: ['pass the examination', 'apply for the fishing licence', 'buy the permit for the water'],
    keywords: ['fishing licence', 'fishing license', 'go fishing', 'angling'],
  },
  fundsache: {
    fees: byMunicipality,
    deadlines: ['without delay after the find'],
    steps: ['report the find', 'hand the thing in or keep it safe', 'after six months the thing may be yours'],
    keywords: ['lost property', 'lost and found', 'found something', 'lost my keys', 'lost phone', 'found a bike'],
  },
  'waffenschein-klein': {
    documents: [identity],
    fees: ['according to Thuringian administrative cost law, depends on the authority'],
    steps: ['apply to the firearms authority', 'your reliability is checked', 'decision'],
    keywords: ['gun licence', 'firearms', 'pepper spray', 'blank gun', 'weapon permit'],
  },
};
