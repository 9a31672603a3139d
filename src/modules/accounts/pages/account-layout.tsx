import { Outlet, useLocation } from 'react-router';
import { Tabs } from '#ui/page';
import { useWords } from '#ui/view';
import { accountTexts } from './account-texts.ts';

/** The pages a person has about themselves. */
export default function AccountLayout() {
  const labels = useWords(accountTexts);
  const { pathname } = useLocation();
  const tabs = [
    { to: '/konto', label: labels.account },
    { to: '/konto/bild', label: labels.picture },
    { to: '/konto/sitzungen', label: labels.devices },
    { to: '/konto/app-passwoerter', label: labels.appPasswords },
  ];
  return (
    <>
      <Tabs label={labels.account} tabs={tabs.map((tab) => ({ ...tab, isHere: pathname === tab.to }))} />
      <Outlet />
    </>
  );
}
