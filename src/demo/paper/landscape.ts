import { type Canvas, type Colour, fill, mix, openCanvas, put, toPng } from './canvas.ts';
import { type Chance, chance } from './chance.ts';

/** What the light is like. Sky from top to horizon, the near and the far ground. */
const moods = {
  noon: {
    sky: [
      [74, 131, 196],
      [196, 220, 238],
    ],
    near: [64, 104, 48],
    far: [140, 168, 178],
  },
  evening: {
    sky: [
      [62, 74, 130],
      [246, 178, 118],
    ],
    near: [52, 58, 48],
    far: [168, 126, 122],
  },
  winter: {
    sky: [
      [150, 166, 184],
      [222, 228, 234],
    ],
    near: [214, 222, 230],
    far: [176, 188, 202],
  },
  autumn: {
    sky: [
      [112, 146, 182],
      [226, 220, 206],
    ],
    near: [138, 96, 42],
    far: [166, 150, 142],
  },
  fog: {
    sky: [
      [176, 184, 188],
      [214, 216, 214],
    ],
    near: [110, 122, 104],
    far: [198, 204, 204],
  },
} as const satisfies Record<string, { sky: readonly [Colour, Colour]; near: Colour; far: Colour }>;

export type Mood = keyof typeof moods;
export const moodNames = Object.keys(moods) as readonly Mood[];

export type View = {
  readonly seed: number;
  readonly mood: Mood;
  readonly width?: number;
  readonly height?: number;
  readonly hasVillage?: boolean;
  readonly hasRoad?: boolean;
};

/** A line of hills: heights for every column, a few waves laid over each other. */
function ridge(random: Chance, width: number, roughness: number): number[] {
  const waves = Array.from({ length: 7 }, (_, index) => ({
    length: width / (0.8 + index * index * 0.7 + random.next()),
    phase: random.next() * 7,
    height: 1 / (1 + index * roughness),
  }));
  return Array.from({ length: width }, (_, x) =>
    waves.reduce((sum, { length, phase, height }) => sum + Math.sin((x / length) * 2 * Math.PI + phase) * height, 0),
  );
}

function paintSky(canvas: Canvas, { sky }: (typeof moods)[Mood], random: Chance): void {
  const { width, height } = canvas;
  const horizon = height * 0.62;
  const sun = { x: width * (0.15 + random.next() * 0.7), y: horizon * (0.25 + random.next() * 0.5) };
  const clouds = ridge(random, width + height, 6);
  for (let y = 0; y < height; y += 1) {
    const base = mix(sky[0], sky[1], (y / horizon) ** 1.3);
    for (let x = 0; x < width; x += 1) {
      const glow = Math.exp(-Math.hypot(x - sun.x, (y - sun.y) * 1.2) / (width * 0.11));
      const veil = Math.max(0, Math.sin(y / 23 + (clouds[(x + y) % clouds.length] as number) * 2.2) - 0.35) * (1 - y / horizon);
      put(canvas, { x, y }, mix(mix(base, [255, 255, 252], veil * 0.55), [255, 244, 214], glow * 0.8));
    }
  }
}

type Layer = { readonly share: number; readonly tops: number[] };

function paintHills(canvas: Canvas, mood: (typeof moods)[Mood], random: Chance): Layer {
  const { width, height } = canvas;
  let front: Layer = { share: 1, tops: [] };
  for (let layer = 0; layer < 5; layer += 1) {
    const share = layer / 4;
    const shape = ridge(random, width, 0.8 + (1 - share));
    const middle = height * (0.48 + share * 0.3);
    const tops = shape.map((value) => middle - value * height * (0.035 + 0.02 * (1 - share)));
    const ground = mix(mood.far, mood.near, share ** 1.2);
    for (let x = 0; x < width; x += 1) {
      const top = tops[x] as number;
      const trees = layer > 1 ? random.next() * 5 * share : 0;
      for (let y = Math.max(0, Math.floor(top - trees)); y < height; y += 1) {
        const stripe = Math.sin((y - top) / (6 + share * 16) + Math.sin(x / 90) * 2) * 7 * share;
        const grain = (random.next() - 0.5) * 14 * share;
        const depth = Math.min(1, (y - top) / (height * 0.4));
        const shade = stripe + grain - depth * 22;
        put(canvas, { x, y }, [ground[0] + shade, ground[1] + shade, ground[2] + shade * 0.8]);
      }
    }
    front = { share, tops };
  }
  return front;
}

