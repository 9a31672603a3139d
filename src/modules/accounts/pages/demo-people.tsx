import { Alert } from '#ui/alert';
import { type Dictionary, useView, useWords } from '#ui/view';
import { signInTexts } from './sign-in-texts.ts';

/** Everybody's password in a demonstration; the seed of the demo makes them. */
const password = 'rennsteig-demo';

type Person = readonly [address: string, de: string, en: string];

const people: Readonly<Record<'staff' | 'citizens', readonly Person[]>> = {
  staff: [
    [
      'anna@ellrich.example',
      'Bauamt der Stadt Ellrich: Dateien, Redaktion',
      'Building office of Ellrich: files, editorial office',
    ],
    [
      'bernd@ellrich.example',
      'Ordnungsamt der Stadt Ellrich: Eingang, Schalter',
      'Public order office of Ellrich: tray, counter',
    ],
    ['m.sauerland@ellrich.example', 'Stadtkasse Ellrich', 'Treasury of Ellrich'],
    ['dora@ellrich.example', 'Verwalterin der Stadt Ellrich', 'Administrator of Ellrich'],
    ['emil@rhoenblick.example', 'Gemeinde Rhönblick: Eingang, Kasse', 'Rhönblick: tray, treasury'],
    ['f.fink@tlrz.example', 'Redaktion des Landes', 'Editorial office of the state'],
    ['paula@tlrz.example', 'Betrieb, Landesrechenzentrum', 'Operator at the provider'],
  ],
  citizens: [['celik@post.example', 'Bürgerin mit Briefen und Anträgen', 'Citizen with letters and applications']],
};

const leads: Dictionary<Readonly<Record<keyof typeof people, string>>> = {
  de: {
    staff: 'Melden Sie sich mit einer dieser Adressen an. Das Passwort ist immer',
    citizens: 'Melden Sie sich mit dieser Adresse an. Das Passwort ist',
  },
  en: {
    staff: 'Sign in with one of these addresses. The password is always',
    citizens: 'Sign in with this address. The password is',
  },
};

/** Who can sign in to a demonstration, and with what. */
export function DemoPeople({ who }: { readonly who: keyof typeof people }) {
  const { locale } = useView();
  return (
    <Alert tone="neutral" title={useWords(signInTexts).demo}>
      <p>
        {useWords(leads)[who]} <code>{password}</code>
      </p>
      <ul>
        {people[who].map(([address, de, en]) => (
          <li key={address}>
            <code>{address}</code>
            <span className="below">{{ de, en }[locale]}</span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
