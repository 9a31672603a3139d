import { chance } from './chance.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asXml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => escapes[character] as string);

export type PlanFacts = {
  readonly seed: number;
  readonly title: string;
  readonly subtitle: string;
  readonly scale?: string;
};

/** A site plan: parcels, buildings, a street and the thing it is about, as SVG. Of no real place. */
export function sitePlan({ seed, title, subtitle, scale = '1 : 500' }: PlanFacts): Buffer {
  const random = chance(seed);
  const street = random.between(250, 330);
  const parcels = Array.from({ length: 8 }, (_, index) => {
    const [column, isBelow] = [index % 4, index >= 4];
    const [x, y, height] = [40 + column * 180, isBelow ? street + 48 : 70, isBelow ? 520 - street - 60 : street - 82];
    const [wide, deep] = [random.between(60, 110), random.between(48, 90)];
    const house = {
      x: x + random.between(16, 50),
      y: isBelow ? y + random.between(18, 40) : y + height - deep - random.between(18, 40),
    };
    const isSubject = index === seed % 8;
    const colour = isSubject ? '#e8a33d' : '#c9c3b8';
    return `<rect x="${x}" y="${y}" width="176" height="${height}" fill="#f4f1e8" stroke="#8a8576"/>
<rect x="${house.x}" y="${house.y}" width="${wide}" height="${deep}" fill="${colour}" stroke="#5b574c"/>
<text x="${x + 8}" y="${y + 18}" font-size="12" fill="#6b665a">${random.between(2, 240)}/${random.between(1, 9)}</text>${
      isSubject ? `\n<text x="${house.x + 6}" y="${house.y + deep / 2}" font-size="12" fill="#3a3730">Vorhaben</text>` : ''
    }`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" font-family="Fira Sans, sans-serif">
<rect width="800" height="600" fill="#fff"/>
${parcels.join('\n')}
<rect x="0" y="${street}" width="800" height="36" fill="#d9d7d2"/>
<path d="M0 ${street + 18}h800" stroke="#fff" stroke-width="2" stroke-dasharray="18 12"/>
<path d="M748 60v-34m0 0l-9 14m9-14l9 14" fill="none" stroke="#333" stroke-width="2"/><text x="743" y="78" font-size="13">N</text>
<rect x="20" y="540" width="760" height="48" fill="#fff" stroke="#333"/>
<text x="32" y="560" font-size="15" font-weight="700">${asXml(title)}</text>
<text x="32" y="579" font-size="12">${asXml(subtitle)} · Maßstab ${scale} · Muster aus der Vorführung</text>
</svg>
`);
}

/** The course of a bypass around a village, with its variants, as SVG. */
export function routePlan({ seed, title, subtitle }: PlanFacts): Buffer {
  const random = chance(seed);
  const bend = () => random.between(-40, 40);
  const variant = (colour: string, drop: number, name: string) =>
    `<path d="M20 ${300 + bend()} C 200 ${drop + bend()}, 560 ${drop + bend()}, 780 ${290 + bend()}" fill="none" stroke="${colour}" stroke-width="7"/>
<text x="610" y="${drop + 40}" font-size="14" fill="${colour}">${name}</text>`;
  const houses = Array.from(
    { length: 46 },
    () =>
      `<rect x="${300 + random.between(0, 190)}" y="${210 + random.between(0, 150)}" width="${random.between(8, 18)}" height="${random.between(8, 16)}"/>`,
  );
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" font-family="Fira Sans, sans-serif">
<rect width="800" height="600" fill="#eef3e6"/>
<path d="M0 470 C 160 430, 300 520, 460 480 S 700 430, 800 470 V600 H0Z" fill="#dbe7cd"/>
<path d="M120 0 C 180 160, 240 260, 210 420 S 260 560, 240 600" fill="none" stroke="#8fbadb" stroke-width="9"/>
<g fill="#b9aa98" stroke="#7d7163">${houses.join('')}</g>
<path d="M0 290 H800" stroke="#a9a49a" stroke-width="9"/><path d="M0 290 H800" stroke="#fff" stroke-width="1.5" stroke-dasharray="14 10"/>
${variant('#b3382c', 130, 'Variante 1 (Nord)')}
${variant('#2b6cb0', 470, 'Variante 2 (Süd)')}
<rect x="20" y="540" width="760" height="48" fill="#fff" stroke="#333"/>
<text x="32" y="560" font-size="15" font-weight="700">${asXml(title)}</text>
<text x="32" y="579" font-size="12">${asXml(subtitle)} · Maßstab 1 : 5.000 · Muster aus der Vorführung</text>
</svg>
`);
}
