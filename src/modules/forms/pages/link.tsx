import { redirect } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Section } from '#ui/page';
import { useWords } from '#ui/view';
import type { PageHouse } from '#web/context';
import { linkTexts } from './applicant-texts.ts';
import { formTexts } from './form-texts.ts';
import { Fold } from './parts.tsx';

/** So long the browser may know where the payment page or the sign-in leads back to; the link itself is the applicant's. */
const wayBackSeconds = 7_200;

const cookie = ({ ctx }: PageHouse, token: string, seconds: number) =>
  `antrag=${token}; Path=/antrag; HttpOnly; SameSite=Lax; Max-Age=${seconds}${ctx.platform.config.url.startsWith('https:') ? '; Secure' : ''}`;

/** The browser knows for a while what it was about. Throws what a page that is not there throws, for what is no key. */
export function wayBack(house: PageHouse, token: string): string {
  if (!/^[\w.-]{6,80}$/.test(token)) throw house.missing();
  return cookie(house, token, wayBackSeconds);
}

/** It has led back: whoever sits down at this browser next is not led there as well. */
export const wayBackUsed = (house: PageHouse) => cookie(house, '', 0);

/** To the sign-in and back to what it was about, without its secret in an address that is asked for. */
export const signInFor = (house: PageHouse, token: string) =>
  redirect('/postfach/anmelden?weiter=/antrag/weiter?uebernehmen', { headers: { 'Set-Cookie': wayBack(house, token) } });

type KeepProps = {
  /** Null: it lies in the account. */
  readonly link: string | null;
  readonly isFree: boolean;
  readonly isCitizen: boolean;
};

/** How one gets back here: by the link, which can be sent by mail, or in the account. */
export function Keep({ link, isFree, isCitizen }: KeepProps) {
  const labels = useWords(linkTexts);
  const words = useWords(formTexts);
  if (link === null) {
    return (
      <p>
        {labels.own} <TextLink to="/postfach/antraege">{labels.list}</TextLink>
      </p>
    );
  }
  return (
    <Section title={labels.title}>
      <p>{labels.lead}</p>
      <p className="resume-link">{link}</p>
      <p className="muted">{labels.warning}</p>
      <Fold name="mail" title={words.laterMail}>
        <Form name="mail" labels={{ mail: words.address }}>
          <TextField name="mail" type="email" autoComplete="email" label={words.address} />
          <Button>{words.sendLink}</Button>
        </Form>
      </Fold>
      {isFree && <Take isCitizen={isCitizen} />}
    </Section>
  );
}

/** Into the account: at once for whoever is signed in, after the sign-in for everybody else. */
export function Take({ isCitizen }: { readonly isCitizen: boolean }) {
  const labels = useWords(linkTexts);
  return (
    <>
      <p>{labels.takeLead}</p>
      <Form name={isCitizen ? 'take' : 'signIn'}>
        <Button>{isCitizen ? labels.take : labels.signIn}</Button>
      </Form>
    </>
  );
}
