import { createContext, type ReactNode, useContext } from 'react';

/**
 * What every building block may want to know about the page it stands on. The root puts it in once; blocks take the language
 * and the form token from here, everything else comes as props.
 */
export type View = {
  readonly locale: 'de' | 'en';
  /** Token of this session's forms; null when nobody is signed in. */
  readonly csrf: string | null;
};

const ViewContext = createContext<View>({ locale: 'de', csrf: null });

export function ViewProvider({ view, children }: { readonly view: View; readonly children: ReactNode }) {
  return <ViewContext value={view}>{children}</ViewContext>;
}

export const useView = (): View => useContext(ViewContext);

/** The one-time value that lets our own inline scripts and styles pass the content security policy; empty in the browser. */
export const NonceContext = createContext('');

/** A small dictionary in both languages. The German one is written first and decides which keys there are. */
export type Dictionary<Texts> = { readonly de: Texts; readonly en: Texts };

/** The texts of a dictionary in the language of the page. */
export function useWords<Texts>(dictionary: Dictionary<Texts>): Texts {
  return dictionary[useView().locale];
}

/** Joins class names, leaving out what does not apply. */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
