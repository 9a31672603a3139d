import { useLoaderData } from 'react-router';
import { TextLink } from '#ui/button';
import { RouteDialog } from '#ui/route-dialog';
import { type Dictionary, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { ChildHandle } from './folder.tsx';
import { folderTexts } from './folder-texts.ts';
import { useFolderAddress } from './new-folder.tsx';

export const handle: ChildHandle = { place: 'dialog' };

/** The address of this very folder for WebDAV, as the person's own root folder shows it. */
export const loader = load(async (house, { params }) => {
  const me = signedIn(house);
  const { files } = house.rooms;
  const { own, mounts } = await files.readHome(house.ctx);
  const entry = params.id === undefined ? { ...own, lineage: [own.node] } : await files.locate(house.ctx, Number(params.id));
  const mount = mounts.find(({ space }) => space.id === entry.space.id);
  const names = [...(mount ? [mount.name] : []), ...entry.lineage.slice(1).map(({ name }) => name)];
  const path = ['remote.php', 'dav', 'files', me.handle, ...names].map(encodeURIComponent).join('/');
  return { address: `${house.ctx.platform.config.url}/${path}/`, handle: me.handle };
});

type Texts = { lead: string; address: string; user: string; password: string; passwordHint: string; guide: string };

const words: Dictionary<Texts> = {
  de: {
    lead: 'Dieser Ordner lässt sich wie ein Netzlaufwerk einbinden, in Windows, macOS und Linux.',
    address: 'Adresse',
    user: 'Benutzername',
    password: 'Passwort',
    passwordHint: 'Ein App-Passwort, nicht Ihr eigenes:',
    guide: 'App-Passwort anlegen und Anleitungen lesen',
  },
  en: {
    lead: 'This folder can be mounted like a network drive, in Windows, macOS and Linux.',
    address: 'Address',
    user: 'User name',
    password: 'Password',
    passwordHint: 'An app password, not your own one:',
    guide: 'Create an app password and read the guides',
  },
};

export default function Connect() {
  const { address, handle: user } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  return (
    <RouteDialog title={useWords(folderTexts).connect} back={useFolderAddress()}>
      <div className="flow">
        <p>{labels.lead}</p>
        <dl className="facts stacked">
          <div>
            <dt>{labels.address}</dt>
            <dd>
              <code className="secret">{address}</code>
            </dd>
          </div>
          <div>
            <dt>{labels.user}</dt>
            <dd>
              <code>{user}</code>
            </dd>
          </div>
          <div>
            <dt>{labels.password}</dt>
            <dd>
              {labels.passwordHint} <TextLink to="/konto/app-passwoerter">{labels.guide}</TextLink>
            </dd>
          </div>
        </dl>
      </div>
    </RouteDialog>
  );
}
