import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import type { RouteFacts } from '#platform/http';
import routes from '../../src/routes.ts';
import { ensurePages } from '../../src/web/build.ts';
import { type PersonName, settle } from '../people.ts';
import { openStand } from '../stand.ts';

/**
 * Every way into the house, and who is let in: a route or page that is not named here, or lets in somebody it should not,
 * fails. What the people see then is tested by the rooms; here it is only the doors.
 */

await ensurePages();
const stand = await openStand();
const { app } = stand.house;
const people = await settle(stand);
const { node: folder } = {
  node: await files.createFolder(people.anna, { folder: (await files.readHome(people.anna)).own, name: 'Akte' }),
};
const space = await files.createSpace(people.dora, { name: 'Bau' }, [{ principal: people.id.anna, role: 'editor' }]);
const names = ['anna', 'bernd', 'dora', 'emil', 'paula', 'ida'] as const satisfies readonly PersonName[];
type Name = (typeof names)[number];
const cookies = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await people.cookie(name)] as const)),
) as Record<Name, string>;

/** Open to everybody, and why. */
const open: readonly (readonly [route: RegExp, reason: string])[] = [
  [/^\/(healthz|readyz|metrics)$/, 'monitoring; the figures only on this machine or with their token: http-health.test.ts'],
  [/^\/assets\/\*$/, 'scripts, styles and fonts, the same for everybody'],
  [/^\/farbe\//, 'a colour that stands in the address'],
  [/^\/wappen\/|^\/.*crest|^\/.*branding/, 'an authority’s crest'],
  [/^\/api\//, 'the citizens’ catalogue: published texts only'],
  [/^\/(remote\.php\/)?status\.php$|^\/status\.php$/, 'version and name, which clients ask for before they sign in'],
  [/^\/\.well-known\//, 'leads to where one signs in'],
  [/^\/ocs\/v[12]\.php\/\*$/, 'says that there is no such thing'],
  [/^\/ocs\/v[12]\.php\/cloud\/capabilities$/, 'what clients may know before they sign in'],
  [/^\/index\.php\/login\/(v2|flow)/, 'a client asks to be let in; a person decides in the browser'],
  [
    /^\/(index\.php\/)?204$|^\/index\.php\/apps\/theming\/|^\/index\.php\/core\/wipe\//,
    'connectivity, pictures of the house, and a wipe that its token allows',
  ],
  [/^\/push\/(ws|seite)$/, 'the first message, or the cookie of the same site, says who it is'],
  [/^\/bezahlung\/benachrichtigung\//, 'a payment service’s notice, which is not read: a reason to ask it'],
  [/^\/antrag\/status\/:token\/quittung\.pdf$/, 'the receipt of an application: its link is the secret'],
  [/^\/identitaet\/metadaten\.xml$/, 'our keys and addresses, for the state identity'],
  [
    /^\/identitaet\/antwort$/,
    'the state identity’s answer, which the browser of another site posts: reads no cookie; what is right waits for the browser that began',
  ],
  [/^\/zustelldienst\/:tenant\//, 'other authorities’ programs, which show a token of their own: access.ts of the delivery'],
  [/^\/(robots\.txt|sitemap\.xml|sitemap\/:kind\.xml)$/, 'published pages of the citizens’ catalogue, for search engines'],
  [/direct/, 'an address that is the secret itself, and lapses'],
];

const methodOf = (route: RouteFacts) => route.methods.filter((method) => method !== 'OPTIONS');
const fill = (url: string) => url.replace(/:[a-zA-Z]+(\([^)]*\))?/g, '1').replace('*', 'x');
type Method = 'GET' | 'POST';

async function ask(method: string, url: string, headers: Record<string, string> = {}) {
  return app.inject({ method: method as Method, url, headers: { host: 'localhost', ...headers } });
}

test('whatever is open without a name is on the list', () => {
  const strangers = app.routeTable
    .filter(({ credentials }) => credentials === 'none' || credentials === 'maybeBasic')
    .filter(({ url }) => !open.some(([form]) => form.test(url)));
  assert.deepEqual(strangers, []);
});

test('what wants an app password takes nothing else: not nobody, not the browser’s cookie', async () => {
  const closed = app.routeTable.filter(({ credentials }) => credentials === 'basic');
  assert.ok(closed.length > 10);
  for (const route of closed) {
    for (const method of methodOf(route)) {
      for (const headers of [{}, { cookie: cookies.anna }] as Record<string, string>[]) {
        const { statusCode } = await ask(method, fill(route.url), headers);
        assert.equal(statusCode, 401, `${method} ${route.url}`);
      }
    }
  }
});

test('what wants a session lets nobody in without, and no other site’s request with one', async () => {
  const closed = app.routeTable.filter(({ credentials, url }) => credentials === 'session' && url !== '/*');
  assert.ok(closed.length > 5);
  for (const route of closed) {
    for (const method of methodOf(route)) {
      const { statusCode } = await ask(method, fill(route.url), { 'sec-fetch-site': 'same-origin' });
      assert.ok([302, 303, 400, 401, 403, 404, 412, 415].includes(statusCode), `${method} ${route.url}: ${statusCode}`);
      if (method === 'GET' || method === 'HEAD') continue;
      for (const forged of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }, { origin: 'null' }, {}]) {
        const refused = await ask(method, fill(route.url), { cookie: cookies.anna, ...(forged as Record<string, string>) });
        assert.equal(refused.statusCode, 403, `${method} ${route.url} ${JSON.stringify(forged)}`);
      }
    }
  }
});

type Page = {
  readonly path?: string | undefined;
  readonly index?: boolean | undefined;
  readonly children?: readonly Page[] | undefined;
};

/** The addresses of all pages. */
function addressesOf(pages: readonly Page[], above = ''): string[] {
  return pages.flatMap(({ path, children }) => {
    const address = path === undefined ? above || '/' : `${above === '/' ? '' : above}/${path}`;
    return children ? [...(path === undefined ? [] : [address]), ...addressesOf(children, address)] : [address];
  });
}

const pages = [...new Set(addressesOf(routes as readonly Page[]))].filter((page) => !page.endsWith('*'));

/** Who is let in; the first row that fits counts. */
const audiences: readonly (readonly [page: RegExp, who: 'everybody' | readonly Name[]])[] = [
  [/^\/(ansicht|anmelden|abmelden|passwort-vergessen|identitaet|suche|impressum|datenschutz|barrierefreiheit)$/, 'everybody'],
  [/^\/(link|geraet|leistung|einbetten|stelle|lebenslage|bezahlung|antrag|rueckmeldung)(\/|$)/, 'everybody'],
  [/^\/postfach\/(anmelden|anlegen|passwort-vergessen|link\/:token)$/, 'everybody'],
  [/^\/postfach(\/|$)/, []], // citizens only, whose sign-in is another one
  [/^\/zustellungen\/:id$/, []], // one delivery is there for its office alone
  [/^\/zustellungen$/, names],
  [/^\/briefe(\/|$)/, names],
  [/^\/kennzahlen\/rueckmeldungen$/, ['dora', 'paula']], // what citizens wrote: for whoever can change something
  [/^\/kennzahlen(\/|$)/, ['dora', 'paula', 'ida']], // whoever has a task; without personal data
  [/^\/eingang\/am-schalter(\/|$)/, []], // whoever serves at the counter, which is a role of its own: test/walks/forms-own
  [/^\/eingang\/:id/, []], // one submission is there for its office alone; who may what is in src/modules/intake
  [/^\/eingang\/(fristen|stellen)$/, ['dora', 'paula']],
  [/^\/stellungnahmen\/:id$/, []], // a question is there for the office that was asked alone
  [/^\/stellungnahmen$/, names],
  [/^\/eingang(\/|$)/, names], // everybody who works here looks into the trays of their own offices
  [/^\/formulare(\/|$)/, []], // the editors of a municipality; nobody of these is one
  [/^\/redaktion\/(neu|verzeichnis|:id\/bearbeiten)$/, []], // editors only, and nobody of these is one
  [/^\/redaktion(\/|$)/, ['ida']], // an auditor reads what the state's editors do; theirs is the walk of the editorial office
  [/^\/kasse(\/|$)/, ['ida']], // an auditor reads the treasury's list; its treasurers are in the walk of the payments
  [/^\/verwaltung(\/protokoll)?$/, ['dora', 'paula', 'ida']], // an auditor reads the trail, and nothing else there
  [/^\/verwaltung(\/|$)/, ['dora', 'paula']],
  [/^\/anbieter\/:tenant\/(sperren|verwalter)$/, ['paula', 'ida']], // Ida reads about her own authority; what the form does is refused
  [/^\/anbieter(\/|$)/, ['paula']],
  [/^\/postausgang$|^\/baukasten$/, []], // the demonstration's only
  [/^\/($|dateien|papierkorb|favoriten|bereiche|konto|mitteilungen)/, names],
];

const values: Readonly<Record<string, () => string>> = {
  '/dateien/:id?': () => String(folder.id),
  '/verwaltung/personen/:id': () => String(people.id.bernd),
  '/bereiche/:id': () => String(space.id),
};

function addressOf(page: string): string {
  const known = Object.keys(values)
    .filter((key) => page.startsWith(key))
    .sort((a, b) => b.length - a.length)[0];
  const first = known ? page.replace(/:\w+\??/, (values[known] as () => string)()) : page;
  return fill(first.replace(/\/?:\w+\?/g, '')) || '/';
}

/** A page that only leads to its first part is that part. */
async function visit(address: string, headers: Record<string, string> = {}) {
  const answer = await ask('GET', address, headers);
  const to = String(answer.headers.location ?? '');
  return answer.statusCode === 302 && to.startsWith(`${address}/`) && !isTurnedAway(answer) ? ask('GET', to, headers) : answer;
}

const isTurnedAway = ({ statusCode, headers }: { statusCode: number; headers: Record<string, unknown> }) =>
  [401, 403, 404].includes(statusCode) ||
  ([302, 303].includes(statusCode) && /^\/((postfach\/)?anmelden|suche)?(\?|$)/.test(String(headers.location)));

test('every page has its audience, and turns everybody else away', async () => {
  const wrong: string[] = [];
  for (const page of pages) {
    const audience = audiences.find(([form]) => form.test(page))?.[1];
    assert.ok(audience, `${page} is on no row`);
    if (audience === 'everybody') continue;
    const address = addressOf(page);
    const strangers = await visit(address);
    if (!isTurnedAway(strangers))
      wrong.push(`${page} lets in nobody in particular: ${strangers.statusCode} ${strangers.headers.location}`);
    for (const name of names.filter((each) => !audience.includes(each))) {
      const answer = await visit(address, { cookie: cookies[name] });
      if (!isTurnedAway(answer)) wrong.push(`${page} lets in ${name}: ${answer.statusCode}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no page takes a form without its session’s token, nor from another site', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const page of pages) {
    const address = addressOf(page);
    for (const forged of [
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'http://evil.example' },
      {},
    ]) {
      const headers = { host: 'localhost', cookie: cookies.dora, ...form, ...(forged as Record<string, string>) };
      const { statusCode } = await app.inject({ method: 'POST', url: address, headers, payload: 'a=1' });
      assert.equal(statusCode, 403, `${page} ${JSON.stringify(forged)}`);
    }
  }
});

test('other people’s things do not exist: not for a colleague, another authority, an auditor or the provider', async () => {
  const { id } = folder;
  const addresses = [
    `/dateien/${id}`,
    `/dateien/${id}/verbinden`,
    `/dateien/eintrag/${id}`,
    `/bereiche/${space.id}`,
    `/papierkorb/${space.id}`,
  ];
  for (const name of ['emil', 'paula', 'ida'] as const) {
    for (const address of addresses) {
      const answer = await ask('GET', address, { cookie: cookies[name] });
      assert.ok(isTurnedAway(answer), `${name} at ${address}: ${answer.statusCode}`);
      assert.doesNotMatch(answer.body, /Akte|Bau</, `${name} at ${address}`);
    }
  }
});

/** The citizens' search alone, without script: the one page other sites may show in a frame. */
const framed = '/einbetten/suche';

test('what is for one person is kept by no cache', async () => {
  for (const page of pages) {
    const { headers } = await ask('GET', addressOf(page), { cookie: cookies.anna });
    assert.match(String(headers['cache-control']), /no-store|no-cache/, page);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(
      String(headers['content-security-policy']),
      page === framed ? /script-src 'none';.*frame-ancestors \*/ : /frame-ancestors 'none'/,
      page,
    );
  }
  const { authorization } = await people.appPassword('anna');
  for (const { methods, url, credentials } of app.routeTable) {
    if (credentials !== 'basic' || !methods.includes('GET')) continue;
    const { headers, statusCode } = await ask('GET', fill(url), { authorization, 'ocs-apirequest': 'true' });
    if (statusCode === 200) assert.match(String(headers['cache-control']), /private|no-store|no-cache/, url);
  }
});

/** What somebody may put where an address has a number, a name, a key or a page of a list. */
const nonsense = [
  '%00',
  '-1',
  '0',
  '1.5',
  '9'.repeat(18),
  '9'.repeat(40),
  '%27',
  '%ff',
  'x'.repeat(3_000),
  '%F0%9F%92%A9',
  '__proto__',
  '..%2f..',
  '%E2%80%AE',
];
/** Names of the questions our addresses carry. */
const questions = [
  'q',
  'ort',
  'ab',
  'ids',
  'suche',
  'weiter',
  'sortierung',
  'von',
  'bis',
  'seite',
  'node',
  'stand',
  'cursor',
  'thema',
  'name',
  'limit',
  'format',
  'lang',
];

test('no nonsense in an address is answered with a fault of ours', async () => {
  const wrong: string[] = [];
  const look = async (url: string, headers: Record<string, string>) => {
    const { statusCode } = await ask('GET', url, headers);
    if (statusCode >= 500) wrong.push(`${url.slice(0, 80)}: ${statusCode}`);
  };
  const { authorization } = await people.appPassword('anna');
  const answered = app.routeTable.filter(
    ({ methods, url }) => methods.includes('GET') && !/^\/(\*|readyz|metrics)$|^\/push\//.test(url),
  );
  for (const text of nonsense) {
    const query = questions.map((name) => `${name}=${text}`).join('&');
    const into = (url: string) => url.replace(/:[a-zA-Z]+(\([^)]*\))?\??/g, text).replace('*', text);
    for (const page of pages) await look(`${into(page)}?${query}`, { cookie: cookies.dora });
    for (const { url, credentials } of answered)
      await look(
        `${into(url)}?${query}`,
        credentials === 'session' ? { cookie: cookies.anna } : { authorization, 'ocs-apirequest': 'true' },
      );
  }
  assert.deepEqual(wrong, []);
});

/** The forms of a page as they are sent: the hidden fields as they are, everything else the same text. */
function formsOf(body: string, text: string): { action: string | null; fields: URLSearchParams }[] {
  return [...body.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', inner = '']) => {
    const fields = new URLSearchParams();
    for (const [, tag = ''] of inner.matchAll(/<((?:input|select|textarea|button)[^>]*)>/g)) {
      const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
      const name = attribute('name');
      if (name)
        fields.append(name, attribute('type') === 'hidden' || tag.startsWith('button') ? (attribute('value') ?? '') : text);
    }
    return { action: /\baction="([^"]*)"/.exec(head)?.[1]?.replaceAll('&amp;', '&') ?? null, fields };
  });
}

test('no nonsense in a form is answered with a fault of ours', async () => {
  const wrong: string[] = [];
  let sent = 0;
  for (const text of ['\0', '9'.repeat(40), 'x'.repeat(20_000), '\ud800']) {
    for (const [name, page] of pages.flatMap((each) => [['dora', each] as const, ['paula', each] as const])) {
      if (/abmelden|sperren|ansicht/.test(page)) continue;
      const address = addressOf(page);
      const { body } = await ask('GET', address, { cookie: cookies[name] });
      for (const { action, fields } of formsOf(body, text)) {
        if (!fields.has('_csrf') || action?.startsWith('/abmelden')) continue;
        const headers = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin', cookie: cookies[name] };
        const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
        const answer = await app.inject({ method: 'POST', url: action || address, headers: form, payload: fields.toString() });
        sent += 1;
        if (answer.statusCode >= 500)
          wrong.push(`${page} ${fields.get('_form')} ${JSON.stringify(text.slice(0, 5))}: ${answer.statusCode}`);
      }
    }
  }
  assert.ok(sent > 50, String(sent));
  assert.deepEqual(wrong, []);
});
