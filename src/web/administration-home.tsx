import { redirect } from 'react-router';

/** Administration begins with the people. */
export const loader = () => redirect('/verwaltung/personen');
