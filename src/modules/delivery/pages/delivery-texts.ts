import type { Tone } from '#ui/alert';
import type { Dictionary } from '#ui/view';
import type { DeliveryList, DeliveryState } from '../index.ts';

type Words<Key extends string> = Readonly<Record<Key, string>>;

export const stateTexts: Dictionary<Words<DeliveryState>> = {
  de: {
    waiting: 'wartet',
    announced: 'angekündigt',
    submitted: 'übermittelt',
    accepted: 'angenommen',
    rejected: 'abgelehnt',
    failed: 'nicht zustellbar',
    recalled: 'angehalten',
  },
  en: {
    waiting: 'waiting',
    announced: 'announced',
    submitted: 'submitted',
    accepted: 'accepted',
    rejected: 'rejected',
    failed: 'undeliverable',
    recalled: 'stopped',
  },
};

/** A state's colour; its word says the same. */
export const stateTones: Readonly<Record<DeliveryState, Tone>> = {
  waiting: 'info',
  announced: 'info',
  submitted: 'info',
  accepted: 'success',
  rejected: 'danger',
  failed: 'danger',
  recalled: 'neutral',
};

export const listTexts: Dictionary<Words<DeliveryList>> = {
  de: { all: 'alle', moving: 'unterwegs', returned: 'zurück', accepted: 'angenommen' },
  en: { all: 'all', moving: 'on their way', returned: 'back', accepted: 'accepted' },
};

export const stepTexts: Dictionary<Words<string>> = {
  de: {
    begin: 'Zur Zustellung gegeben',
    announce: 'Angekündigt',
    submit: 'Übermittelt',
    accept: 'Angenommen',
    reject: 'Abgelehnt',
    fail: 'Nicht zustellbar',
    again: 'Neu begonnen',
    carryOn: 'Fortgesetzt',
    lookAgain: 'Fortgesetzt',
    takeBack: 'Angehalten',
    house: 'Rennsteig',
    receiver: 'Empfänger',
  },
  en: {
    begin: 'Given to delivery',
    announce: 'Announced',
    submit: 'Submitted',
    accept: 'Accepted',
    reject: 'Rejected',
    fail: 'Undeliverable',
    again: 'Begun anew',
    carryOn: 'Carried on',
    lookAgain: 'Carried on',
    takeBack: 'Stopped',
    house: 'Rennsteig',
    receiver: 'Receiver',
  },
};

export const deliveryTexts = {
  de: {
    title: 'Zustellung',
    lead: 'Anträge, die an ein Fachverfahren gehen, und wie weit sie sind.',
    list: 'Liste',
    none: 'Hier ist nichts',
    noneHint: 'Sobald ein Antrag an ein Fachverfahren geht, steht er hier.',
    application: 'Antrag',
    receiver: 'Empfänger',
    state: 'Stand',
    since: 'Seit',
    next: 'Nächster Versuch',
    reason: 'Hinweis',
    history: 'Verlauf',
    when: 'Wann',
    step: 'Was',
    who: 'Wer',
    problems: 'Gründe des Empfängers',
    todo: 'Was ist zu tun?',
    again: 'Noch einmal zustellen',
    takeBack: 'Zustellung anhalten',
    open: 'Antrag im Eingang ansehen',
    failures: 'Fehlversuche',
    againDone: 'Der Antrag wird noch einmal zugestellt.',
    takeBackDone: 'Die Zustellung ist angehalten. Der Antrag liegt im Eingang.',
    number: 'Nummer dort',
  },
  en: {
    title: 'Delivery',
    lead: 'Applications that go to a specialist system, and how far they are.',
    list: 'List',
    none: 'There is nothing here',
    noneHint: 'As soon as an application goes to a specialist system it stands here.',
    application: 'Application',
    receiver: 'Receiver',
    state: 'State',
    since: 'Since',
    next: 'Next try',
    reason: 'Note',
    history: 'History',
    when: 'When',
    step: 'What',
    who: 'Who',
    problems: 'The receiver’s reasons',
    todo: 'What is to be done?',
    again: 'Deliver once more',
    takeBack: 'Stop the delivery',
    open: 'Look at the application',
    failures: 'Failed tries',
    againDone: 'The application is delivered once more.',
    takeBackDone: 'The delivery is stopped. The application lies in the tray.',
    number: 'Its number there',
  },
} satisfies Dictionary<Words<string>>;
