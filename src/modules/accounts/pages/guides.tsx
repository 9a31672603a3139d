import { useView } from '#ui/view';

type GuideProps = { readonly server: string; readonly handle: string };

/** What to do, and what to enter, copied letter by letter. */
type Step = { readonly text: string; readonly code: string | null };

type Guide = { readonly title: string; readonly steps: readonly Step[] };

function guide(title: string, steps: readonly (string | readonly [text: string, code: string])[]): Guide {
  return {
    title,
    steps: steps.map((step) => (typeof step === 'string' ? { text: step, code: null } : { text: step[0], code: step[1] })),
  };
}

function addresses({ server, handle }: GuideProps) {
  const dav = `${server}/remote.php/dav/files/${handle}/`;
  const rclone = `rclone config create rennsteig webdav url=${dav} vendor=nextcloud user=${handle} pass=… --obscure`;
  return { dav, gnome: dav.replace(/^http/, 'dav'), rclone };
}

function germanGuides(props: GuideProps): readonly Guide[] {
  const { dav, gnome, rclone } = addresses(props);
  return [
    guide('Windows-Explorer', [
      '„Dieser PC“ öffnen, „Netzlaufwerk verbinden“ wählen',
      ['Als Ordner eintragen', dav],
      '„Verbindung mit anderen Anmeldeinformationen herstellen“ ankreuzen, Benutzername und App-Passwort eingeben',
    ]),
    guide('Finder (macOS)', [
      'Im Menü „Gehe zu“ den Punkt „Mit Server verbinden“ wählen (⌘ K)',
      ['Als Adresse eintragen', dav],
      '„Registrierter Benutzer“ wählen, Benutzername und App-Passwort eingeben',
    ]),
    guide('GNOME-Dateien (Linux)', [
      '„Andere Orte“ öffnen',
      ['Unten eintragen', gnome],
      'Benutzername und App-Passwort eingeben',
    ]),
    guide('Nextcloud-Client (Windows, macOS, Linux, Mobilgeräte)', [
      ['Als Server eintragen', props.server],
      'Im Browser, der sich öffnet, anmelden und den Zugriff erlauben; das App-Passwort holt sich das Programm selbst',
      'Ordner auf dem Rechner wählen',
    ]),
    guide('rclone', [
      ['Verbindung anlegen, statt … das App-Passwort', rclone],
      ['Ihre Ordner anzeigen', 'rclone lsd rennsteig:'],
    ]),
  ];
}

function englishGuides(props: GuideProps): readonly Guide[] {
  const { dav, gnome, rclone } = addresses(props);
  return [
    guide('Windows Explorer', [
      'Open “This PC” and choose “Map network drive”',
      ['Enter as folder', dav],
      'Tick “Connect using different credentials” and enter user name and app password',
    ]),
    guide('Finder (macOS)', [
      'Choose “Connect to Server” in the “Go” menu (⌘ K)',
      ['Enter as address', dav],
      'Choose “Registered User” and enter user name and app password',
    ]),
    guide('GNOME Files (Linux)', ['Open “Other Locations”', ['Enter at the bottom', gnome], 'Enter user name and app password']),
    guide('Nextcloud client (Windows, macOS, Linux, phones)', [
      ['Enter as server', props.server],
      'Sign in and allow access in the browser that opens; the programme fetches its app password itself',
      'Choose a folder on your computer',
    ]),
    guide('rclone', [
      ['Create the connection, with the app password instead of …', rclone],
      ['Show your folders', 'rclone lsd rennsteig:'],
    ]),
  ];
}

/** How to use an app password, for each programme people have. */
export function Guides(props: GuideProps) {
  const { locale } = useView();
  const guides = locale === 'de' ? germanGuides(props) : englishGuides(props);
  return (
    <div className="guides">
      {guides.map(({ title, steps }) => (
        <details key={title}>
          <summary>{title}</summary>
          <ol className="steps">
            {steps.map(({ text, code }) => (
              <li key={text}>
                {text}
                {code && (
                  <>
                    {': '}
                    <code>{code}</code>
                  </>
                )}
              </li>
            ))}
          </ol>
        </details>
      ))}
    </div>
  );
}
