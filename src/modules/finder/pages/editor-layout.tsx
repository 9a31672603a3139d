import { Outlet, useLoaderData, useLocation } from 'react-router';
import { Tabs } from '#ui/page';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { editorTexts, kindListTexts } from './editor-texts.ts';
import './editor.css';

export const loader = load(async (house) => {
  const { isState } = await house.rooms.finder.openDesk(house.ctx);
  return { isState };
});

const lifeEvents = '/redaktion/lebenslagen';

/** The parts of the editorial office: the state's editors have the words of the search as well. */
export default function EditorLayout() {
  const { isState } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const kinds = useWords(kindListTexts);
  const { pathname, search } = useLocation();
  const list = (kind: keyof typeof kinds) => ({ to: `/redaktion/eintraege?art=${kind}`, label: kinds[kind] });
  const tabs = [
    { to: '/redaktion', label: labels.overview },
    isState ? list('service') : { to: '/redaktion/leistungen', label: labels.services },
    list('supplement'),
    list('authority'),
    list('competence'),
    { to: '/redaktion/zustaendig', label: labels.probe },
    { to: lifeEvents, label: labels.lifeEvents },
    ...(isState ? [{ to: '/redaktion/woerter', label: labels.words }] : []),
    { to: '/redaktion/austausch', label: labels.exchange },
  ];
  const kind = new URLSearchParams(search).get('art');
  const isHere = (to: string) => {
    const [path, query] = to.split('?art=');
    // Their list is one step behind their page.
    if (path === lifeEvents && kind === 'lifeEvent') return true;
    return path === '/redaktion' ? pathname === path : pathname === path && (query === undefined || query === kind);
  };
  return (
    <>
      <Tabs label={labels.title} tabs={tabs.map((tab) => ({ ...tab, isHere: isHere(tab.to) }))} />
      <Outlet />
    </>
  );
}
