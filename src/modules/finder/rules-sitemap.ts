import { escapeXml } from './rules-exchange.ts';

/** What search engines are told: which pages there are, in which languages, and which are nobody's business. Pure. */

/** Kinds of pages with a part of the list each; the names stand in addresses. */
export const sitemapKinds = ['leistungen', 'stellen', 'lebenslagen'] as const;
export type SitemapKind = (typeof sitemapKinds)[number];

/** Where a page of such a kind lies. */
const pathOf: Readonly<Record<SitemapKind, string>> = {
  leistungen: '/leistung/',
  stellen: '/stelle/',
  lebenslagen: '/lebenslage/',
};

export type SitemapLine = {
  readonly key: string;
  readonly publishedAt: Date;
  /** There is a text in English. */
  readonly hasEnglish: boolean;
};

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const schema = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The parts of the list, each by the key it begins with. */
export function writeSitemapIndex(url: string, parts: readonly { readonly kind: SitemapKind; readonly from: string }[]): string {
  const lines = parts.map(
    ({ kind, from }) => `<sitemap><loc>${escapeXml(`${url}/sitemap/${kind}.xml?ab=${from}`)}</loc></sitemap>`,
  );
  return `${head}\n<sitemapindex xmlns="${schema}">\n${lines.join('\n')}\n</sitemapindex>\n`;
}

/**
 * Pages with their languages. A page in German and English is named twice, and each names both (`xhtml:link`, as Google and Bing ask for):
 * the address with `lang` speaks that language to everybody, the one without what the browser asks for.
 */
export function writeSitemap(url: string, kind: SitemapKind, lines: readonly SitemapLine[]): string {
  const pages = lines.flatMap(({ key, publishedAt, hasEnglish }) => {
    const page = escapeXml(`${url}${pathOf[kind]}${key}`);
    const day = publishedAt.toISOString().slice(0, 10);
    const links = hasEnglish
      ? [link('de', `${page}?lang=de`), link('en', `${page}?lang=en`), link('x-default', page)].join('')
      : '';
    const addresses = hasEnglish ? [page, `${page}?lang=de`, `${page}?lang=en`] : [page];
    return addresses.map((address) => `<url><loc>${address}</loc><lastmod>${day}</lastmod>${links}</url>`);
  });
  return `${head}\n<urlset xmlns="${schema}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${pages.join('\n')}\n</urlset>\n`;
}

const link = (language: string, address: string) => `<xhtml:link rel="alternate" hreflang="${language}" href="${address}"/>`;

/** What is not for search engines: what belongs to one person, and searches, of which there is no end. */
const closed = [
  ...['/suche?', '/antrag/', '/bezahlung/', '/rueckmeldung/', '/postfach', '/link/', '/anmelden', '/ansicht', '/einbetten/suche'],
  ...['/api/', '/remote.php/', '/ocs/', '/zustelldienst/'],
];

/** A demonstration is not to be found: what it says of towns is made up. */
export function writeRobots(url: string, isDemo: boolean): string {
  const rules = isDemo ? ['Disallow: /'] : [...closed.map((path) => `Disallow: ${path}`), '', `Sitemap: ${url}/sitemap.xml`];
  return ['User-agent: *', ...rules, ''].join('\n');
}