/** Gables around a church tower, in the lower third. */
function paintVillage(canvas: Canvas, random: Chance, isSnowy: boolean): void {
  const { width, height } = canvas;
  const middle = width * (0.3 + random.next() * 0.4);
  const roofs: readonly Colour[] = isSnowy
    ? [[236, 240, 244]]
    : [
        [150, 72, 54],
        [128, 62, 50],
        [104, 96, 92],
      ];
  for (let house = 0; house < 16; house += 1) {
    const scale = height * (0.03 + random.next() * 0.02);
    const x = middle + (random.next() - 0.5) * width * 0.5;
    const y = height * (0.74 + random.next() * 0.08);
    const wall = mix([238, 230, 214], [206, 196, 176], random.next());
    fill(
      canvas,
      [
        [x, y],
        [x + scale * 1.6, y],
        [x + scale * 1.6, y - scale],
        [x, y - scale],
      ],
      wall,
    );
    fill(
      canvas,
      [
        [x - 2, y - scale],
        [x + scale * 1.6 + 2, y - scale],
        [x + scale * 1.3, y - scale * 1.7],
        [x + scale * 0.3, y - scale * 1.7],
      ],
      random.pick(roofs),
    );
    fill(
      canvas,
      [
        [x + scale * 0.3, y - scale * 0.7],
        [x + scale * 0.55, y - scale * 0.7],
        [x + scale * 0.55, y - scale * 0.35],
        [x + scale * 0.3, y - scale * 0.35],
      ],
      [70, 80, 92],
    );
  }
  const [side, foot] = [height * 0.035, height * 0.78];
  fill(
    canvas,
    [
      [middle, foot],
      [middle + side, foot],
      [middle + side, foot - side * 3.4],
      [middle, foot - side * 3.4],
    ],
    [226, 218, 202],
  );
  fill(
    canvas,
    [
      [middle - 3, foot - side * 3.4],
      [middle + side + 3, foot - side * 3.4],
      [middle + side / 2, foot - side * 5.6],
    ],
    [74, 84, 92],
  );
}

function paintRoad(canvas: Canvas, random: Chance): void {
  const { width, height } = canvas;
  const [far, near] = [width * (0.4 + random.next() * 0.2), width * (0.3 + random.next() * 0.4)];
  const top = height * 0.8;
  fill(
    canvas,
    [
      [far - 4, top],
      [far + 4, top],
      [near + width * 0.16, height],
      [near - width * 0.16, height],
    ],
    [112, 112, 114],
  );
  for (let dash = 0; dash < 6; dash += 1) {
    const [from, to] = [(dash / 6) ** 1.6, ((dash + 0.45) / 6) ** 1.6];
    const at = (share: number) => far + (near - far) * share;
    const y = (share: number) => top + (height - top) * share;
    fill(
      canvas,
      [
        [at(from) - from * 4, y(from)],
        [at(from) + from * 4, y(from)],
        [at(to) + to * 5, y(to)],
        [at(to) - to * 5, y(to)],
      ],
      [232, 232, 228],
    );
  }
}

/** A picture that passes for a photograph of hills at a glance: made from numbers, of no real place. PNG. */
export function landscape({ seed, mood, width = 640, height = 427, hasVillage = false, hasRoad = false }: View): Buffer {
  const random = chance(seed);
  const canvas = openCanvas(width, height, [0, 0, 0]);
  const light = moods[mood];
  paintSky(canvas, light, random);
  paintHills(canvas, light, random);
  if (hasVillage) paintVillage(canvas, random, mood === 'winter');
  if (hasRoad) paintRoad(canvas, random);
  return toPng(canvas);
}
