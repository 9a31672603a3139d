import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router';
import type { AccountActor, Context } from '#platform/context';
import type { Kind, Params } from '#platform/errors';
import type { PageWishes } from '#platform/http-guard';

export { fileIn } from './file-part.ts';
export { readUpload } from './form-files.ts';

/**
 * How a page reaches the house. The pages are bundled on their own; what they call comes in with every request under
 * {@link houseKey}, so that the bundle holds no room, no second copy of the platform and no secret.
 *
 * A page is a file in `modules/<room>/pages/` with
 *   `export const loader = load(async (house, { params }) => …)` – reads, through verbs of `house.rooms`,
 *   `export const action = act(async (house, { form }) => …)` – changes, then `return go(house, '/where', { text })`,
 *   `export default function Page()` – building blocks of `#ui/*` and nothing else.
 * What a verb throws needs no catching: `load` turns it into the error page, `act` into the sentence above the form.
 */

/** The rooms' doors as pages see them; put in by house.ts. */
export type Rooms = {
  readonly accounts: typeof import('#modules/accounts');
  readonly delivery: typeof import('#modules/delivery');
  readonly files: typeof import('#modules/files');
  readonly finder: typeof import('#modules/finder');
  readonly forms: typeof import('#modules/forms');
  readonly indicators: typeof import('#modules/indicators');
  readonly intake: typeof import('#modules/intake');
  readonly mailbox: typeof import('#modules/mailbox');
  readonly notifications: typeof import('#modules/notifications');
  readonly payments: typeof import('#modules/payments');
  readonly tenants: typeof import('#modules/tenants');
};

/** Look of the authority whose pages are shown. */
export type TenantView = {
  readonly name: string;
  /** Readable on light and on dark surfaces; null: the house's own. */
  readonly colours: { readonly light: string; readonly dark: string } | null;
  /** Address of its crest. */
  readonly crest: string | null;
};

/** A sentence about what was just done, shown once on the next page, with a way back where there is one. */
export type Notice = {
  readonly text: string;
  readonly undo?: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
};

/** What a person is told about something that went wrong. */
export type Explained = {
  readonly status: number;
  readonly kind: Kind;
  readonly code: string;
  readonly sentence: string;
  /** Number of the request, for the help desk. */
  readonly request: string;
  /** The form fields that have to change, where the room named them (`params.field`), each with why. */
  readonly fields: readonly { readonly field: string; readonly sentence: string }[];
};

/** One part of a form that is sent as multipart; a file's bytes have not been read yet. */
export type Part =
  | { readonly kind: 'field'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly fileName: string;
      readonly type: string;
      readonly stream: AsyncIterable<Uint8Array>;
    };

export type Theme = 'light' | 'dark' | 'system';

/** `Set-Cookie` values, each for one purpose. */
export type Cookies = {
  /** Begins the session in this browser. */
  signIn(token: string, seconds: number): string;
  signOut(): string;
  language(locale: string): string;
  theme(theme: Theme): string;
  rail(isNarrow: boolean): string;
  notice(notice: Notice): string;
};

/** The house as one request sees it. */
export type PageHouse = {
  readonly ctx: Context;
  readonly rooms: Rooms;
  /** The token every form of this session carries; null when nobody is signed in. */
  readonly csrf: string | null;
  readonly tenant: TenantView;
  /** Whose cloud this is. */
  readonly provider: string;
  readonly theme: Theme;
  /** The person folded the rail away in this browser. */
  readonly isNarrow: boolean;
  readonly notice: Notice | null;
  readonly nonce: string;
  readonly cookies: Cookies;
  /** The content security policy of a page with or without script, and of one whose form ends in an app. */
  policy(hasScript: boolean, wishes?: PageWishes): string;
  /** Says what went wrong, and writes it down where it is our mistake. */
  explain(error: unknown): Explained;
  /** The sentence for a code of a room, in the person's language. */
  say(code: string, params?: Params): string;
  /** What to throw for something that does not exist, or may not be known to exist. */
  missing(): Error;
  /** What to throw when nobody is signed in who has to be. */
  signInFirst(): Error;
  /** What to throw when a form itself is wrong, before any verb was asked: the sentence and the field it is about. */
  refuse(sentence: string, field: string): Error;
  /** Runs all checks of a form and throws what every one of them refuses, so that people hear of all mistakes at once. */
  readonly checkAll: typeof import('#platform/checks').checkAll;
  /** The parts of a multipart form after its token; to be read once, in order, each file before the next part. */
  parts(): AsyncIterable<Part>;
};

export const houseKey = createContext<PageHouse>();

/** The authority whose page this is, for the frame, as a part of a loader's data: whatever host somebody came by. */
export async function shownTenant(
  { rooms, ctx }: PageHouse,
  tenant: number | null,
): Promise<{ readonly shownTenant?: TenantView }> {
  const profile = tenant === null ? null : await rooms.tenants.profile(ctx.platform, tenant);
  return profile ? { shownTenant: profile.branding } : {};
}

