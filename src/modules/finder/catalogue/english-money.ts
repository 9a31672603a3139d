import type { EnglishText } from './text.ts';

const free = ['free of charge'];
const identity = 'identity card or passport';
const byCostLaw = ['according to Thuringian cost law'];

/** Money, work, trade, education, health, migration: what `money.ts` says, in English. */
export const moneyEnglish: Readonly<Record<string, EnglishText>> = {
  wohngeld: {
    details:
      'Tenants receive a rent subsidy, owners a subsidy towards their housing costs. Those who receive citizen’s benefit (Bürgergeld) or basic income support that includes housing costs get no housing benefit. It depends on the number of people, their income and the rent.',
    documents: [
      'tenancy agreement, or costs of the property',
      'proof of the income of everybody in the household',
      'proof that the rent is paid',
    ],
    fees: free,
    deadlines: ['from the month in which the application arrives; not for earlier months'],
    duration: 'several weeks',
    steps: ['fill in the application', 'enclose the evidence', 'wait for the decision', 'apply again when it ends'],
    keywords: ['housing benefit', 'rent subsidy', 'help with rent', 'rent too high', 'housing allowance', 'cannot pay my rent'],
  },
  wohnberechtigungsschein: {
    documents: ['identity card', 'proof of income of everybody'],
    fees: ['depends on the municipality'],
    steps: ['apply', 'receive the certificate', 'look for a flat'],
    keywords: ['social housing', 'council flat', 'subsidised flat', 'housing certificate', 'cheap flat'],
  },
  buergergeld: {
    documents: ['identity card', 'tenancy agreement', 'bank statements', 'proof of income and assets'],
    fees: free,
    deadlines: ['counts from the first day of the month in which you apply'],
    steps: ['apply to the job centre', 'submit the evidence', 'decision'],
    keywords: [
      'unemployed',
      'unemployment benefit',
      'job centre',
      'jobcentre',
      'welfare',
      'citizen’s benefit',
      'lost my job',
      'no money',
    ],
  },
  sozialhilfe: {
    documents: ['pension statement', 'tenancy agreement', 'bank statements', 'proof of assets'],
    fees: free,
    steps: ['get advice', 'apply', 'decision'],
    keywords: ['social assistance', 'pension too small', 'old age poverty', 'social welfare office', 'nursing home costs'],
  },
  'bildung-teilhabe': {
    documents: ['decision on housing benefit, child supplement or citizen’s benefit (Bürgergeld)', 'proof of the costs'],
    fees: free,
    steps: ['apply', 'submit the evidence', 'receive the support'],
    keywords: ['school lunch', 'school trip', 'tutoring', 'school supplies', 'education package', 'satchel'],
  },
  'bafoeg-schueler': {
    documents: [
      'official forms',
      'certificate of school attendance',
      'the parents’ income tax assessment of the year before last',
    ],
    fees: free,
    deadlines: ['from the month in which the application arrives'],
    steps: ['apply', 'submit the evidence', 'apply again every year'],
    keywords: ['student grant', 'pupil grant', 'training grant', 'money for training', 'vocational school'],
  },
  'bafoeg-studium': {
    documents: ['official forms', 'certificate of enrolment', 'the parents’ income tax assessment of the year before last'],
    fees: free,
    deadlines: ['from the month in which the application arrives'],
    steps: ['apply online', 'submit the evidence', 'apply again every year'],
    keywords: ['student grant', 'student loan', 'pay for university', 'student finance', 'university', 'student services'],
  },
  gewerbeanmeldung: {
    details:
      'The notification is passed on to the tax office, the chamber and the employers’ liability insurance association. Liberal professions and farming are no trade. Some activities need a permit in addition.',
    documents: [identity, 'for companies: extract from the commercial register', 'where it applies: craft card or permit'],
    fees: ['according to Thuringian cost law, depending on the municipality about 20 to 40 euros'],
    deadlines: ['at the time you begin'],
    duration: 'three days (§ 15 (1) GewO)',
    steps: ['fill in the notification', 'pay the fee', 'receive the trade licence', 'answer the questionnaire of the tax office'],
    assuranceSource: '§ 14 GewO demands a notification; the authority may check who you are.',
    keywords: [
      ...['register a business', 'start a business', 'trade licence', 'business registration', 'self-employed', 'freelance'],
      ...['open a shop', 'online shop', 'close a business', 'found a company', 'business license'],
    ],
  },
  gaststaette: {
    documents: ['trade registration', 'certificate of good conduct', 'extract from the central trade register'],
    fees: ['according to Thuringian cost law, depends on the municipality'],
    deadlines: ['six weeks before the opening, if alcohol is served'],
    steps: ['notify', 'submit the evidence', 'open'],
    keywords: ['restaurant', 'pub', 'bar', 'café', 'snack bar', 'serve alcohol', 'licence to serve alcohol', 'open a restaurant'],
  },
  reisegewerbe: {
    documents: ['identity card', 'photograph', 'certificate of good conduct', 'certificate of the tax office'],
    fees: byCostLaw,
    steps: ['apply', 'your reliability is checked', 'receive the card'],
    keywords: ['market stall', 'street trader', 'door-to-door sales', 'food truck', 'showman', 'itinerant trade'],
  },
  gesundheitszeugnis: {
    documents: [identity],
    fees: ['depends on the district or town'],
    deadlines: ['When you begin to work the certificate must not be older than three months.'],
    steps: ['book an appointment', 'attend the instruction or take it online', 'receive the certificate'],
    keywords: ['health certificate', 'food hygiene', 'work in a kitchen', 'food handler', 'health office', 'hygiene instruction'],
  },
  schwerbehindertenausweis: {
    documents: ['findings of your doctors', 'photograph', 'identity card'],
    fees: free,
    steps: ['apply for an assessment', 'submit the findings', 'receive decision and pass'],
    keywords: ['disability', 'disabled', 'disability card', 'degree of disability', 'severely disabled', 'disabled pass'],
  },
  'wohnsitz-kirchenaustritt': {
    documents: [identity],
    fees: byCostLaw,
    steps: ['make an appointment', 'declare that you leave', 'keep the certificate'],
    keywords: ['leave the church', 'church tax', 'church membership', 'denomination'],
  },
  aufenthaltstitel: {
    documents: ['passport', 'biometric photograph', 'proof of purpose, income and health insurance'],
    fees: ['residence permit about 100 euros (§ 45 AufenthV)'],
    deadlines: ['before your present title or visa expires'],
    steps: ['book an appointment', 'apply', 'collect the electronic residence permit'],
    keywords: [
      'residence permit',
      'visa',
      'extend my visa',
      'immigration office',
      'settlement permit',
      'blue card',
      'stay in germany',
    ],
  },
  einbuergerung: {
    documents: [
      'passport and residence title',
      'birth certificate',
      'proof of German skills (B1)',
      'naturalisation test',
      'proof of income',
    ],
    fees: ['255.00 euros; children naturalised together with you 51.00 euros'],
    steps: ['get advice', 'apply', 'receive the certificate'],
    keywords: [
      'citizenship',
      'naturalisation',
      'naturalization',
      'become german',
      'german passport',
      'dual citizenship',
      'nationality',
    ],
  },
  'steuer-id': {
    fees: free,
    duration: 'a few weeks, by post',
    steps: ['look for the number in your tax assessment', 'otherwise ask the Federal Central Tax Office for it'],
    keywords: ['tax id', 'tax number', 'tax identification number', 'tin'],
  },
  kindergeld: {
    documents: ['tax identification numbers of the child and of the applicant', 'birth certificate'],
    fees: free,
    deadlines: ['paid in arrears for six months at most'],
    steps: ['apply to the family benefits office', 'decision'],
    keywords: ['child benefit', 'child allowance', 'money for children', 'child supplement', 'family benefits'],
  },
  rundfunkbeitrag: {
    documents: ['decision on the social benefit, or certificate of the authority'],
    fees: free,
    deadlines: ['up to three years back'],
    steps: ['apply to the Beitragsservice', 'enclose the evidence'],
    keywords: ['broadcasting fee', 'tv licence', 'tv license', 'radio fee', 'television'],
  },
};
