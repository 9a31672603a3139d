import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { type Dictionary, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';

const de = {
  title: 'Bezahldienst',
  lead: 'Wie Ihre Behörde bezahlt wird. Die Zugangsdaten gibt Ihnen der Betreiber des Bezahldienstes.',
  online: 'Im Internet bezahlen',
  gateway: 'Schnittstelle',
  none: 'keine: nur Rechnungen',
  xbezahldienste: 'wie XBezahldienste 1.0',
  signedForms: 'signierte Formulare',
  address: 'Adresse der Schnittstelle',
  addressHint: 'beginnt mit https://',
  originator: 'Kennung der Behörde dort',
  endpoint: 'Kennung des Kontos dort',
  secret: 'Geheimnis',
  secretHint: 'Wird verschlüsselt und nie wieder angezeigt.',
  secretKept: 'Es ist eines gespeichert. Leer lassen, um es zu behalten.',
  books: 'Konto und Regeln der Kasse',
  payee: 'Name des Kontos für Überweisungen',
  iban: 'IBAN',
  bic: 'BIC',
  referencePrefix: 'Anfang des Kassenzeichens',
  prefixHint: 'Ein bis vier Großbuchstaben. Gilt für neue Zahlungen.',
  daysToPay: 'Tage Zeit zum Bezahlen',
  fourEyesCents: 'Erstattungen darüber brauchen eine zweite Person (Euro)',
  save: 'Speichern',
  saved: 'Die Angaben sind gespeichert.',
  check: 'Verbindung prüfen',
  checked: 'Der Bezahldienst antwortet und nimmt die Zugangsdaten an.',
};

const words: Dictionary<typeof de> = {
  de,
  en: {
    title: 'Payment service',
    lead: 'How your authority is paid. Whoever runs the payment service gives you the credentials.',
    online: 'Paying online',
    gateway: 'Interface',
    none: 'none: invoices only',
    xbezahldienste: 'like XBezahldienste 1.0',
    signedForms: 'signed forms',
    address: 'Address of the interface',
    addressHint: 'begins with https://',
    originator: 'Name of the authority there',
    endpoint: 'Name of the account there',
    secret: 'Secret',
    secretHint: 'Is encrypted and never shown again.',
    secretKept: 'One is stored. Leave empty to keep it.',
    books: 'Account and rules of the treasury',
    payee: 'Name of the account for transfers',
    iban: 'IBAN',
    bic: 'BIC',
    referencePrefix: 'Beginning of the payment reference',
    prefixHint: 'One to four capital letters. For new payments.',
    daysToPay: 'Days to pay',
    fourEyesCents: 'Refunds beyond this need a second person (euros)',
    save: 'Save',
    saved: 'Saved.',
    check: 'Check the connection',
    checked: 'The payment service answers and accepts the credentials.',
  },
};

export const loader = load(async (house) => {
  signedIn(house);
  const { payments } = house.rooms;
  return { settings: await payments.getSettings(house.ctx), kinds: payments.gatewayKinds };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  const { payments } = house.rooms;
  const labels = words[house.ctx.locale];
  const here = '/verwaltung/bezahldienst';
  if (text(form, '_form') === 'check') {
    await payments.checkGateway(house.ctx);
    return go(house, here, { text: labels.checked });
  }
  const gateway = payments.gatewayKinds.find((known) => known === text(form, 'gateway')) ?? 'none';
  const secret = text(form, 'secret');
  await payments.setSettings(house.ctx, {
    gateway,
    address: text(form, 'address'),
    originator: text(form, 'originator'),
    endpoint: text(form, 'endpoint'),
    payee: text(form, 'payee'),
    iban: text(form, 'iban').replaceAll(' ', '').toUpperCase(),
    bic: text(form, 'bic').toUpperCase(),
    referencePrefix: text(form, 'referencePrefix'),
    daysToPay: Number(text(form, 'daysToPay')),
    fourEyesCents: payments.readCents(text(form, 'fourEyesCents')),
    ...(secret === '' ? {} : { secret }),
  });
  return go(house, here, { text: labels.saved });
});

/** How the authority is paid; for its administrators. */
export default function PaymentSettingsPage() {
  const { settings } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Form name="settings" labels={labels}>
        <Online />
        <Books />
        <Buttons>
          <Button kind="primary">{labels.save}</Button>
        </Buttons>
      </Form>
      {settings.gateway !== 'none' && (
        <Form name="check">
          <Button icon="repeat">{labels.check}</Button>
        </Form>
      )}
    </Page>
  );
}

function Online() {
  const { settings, kinds } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  return (
    <Section title={labels.online}>
      <Select
        name="gateway"
        label={labels.gateway}
        value={settings.gateway}
        options={kinds.map((value) => ({ value, label: labels[value] }))}
      />
      <TextField
        name="address"
        label={labels.address}
        hint={labels.addressHint}
        value={settings.address}
        isOptional
        maxLength={500}
      />
      <TextField
        name="originator"
        label={labels.originator}
        value={settings.originator}
        isOptional
        maxLength={36}
        width="medium"
      />
      <TextField name="endpoint" label={labels.endpoint} value={settings.endpoint} isOptional maxLength={36} width="medium" />
      <TextField
        name="secret"
        type="password"
        autoComplete="off"
        label={labels.secret}
        hint={settings.hasSecret ? labels.secretKept : labels.secretHint}
        isOptional
        maxLength={500}
      />
    </Section>
  );
}

function Books() {
  const { settings } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const limit = (settings.fourEyesCents / 100).toFixed(2).replace('.', ',');
  return (
    <Section title={labels.books}>
      <TextField name="payee" label={labels.payee} value={settings.payee} isOptional maxLength={70} />
      <TextField name="iban" label={labels.iban} value={settings.iban} isOptional maxLength={42} width="medium" />
      <TextField name="bic" label={labels.bic} value={settings.bic} isOptional maxLength={11} width="short" />
      <TextField
        name="referencePrefix"
        label={labels.referencePrefix}
        hint={labels.prefixHint}
        value={settings.referencePrefix}
        maxLength={4}
        width="short"
      />
      <TextField name="daysToPay" type="number" label={labels.daysToPay} value={String(settings.daysToPay)} width="short" />
      <TextField name="fourEyesCents" label={labels.fourEyesCents} value={limit} width="short" maxLength={12} />
    </Section>
  );
}
