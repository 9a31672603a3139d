import type { EnglishText } from './text.ts';

const free = ['free of charge'];
const identity = 'identity card or passport';

/** Birth, marriage, children, old age, death: what `family.ts` says, in English. */
export const familyEnglish: Readonly<Record<string, EnglishText>> = {
  'geburt-anzeigen': {
    documents: [
      'identity cards of the parents',
      'birth certificates of the parents, or marriage certificate',
      'where there is one: acknowledgement of paternity and declaration of custody',
    ],
    fees: [
      'reporting the birth is free of charge',
      'certificates as laid down in Thuringian fee law; free of charge for parental allowance and child benefit',
    ],
    deadlines: ['within one week'],
    steps: ['report the birth', 'decide on the name', 'receive the certificates'],
    keywords: ['birth', 'baby', 'newborn', 'child born', 'register a newborn', 'name of the child', 'registry office'],
  },
  geburtsurkunde: {
    documents: [identity],
    fees: ['as laid down in Thuringian fee law; every further copy of the same certificate costs less'],
    steps: [
      'order the certificate from the registry office of the place of birth',
      'pay the fee',
      'collect the certificate or have it sent',
    ],
    keywords: ['birth certificate', 'international birth certificate', 'copy of birth certificate'],
  },
  eheschliessung: {
    documents: [
      identity,
      'certified extract from the register of births',
      'certificate of residence',
      'where it applies: proof that an earlier marriage has ended',
    ],
    fees: ['as laid down in Thuringian fee law; more when foreign law has to be examined'],
    deadlines: ['not earlier than six months before the wedding'],
    steps: ['make an appointment', 'have the documents checked', 'register the marriage', 'marry'],
    keywords: ['marry', 'marriage', 'wedding', 'get married', 'registry office', 'civil wedding', 'bride'],
  },
  eheurkunde: {
    documents: [identity],
    fees: ['as laid down in Thuringian fee law'],
    steps: ['order the certificate', 'pay the fee', 'receive the certificate'],
    keywords: ['marriage certificate', 'family book'],
  },
  namensaenderung: {
    documents: ['birth certificate', 'identity card', 'reasons'],
    fees: ['according to the work involved; the law on changes of name sets the limits'],
    steps: ['get advice', 'apply', 'wait for the decision', 'have your identity card changed'],
    keywords: ['change my name', 'surname', 'first name', 'family name', 'maiden name', 'name after divorce'],
  },
  sterbefall: {
    documents: ['medical certificate of death', 'identity card of the person who has died', 'birth or marriage certificate'],
    fees: ['reporting the death is free of charge', 'certificates as laid down in Thuringian fee law'],
    deadlines: ['at the latest on the third working day after the death'],
    steps: ['have a doctor certify the death', 'report the death', 'receive the death certificates', 'arrange the funeral'],
    keywords: ['death', 'died', 'death certificate', 'funeral', 'bereavement', 'somebody has died', 'burial'],
  },
  grab: {
    documents: ['death certificate', 'previous decision about the grave'],
    fees: ['according to the cemetery fees statute of the municipality'],
    steps: ['choose the kind of grave', 'apply for the right to use it', 'have the gravestone approved'],
    keywords: ['cemetery', 'grave', 'gravestone', 'urn', 'extend a grave'],
  },
  elterngeld: {
    documents: [
      'birth certificate “for parental allowance”',
      'proof of income for the twelve months before the birth',
      'certificate about maternity benefit',
    ],
    fees: free,
    deadlines: ['paid in arrears for three months only'],
    steps: ['share the months between the parents', 'apply to the parental allowance office', 'decision'],
    keywords: ['parental allowance', 'parental leave', 'parental benefit', 'money after birth'],
  },
  unterhaltsvorschuss: {
    documents: ['birth certificate of the child', 'maintenance order, if there is one', 'identity card'],
    fees: free,
    deadlines: ['paid in arrears for one month at most'],
    steps: ['apply to the youth welfare office', 'wait for the decision', 'report changes'],
    keywords: ['child maintenance', 'child support', 'alimony', 'single parent', 'father does not pay', 'youth welfare office'],
  },
  kita: {
    documents: ['birth certificate of the child', 'proof of protection against measles', 'medical certificate'],
    fees: ['parents’ contribution, which depends on the municipality; the last years before school are free in Thuringia'],
    deadlines: ['if possible six months ahead'],
    steps: ['choose a day-care centre', 'register for a place', 'sign the contract'],
    keywords: ['day care', 'daycare', 'kindergarten', 'nursery', 'childcare', 'child minder', 'preschool', 'creche'],
  },
  schulanmeldung: {
    documents: ['birth certificate', 'proof of protection against measles', 'identity card of the parents'],
    fees: free,
    deadlines: ['as a rule in the December before school begins'],
    steps: ['ask for the school district', 'enrol the child', 'school entry examination'],
    keywords: ['primary school', 'enrol', 'enroll', 'first grade', 'start school', 'elementary school', 'school registration'],
  },
  schuelerbefoerderung: {
    documents: ['certificate of school attendance', 'photograph'],
    fees: ['free of charge; from year 10 on you may have to pay a share'],
    steps: ['fill in the application', 'have the school confirm it', 'receive the ticket'],
    keywords: ['school bus', 'school transport', 'pupil ticket', 'bus ticket', 'way to school'],
  },
};
