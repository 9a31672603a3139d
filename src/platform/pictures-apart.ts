import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import type { DrawAnswer, DrawRequest } from './pictures.ts';

/** The process apart of `pictures.ts`: draws what it is sent, one after another, and knows nothing else. */

/** Quality of what is drawn, of 100: small pictures in lists and panels. */
const quality = 80;

/** The size of something when it is made to fit into a box. */
function fitted(width: number, height: number, box: number) {
  const scale = Math.min(1, box / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function drawPicture(bytes: Uint8Array, box: number): Promise<Canvas> {
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = fitted(image.width, image.height, box);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** The middle of a picture, which fills the square; on white where it is transparent. */
async function drawSquare(bytes: Uint8Array, box: number): Promise<Canvas> {
  const image = await loadImage(Buffer.from(bytes));
  const canvas = createCanvas(box, box);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, box, box);
  context.imageSmoothingQuality = 'high';
  const side = Math.min(image.width, image.height);
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
  context.drawImage(image, left, top, side, side, 0, 0, box, box);
  return canvas;
}

async function drawPdf(bytes: Uint8Array, box: number): Promise<Canvas> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')))));
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: false,
    maxImageSize: 2 ** 25,
    verbosity: VerbosityLevel.ERRORS,
  });
  const page = await (await task.promise).getPage(1);
  const whole = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: box / Math.max(whole.width, whole.height) });
  const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  await page.render({ canvas: canvas as never, viewport, background: 'white' }).promise;
  return canvas;
}

async function draw({ kind, bytes, box }: DrawRequest): Promise<Uint8Array | null> {
  try {
    if (kind === 'square') return await (await drawSquare(bytes, box)).encode('jpeg', quality);
    const canvas = await (kind === 'pdf' ? drawPdf(bytes, box) : drawPicture(bytes, box));
    return await canvas.encode('webp', quality);
  } catch {
    return null; // whatever is wrong with it, there is no picture of it
  }
}

// A damaged file may break something that nobody waits for any more: better a new process than one in an unknown state.
process.on('unhandledRejection', () => process.exit(1));
process.on('disconnect', () => process.exit(0));
process.on('message', async (request: DrawRequest) => {
  const answer: DrawAnswer = { id: request.id, picture: await draw(request) };
  process.send?.(answer);
});
