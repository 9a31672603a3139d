import { redirect, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Facts, Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, filled, load, localPath, type PageHouse, text } from '#web/context';
import { filledSecret } from './begin.ts';
import { citizenTexts } from './citizen-texts.ts';
import { goToIdentity } from './identity-begin.ts';
import { identityTexts } from './identity-texts.ts';
import { put } from './sign-in-texts.ts';

/** The page between here and the state identity: what is going to happen, what went wrong, what is to be linked. */

type Cookie = { readonly secret: string; readonly onward: string };

function cookieOf({ rooms, ctx }: PageHouse, request: Request): Cookie | null {
  const found = rooms.accounts.readIdentityCookie(ctx, request.headers.get('Cookie'));
  return found && { secret: found.secret, onward: localPath(found.onward) };
}

/** On to where it began; the browser needs to know nothing more of it. */
function done({ rooms, ctx, cookies }: PageHouse, to: string, session?: { token: string; seconds: number }): Response {
  const headers = rooms.accounts.clearedIdentityCookies(ctx);
  if (session) headers.append('Set-Cookie', cookies.signIn(session.token, session.seconds));
  return redirect(to, { headers });
}

export const loader = load(async (house, { request }) => {
  const { accounts } = house.rooms;
  const name = accounts.identityName(house.ctx);
  if (name === null) throw house.missing();
  const given = new URL(request.url).searchParams.get('grund');
  const told = accounts.identityRefusals.find((reason) => reason === given) ?? null;
  const cookie = cookieOf(house, request);
  const answer = accounts.readAnswerCookie(house.ctx, request.headers.get('Cookie'));
  if (cookie && answer !== null) await accounts.claimIdentity(house.ctx, { secret: cookie.secret, answer });
  const view = cookie && (await accounts.viewIdentity(house.ctx, cookie.secret));
  if (!cookie || !view) return { kind: 'refused' as const, name, reason: told ?? ('elsewhere' as const), onward: null };
  const { state, purpose, level, attributes } = view;
  const { onward } = cookie;
  if (state.kind === 'refused') return { kind: 'refused' as const, name, reason: state.reason, onward };
  if (state.kind === 'used') return { kind: 'refused' as const, name, reason: 'used' as const, onward };
  if (told !== null && state.kind === 'begun') return { kind: 'refused' as const, name, reason: told, onward };
  if (state.kind === 'begun') return { kind: 'begun' as const, name, purpose, level, attributes, address: state.address };
  if (purpose === 'prove') throw redirect(onward);
  if (purpose === 'link') {
    const isCitizen = house.ctx.actor.kind === 'citizen';
    if (!isCitizen) throw redirect('/postfach/anmelden?weiter=/identitaet');
    await accounts.linkIdentity(house.ctx, cookie.secret);
    throw done(house, onward);
  }
  const session = await accounts.signInByIdentity(house.ctx, cookie.secret);
  if (session) throw done(house, onward, session);
  return { kind: 'unlinked' as const, name };
});

export const action = act(async (house, { request, form }) => {
  const { accounts } = house.rooms;
  const cookie = cookieOf(house, request);
  if (!cookie) return redirect('/identitaet');
  const { onward } = cookie;
  if (text(form, '_form') === 'again') {
    return goToIdentity(house, { onward, secret: await accounts.beginIdentityAgain(house.ctx, cookie.secret) });
  }
  const given = await house.checkAll({
    address: () => filled(house, form, 'address'),
    password: () => filledSecret(house, form, 'password'),
  });
  const session = await accounts.signInCitizen(house.ctx, given);
  const actor = await accounts.citizenBySession(house.ctx.platform, session.token);
  if (actor) await accounts.linkIdentity({ ...house.ctx, actor }, cookie.secret);
  return done(house, onward, session);
});

export default function IdentityPage() {
  const view = useLoaderData<typeof loader>();
  if (view.kind === 'refused') return <Refused view={view} />;
  if (view.kind === 'unlinked') return <Connect name={view.name} />;
  return <GoOn view={view} />;
}

type View = Awaited<ReturnType<typeof loader>>;

/** What is going to happen, before one leaves: a form of ours must not lead to another server (`form-action 'self'`), a link may. */
function GoOn({ view }: { readonly view: Extract<View, { kind: 'begun' }> }) {
  const labels = useWords(identityTexts);
  const { name, purpose, level, attributes, address } = view;
  const taken = attributes.map((attribute) => labels.attributes[attribute]).join(', ');
  return (
    <Page title={put(labels.title, { name })} lead={put(labels.lead, { name })}>
      <Facts
        facts={[
          [labels.what, labels.purposes[purpose]],
          [labels.level, labels.levels[level]],
          [labels.taken, taken || labels.nothing],
        ]}
      />
      <p>{put(labels.goHost, { host: new URL(address).host })}</p>
      <p>
        <a className="kern-btn kern-btn--primary" href={address} rel="noreferrer">
          <span className="kern-label">{put(labels.go, { name })}</span>
        </a>
      </p>
    </Page>
  );
}

function Refused({ view: { name, reason, onward } }: { readonly view: Extract<View, { kind: 'refused' }> }) {
  const labels = useWords(identityTexts);
  return (
    <Page title={labels.notDone}>
      <Alert tone="warning" title={put(labels.reasons[reason], { name })}>
        <p>{labels.safe}</p>
      </Alert>
      {onward === null ? (
        <LinkButton to="/suche">{labels.back}</LinkButton>
      ) : (
        <Form name="again">
          <Buttons>
            <Button kind="primary">{labels.again}</Button>
            <LinkButton to={onward}>{labels.back}</LinkButton>
          </Buttons>
        </Form>
      )}
    </Page>
  );
}

/** Somebody is known at the state identity and not yet here. */
function Connect({ name }: { readonly name: string }) {
  const labels = useWords(identityTexts);
  const citizen = useWords(citizenTexts);
  return (
    <Page title={labels.connect} lead={put(labels.connectLead, { name })}>
      <Form name="connect" labels={citizen}>
        <TextField name="address" type="email" label={citizen.address} autoComplete="username" />
        <TextField name="password" type="password" label={citizen.password} autoComplete="current-password" />
        <Button kind="primary">{labels.connectAction}</Button>
      </Form>
      <p>
        {labels.noMailbox} <TextLink to="/postfach/anlegen">{citizen.register}</TextLink>
      </p>
    </Page>
  );
}