/** What an action returns when it was refused: the sentence, and what had been typed (never passwords). */
export type Refused = {
  readonly refused: Explained;
  /** Name of the form that was sent, see `Form` in `#ui/form`. */
  readonly form: string;
  readonly typed: Readonly<Record<string, string>>;
};

/** What verbs throw when nobody is signed in; a wrong password is another matter. */
const notSignedIn = 'platform.signInFirst';

/** Fields whose content is never sent back to the browser: passwords by all the names our forms have for them, and tokens. */
const secretField = /password|passwort|^current$|^repeat$|token|_csrf/i;

/** Wraps a loader: hands it the house and turns what it throws into the error page. */
export function load<Result>(work: (house: PageHouse, args: LoaderFunctionArgs) => Promise<Result>) {
  return async (args: LoaderFunctionArgs): Promise<Result> => {
    const house = args.context.get(houseKey);
    try {
      return await work(house, args);
    } catch (error) {
      throw asPageError(house, args.url, error);
    }
  };
}

type ActionArgs = ActionFunctionArgs & { readonly form: FormData };

/** Wraps an action: hands it the house and the form; a refusal comes back as {@link Refused} with its status code. */
export function act<Result>(work: (house: PageHouse, args: ActionArgs) => Promise<Result>) {
  return async (args: ActionFunctionArgs) => {
    const house = args.context.get(houseKey);
    const form = await readForm(args.request);
    try {
      return await work(house, { ...args, form });
    } catch (error) {
      if (error instanceof Response) throw error;
      const explained = house.explain(error);
      if (explained.code === notSignedIn || explained.kind === 'notFound') throw asPageError(house, args.url, error);
      const refused: Refused = { refused: explained, form: text(form, '_form'), typed: typedIn(form) };
      return data(refused, { status: explained.status });
    }
  };
}

/** Uploads are read part by part through `house.parts()` instead. */
async function readForm(request: Request): Promise<FormData> {
  const isUpload = request.headers.get('Content-Type')?.startsWith('multipart/form-data');
  return isUpload ? new FormData() : request.formData();
}

function typedIn(form: FormData): Record<string, string> {
  const typed = [...form].flatMap(([name, value]) =>
    typeof value === 'string' && !secretField.test(name) ? [[name, value] as const] : [],
  );
  return Object.fromEntries(typed);
}

/** Redirects and answers thrown on purpose pass; everything else becomes an error page, or the way to the sign-in. */
function asPageError(house: PageHouse, url: URL, error: unknown) {
  if (error instanceof Response || isRouterData(error)) return error;
  const explained = house.explain(error);
  if (explained.code === notSignedIn) return redirect(signInPath(url));
  return data(explained, { status: explained.status });
}

/** What React Router's `data()` made; it exports no class to compare with. */
function isRouterData(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'DataWithResponseInit';
}

/**
 * The sign-in page, which leads back to where the person wanted to go.
 * @param url the page's own address; the request's may be that of its data, which the browser fetches when it stays on the page
 */
function signInPath({ pathname, search }: URL): string {
  // The start page of whoever is not signed in is the citizens' search.
  if (pathname === '/') return `/suche${search}`;
  // Citizens have a sign-in of their own.
  if (/^\/postfach(\/|$)|^\/antrag\/[^/]+\/konto-/.test(pathname))
    return `/postfach/anmelden?${new URLSearchParams({ weiter: `${pathname}${search}` })}`;
  return `/anmelden?${new URLSearchParams({ weiter: `${pathname}${search}` })}`;
}

/** The account that is signed in; sends everybody else to the sign-in. */
export function signedIn(house: PageHouse): AccountActor {
  const { actor } = house.ctx;
  if (actor.kind !== 'account') throw house.signInFirst();
  return actor;
}

/** Goes to another page after a change (so that reloading does not repeat it) and says there what was done. */
export function go(house: PageHouse, to: string, notice?: Notice): Response {
  return redirect(to, notice ? { headers: { 'Set-Cookie': house.cookies.notice(notice) } } : {});
}

/** A field's text, trimmed; empty when it is missing or a file. */
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** The text of a field that has to be filled in; throws what asks for it. */
export function filled(house: PageHouse, form: FormData, field: string): string {
  const given = text(form, field);
  if (given === '') throw house.refuse(house.say('platform.textMissing', { field }), field);
  return given;
}

/** A path on this server and nothing else: a link in a mail must not be able to send people elsewhere after the sign-in. */
export function localPath(given: unknown, fallback = '/'): string {
  const here = 'http://here.invalid';
  if (typeof given !== 'string' || !given.startsWith('/') || !URL.canParse(given, here)) return fallback;
  const url = new URL(given, here);
  // `/.//elsewhere` is on this server, but what is left of it once it is read begins with two slashes, and leads elsewhere.
  const isHere = url.origin === here && !url.pathname.startsWith('//');
  return isHere ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
