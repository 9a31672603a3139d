import { type Canvas, type Colour, disc, fill, openCanvas, type Point, stroke, toPng } from './canvas.ts';

/** What stands on the shield. None of them is the arms of a real place. */
export type Charge = 'tower' | 'waves' | 'hills' | 'wheel' | 'tree' | 'star';

export type Shield = { readonly charge: Charge; readonly field: Colour; readonly figure: Colour };

const size = 192;

const shieldShape: readonly Point[] = [
  [16, 10],
  [176, 10],
  [176, 96],
  ...Array.from({ length: 31 }, (_, index): Point => {
    const angle = (index / 30) * Math.PI;
    return [96 + 80 * Math.cos(angle), 96 + 86 * Math.sin(angle) ** 0.8];
  }),
  [16, 96],
];

const smaller = (shape: readonly Point[], share: number): Point[] =>
  shape.map(([x, y]) => [96 + (x - 96) * share, 94 + (y - 94) * share]);

type Draw = (canvas: Canvas, colour: Colour, field: Colour) => void;

const box = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

const charges: Readonly<Record<Charge, Draw>> = {
  tower: (canvas, colour, field) => {
    fill(canvas, box(68, 62, 56, 82), colour);
    for (const x of [62, 86, 110]) fill(canvas, box(x, 46, 20, 20), colour);
    fill(canvas, [...disc([96, 118], 12), [108, 144], [84, 144]], field);
    fill(canvas, box(84, 116, 24, 28), field);
  },
  waves: (canvas, colour) => {
    for (const y of [62, 94, 126]) {
      const top = Array.from({ length: 49 }, (_, index): Point => [30 + index * 2.75, y + Math.sin(index / 3.8) * 7]);
      fill(canvas, [...top, ...top.toReversed().map(([x, down]): Point => [x, down + 15])], colour);
    }
  },
  hills: (canvas, colour) => {
    for (const [x, y, radius] of [
      [66, 132, 30],
      [126, 132, 30],
      [96, 112, 34],
    ] as const)
      fill(canvas, disc([x, y], radius), colour);
    fill(canvas, disc([96, 52], 14), colour);
  },
  wheel: (canvas, colour, field) => {
    fill(canvas, disc([96, 90], 52), colour);
    fill(canvas, disc([96, 90], 38), field);
    for (let spoke = 0; spoke < 4; spoke += 1) {
      const [dx, dy] = [Math.cos((spoke * Math.PI) / 4) * 44, Math.sin((spoke * Math.PI) / 4) * 44];
      fill(canvas, stroke([96 - dx, 90 - dy], [96 + dx, 90 + dy], 9), colour);
    }
    fill(canvas, disc([96, 90], 12), colour);
  },
  tree: (canvas, colour) => {
    fill(canvas, box(89, 116, 14, 34), colour);
    for (const [y, half] of [
      [72, 26],
      [98, 36],
      [124, 46],
    ] as const) {
      fill(
        canvas,
        [
          [96, y - 40],
          [96 + half, y],
          [96 - half, y],
        ],
        colour,
      );
    }
  },
  star: (canvas, colour) => {
    const corners = Array.from({ length: 16 }, (_, index): Point => {
      const [angle, radius] = [(index / 16) * 2 * Math.PI - Math.PI / 2, index % 2 === 0 ? 58 : 26];
      return [96 + Math.cos(angle) * radius, 90 + Math.sin(angle) * radius];
    });
    fill(canvas, corners, colour);
  },
};

/** A crest for a tenant's pages, as PNG with a clear ground. */
export function crest({ charge, field, figure }: Shield): Buffer {
  const canvas = openCanvas(size, size);
  fill(canvas, shieldShape, [44, 48, 56]);
  fill(canvas, smaller(shieldShape, 0.95), field);
  charges[charge](canvas, figure, field);
  return toPng(canvas);
}
