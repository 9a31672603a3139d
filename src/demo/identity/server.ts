import { createVerify, randomUUID, X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import sax from 'sax';
import { readBody } from '../body.ts';
import { type AskedFor, type Fault, faults, makeAnswer, type Partner } from './answer.ts';
import { type KeyAndCertificate, makeKeyAndCertificate } from './certificate.ts';
import { classes, type Level, levels, practiceCitizens } from './citizens.ts';
import { choicePage, refusalPage, returnPage } from './page.ts';

/**
 * A state identity to practise with: SAML 2.0 Web Browser SSO as the federal account speaks it (modelled on; its specification is not
 * at hand), pages on which people play signing in, and every way in which an answer can be wrong. Tests and the demonstration use it;
 * nothing else does. It knows one partner, whose requests it checks.
 */
export type PracticeIdentity = {
  readonly url: string;
  /** Settings (`RENNSTEIG_IDENTITY_*`) under which the partner knows it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The requests that arrived and were right. */
  readonly requests: readonly AskedFor[];
  /** Answers a request as if the person had; the fields of the form the browser would post. */
  answer(request: AskedFor, how?: How): Readonly<Record<'SAMLResponse' | 'RelayState', string>>;
  /** Lets the next answer given on the pages go wrong. */
  failNext(fault: Fault): void;
  /** Takes a new certificate. From now on it signs with the new key; resolves with the settings that know both. */
  rotate(): Readonly<Record<string, string>>;
  close(): Promise<void>;
};

export type How = { readonly citizen?: string; readonly level?: Level; readonly fault?: Fault; readonly at?: Date };

export type IdentityOptions = {
  readonly port?: number;
  /** Address of the partner, as people reach it. */
  readonly partnerUrl: string;
  readonly now?: () => Date;
};

/** A request, unpacked, in bytes. */
const largestRequest = 65_536;

type Desk = {
  readonly partner: Partner;
  readonly requests: AskedFor[];
  readonly open: Map<string, AskedFor>;
  url: string;
  own: KeyAndCertificate;
  nextFault: Fault | undefined;
};

export async function openPracticeIdentity({
  port = 0,
  partnerUrl,
  now = () => new Date(),
}: IdentityOptions): Promise<PracticeIdentity> {
  const ours = makeKeyAndCertificate('Rennsteig', now());
  const strange = makeKeyAndCertificate('Somebody else', now());
  const partner = {
    issuer: `${partnerUrl}/identitaet/metadaten.xml`,
    answerAddress: `${partnerUrl}/identitaet/antwort`,
    certificate: ours.certificate,
  };
  const first = makeKeyAndCertificate('Practice identity', now());
  const desk: Desk = { partner, requests: [], open: new Map(), url: '', own: first, nextFault: undefined };
  const answer = (asked: AskedFor, { citizen, level, fault, at }: How = {}) => {
    const who = practiceCitizens.find(({ key }) => key === citizen) ?? practiceCitizens[0];
    if (!who) throw new Error('The practice identity knows nobody.');
    const made = {
      asked,
      partner,
      issuer: `${desk.url}/metadaten.xml`,
      key: desk.own.key,
      strangeKey: strange.key,
      citizen: who,
    };
    return {
      SAMLResponse: makeAnswer({ ...made, level: level ?? asked.level, now: at ?? now(), fault }),
      RelayState: asked.relayState,
    };
  };
  const server = createServer((request, response) => {
    serve({ request, response, desk, answer }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // Another name than the house has: for a browser these are two sites, as they are in life.
  desk.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const settingsWith = (certificates: readonly string[]) => ({
    RENNSTEIG_IDENTITY_URL: `${desk.url}/sso`,
    RENNSTEIG_IDENTITY_ISSUER: `${desk.url}/metadaten.xml`,
    RENNSTEIG_IDENTITY_CERTIFICATES: certificates.join(''),
    RENNSTEIG_IDENTITY_NAME: 'BundID (Übung)',
    RENNSTEIG_IDENTITY_KEY: ours.key,
    RENNSTEIG_IDENTITY_CERTIFICATE: ours.certificate,
  });
  return {
    url: desk.url,
    settings: settingsWith([first.certificate]),
    requests: desk.requests,
    answer,
    failNext: (fault) => {
      desk.nextFault = fault;
    },
    rotate: () => {
      const earlier = desk.own.certificate;
      desk.own = makeKeyAndCertificate('Practice identity, next', now());
      return settingsWith([earlier, desk.own.certificate]);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Visit = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly desk: Desk;
  readonly answer: PracticeIdentity['answer'];
};

async function serve({ request, response, desk, answer }: Visit): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', desk.url);
  if (pathname === '/sso') {
    const asked = readRequest(search, desk);
    if (typeof asked === 'string') return show(response, 400, refusalPage(asked));
    const key = randomUUID();
    desk.requests.push(asked);
    desk.open.set(key, asked);
    response.writeHead(303, { location: `/anmelden/${key}` }).end();
    return;
  }
  const asked = desk.open.get(/^\/anmelden\/([\w-]+)$/.exec(pathname)?.[1] ?? '');
  if (!asked) return show(response, 404, refusalPage('Diese Anmeldung gibt es nicht mehr.'));
  if (request.method !== 'POST') return show(response, 200, choicePage(asked.level));
  const form = new URLSearchParams(await readBody(request));
  const fault =
    form.get('do') === 'cancel' ? 'cancelled' : (faults.find((known) => known === form.get('fault')) ?? desk.nextFault);
  desk.nextFault = undefined;
  const level = levels.find((known) => known === form.get('level')) ?? asked.level;
  const fields = answer(asked, { citizen: form.get('citizen') ?? '', level, ...(fault && { fault }) });
  show(response, 200, returnPage(desk.partner.answerAddress, fields.SAMLResponse, fields.RelayState));
}

function show(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'referrer-policy': 'no-referrer' }).end(page);
}

/** SAML 2.0 Bindings, 3.4.4.1: what is signed is the query as it was sent, in this order. */
function isSignedBy(search: string, certificate: string): boolean {
  const pieces = new Map(
    search
      .slice(1)
      .split('&')
      .map((piece) => [piece.split('=', 1)[0] ?? '', piece] as const),
  );
  const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) => pieces.get(name) ?? []).join('&');
  const parameters = new URLSearchParams(search);
  if (parameters.get('SigAlg') !== 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256') return false;
  const signature = Buffer.from(parameters.get('Signature') ?? '', 'base64');
  return createVerify('sha256').update(signed).verify(new X509Certificate(certificate).publicKey, signature);
}

type Found = {
  id: string;
  destination: string;
  address: string;
  issuer: string;
  classes: string[];
  comparison: string;
  attributes: string[];
};

function parse(xml: string): Found {
  const found: Found = { id: '', destination: '', address: '', issuer: '', classes: [], comparison: '', attributes: [] };
  const parser = sax.parser(true, { xmlns: true });
  const path: string[] = [];
  const take = (name: string, value: string) => {
    if (name === 'Issuer') found.issuer += value;
    if (name === 'AuthnContextClassRef') found.classes.push(value);
  };
  parser.onopentag = (tag) => {
    const name = 'local' in tag ? tag.local : tag.name;
    const value = (wanted: string) => {
      const given = tag.attributes[wanted];
      return typeof given === 'string' ? given : (given?.value ?? '');
    };
    path.push(name);
    if (name === 'AuthnRequest')
      Object.assign(found, { id: value('ID'), destination: value('Destination'), address: value('AssertionConsumerServiceURL') });
    if (name === 'RequestedAuthnContext') found.comparison = value('Comparison');
    if (name === 'RequestedAttribute') found.attributes.push(value('Name'));
  };
  parser.onclosetag = () => void path.pop();
  parser.ontext = (text) => take(path.at(-1) ?? '', text.trim());
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(xml).close();
  return found;
}

/** A request as we understand it, or what is wrong with it. */
function readRequest(search: string, { partner, url }: Desk): AskedFor | string {
  const parameters = new URLSearchParams(search);
  if (!isSignedBy(search, partner.certificate)) return 'Die Anfrage ist nicht richtig unterschrieben.';
  const inflated = inflateRawSync(Buffer.from(parameters.get('SAMLRequest') ?? '', 'base64'), {
    maxOutputLength: largestRequest,
  });
  const { id, destination, address, issuer, comparison, attributes, ...found } = parse(inflated.toString());
  if (issuer !== partner.issuer || address !== partner.answerAddress) return 'Diese Verwaltung ist hier nicht bekannt.';
  if (destination !== `${url}/sso` || comparison !== 'minimum') return 'Die Anfrage ist nicht für diese Anmeldung.';
  const level = levels.find((known) => classes[known] === found.classes[0]);
  const relayState = parameters.get('RelayState') ?? '';
  if (!level || id === '' || relayState.length > 80) return 'Die Anfrage ist nicht vollständig.';
  return { id, level, attributes, relayState };
}
