import { get } from 'node:http';

/** What a browser that has never been here fetches for a page, in bytes as they travel. */
export type Weight = {
  readonly page: number;
  readonly style: number;
  readonly fonts: number;
  readonly pictures: number;
  readonly script: number;
  readonly whole: number;
};

type Fetched = { readonly status: number; readonly type: string; readonly bytes: number; readonly text: () => string };
type Part = Exclude<keyof Weight, 'page' | 'whole'>;

/** One request as a browser makes it; compressed bodies are counted as they come. */
function fetchRaw(url: URL, headers: Readonly<Record<string, string>>): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'Accept-Language': 'de', ...headers } }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => {
        const body = Buffer.concat(pieces);
        const type = answer.headers['content-type'] ?? '';
        resolve({ status: answer.statusCode ?? 0, type, bytes: body.length, text: () => body.toString() });
      });
    });
    request.on('error', reject);
  });
}

const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');

/** What a page leads a browser to fetch at once: style sheets, fonts it preloads, pictures, and every kind of script. */
function partsOf(html: string): [Part, string][] {
  const parts: [Part, string][] = [];
  const put = (part: Part, address: string | undefined) => address && parts.push([part, address]);
  for (const [tag] of html.matchAll(/<(link|script|img)\s[^>]*>/g)) {
    const [rel, as] = [attribute(tag, 'rel'), attribute(tag, 'as')];
    if (tag.startsWith('<img')) put('pictures', attribute(tag, 'src'));
    else if (tag.startsWith('<script')) put('script', attribute(tag, 'src'));
    else if (rel === 'stylesheet') put('style', attribute(tag, 'href'));
    else if (rel === 'icon') put('pictures', attribute(tag, 'href'));
    else if (rel === 'modulepreload' || as === 'script') put('script', attribute(tag, 'href'));
    else if (as === 'font') put('fonts', attribute(tag, 'href'));
  }
  return parts.filter(([, address]) => !address.startsWith('data:'));
}

/** Bytes of the scripts that stand in the page itself. */
const ownScript = (html: string) =>
  [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].reduce((sum, [, code = '']) => sum + Buffer.byteLength(code), 0);

/** Weighs a page with everything it needs. Throws when something is missing. */
export async function weigh(address: string, cookie = ''): Promise<Weight> {
  const url = new URL(address);
  const headers: Record<string, string> = cookie ? { Cookie: cookie } : {};
  const [plain, sent] = [await fetchRaw(url, headers), await fetchRaw(url, { ...headers, 'Accept-Encoding': 'gzip, br' })];
  if (plain.status !== 200 || sent.status !== 200) throw new Error(`${address}: ${plain.status}`);
  const html = plain.text();
  const weight = { style: 0, fonts: 0, pictures: 0, script: ownScript(html) };
  for (const [part, path] of new Map(partsOf(html).map((one) => [one[1], one] as const)).values()) {
    const { status, bytes } = await fetchRaw(new URL(path, url), { ...headers, 'Accept-Encoding': 'gzip, br' });
    if (status !== 200) throw new Error(`${path}: ${status}`);
    weight[part] += bytes;
  }
  const whole = sent.bytes + weight.style + weight.fonts + weight.pictures + weight.script;
  return { page: sent.bytes, ...weight, whole };
}
