import { redirect } from 'react-router';
import { act, localPath, type Theme, text } from './context.ts';

const themes: readonly Theme[] = ['light', 'dark', 'system'];

/** Sets language, theme or rail for this browser and goes back to where the switch stood. */
export const action = act(async (house, { form }) => {
  const headers = new Headers();
  const [language, theme] = [text(form, 'lang'), themes.find((known) => known === text(form, 'theme'))];
  if (language) headers.append('Set-Cookie', house.cookies.language(language));
  if (theme) headers.append('Set-Cookie', house.cookies.theme(theme));
  if (form.has('rail')) headers.append('Set-Cookie', house.cookies.rail(text(form, 'rail') === 'narrow'));
  const back = localPath(form.get('weiter'));
  return redirect(language ? withoutLanguage(back) : back, { headers });
});

/** An address that asks for a language itself goes before the choice. */
function withoutLanguage(path: string): string {
  const [page = '/', query = ''] = path.split('?', 2);
  const questions = new URLSearchParams(query);
  questions.delete('lang');
  return questions.size > 0 ? `${page}?${questions}` : page;
}

/** Who comes here by hand meant the start page. */
export const loader = () => redirect('/');
