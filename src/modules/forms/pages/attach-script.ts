import { formatBytes } from '../../../ui/formats.ts';

/**
 * Sends attachments in pieces (tus 1.0), on pages that work without it, too: shows how far each file is, goes on by itself once the line
 * is back, and after the page was loaded anew once the same file is chosen again. A script of its own, since these pages have no other.
 */

/** So much is sent in one request: what stands between browser and house may hold a request back until it is whole. */
const pieceBytes = 2 * 2 ** 20;
/** Milliseconds until it is tried again; the last one over and over. */
const waits = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
/** Milliseconds after which the page asks whether the files were looked at meanwhile; the last one over and over, but not for ever. */
const looks = [1_000, 2_000, 3_000, 5_000, 10_000];
const mostLooks = 60;

type Texts = Readonly<
  Record<'sent' | 'waiting' | 'saving' | 'offline' | 'paused' | 'done' | 'cancelled' | 'failed' | 'holds', string>
>;
type State = 'waiting' | 'running' | 'resting' | 'paused' | 'failed' | 'over';
type Box = { readonly root: HTMLElement; readonly list: HTMLElement; readonly row: HTMLTemplateElement; readonly texts: Texts };
type Answer = { readonly status: number; readonly offset: number; readonly location: string | null; readonly body: string };

type Item = {
  readonly file: File;
  readonly box: Box;
  readonly row: HTMLElement;
  url: string | null;
  /** Null: the house has to be asked. */
  offset: number | null;
  /** Bytes that have left, as far as is known. */
  sent: number;
  state: State;
  tries: number;
  /** Grows when it is stopped or begins: only the last one goes on. */
  runs: number;
  request: XMLHttpRequest | null;
};

const items: Item[] = [];
/** The button that was pressed while files were on their way; `known` had failed before, in sight of whoever pressed. */
let pressed: { readonly form: HTMLFormElement; readonly button: HTMLElement | null; readonly known: ReadonlySet<Item> } | null =
  null;

const fill = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

const inWords = (bytes: number) => formatBytes(document.documentElement.lang === 'en' ? 'en' : 'de', bytes);

const isBusy = ({ state }: Item) => state === 'waiting' || state === 'running' || state === 'resting';
const part = <Kind extends HTMLElement>(root: HTMLElement, selector: string) => root.querySelector(selector) as Kind;

function announce({ root }: Box, text: string): void {
  part(root, '[data-news]').textContent = text;
}

/** Shows how far a file is. */
function show({ file, box: { texts }, row, state, sent }: Item, said?: string): void {
  const values = { name: file.name, sent: inWords(sent), all: inWords(file.size) };
  const words = { waiting: texts.waiting, resting: texts.offline, paused: texts.paused, failed: texts.failed, over: texts.done };
  const moving = sent < file.size ? texts.sent : texts.saving;
  part(row, '[data-words]').textContent = said ?? fill(state === 'running' ? moving : words[state], values);
  part<HTMLProgressElement>(row, 'progress').value = sent / file.size;
  part(row, '[data-do=pause]').hidden = !isBusy({ state } as Item);
  part(row, '[data-do=resume]').hidden = state !== 'paused' && state !== 'failed';
}

function turn(item: Item, state: State, said?: string): void {
  item.state = state;
  show(item, said);
  if (state !== 'running') announce(item.box, `${item.file.name}: ${part(item.row, '[data-words]').textContent}`);
}

const isDone = ({ status }: Answer) => status >= 200 && status < 300;

type Asking = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob;
};

function headersOf({ box: { root } }: Item): Readonly<Record<string, string>> {
  const csrf = root.closest('form')?.querySelector<HTMLInputElement>('[name=_csrf]')?.value ?? '';
  return { 'Tus-Resumable': '1.0.0', ...(csrf !== '' && { 'X-CSRF-Token': csrf }) };
}

/** Arrives also when the page is left at once. */
function forget(item: Item, url: string): void {
  void fetch(url, { method: 'DELETE', headers: headersOf(item), keepalive: true }).catch(() => {});
}

/** One request of a file; status 0: the line is broken. */
function ask(item: Item, { method, url, headers = {}, body }: Asking): Promise<Answer> {
  const request = new XMLHttpRequest();
  item.request = request;
  request.open(method, url);
  for (const [name, value] of Object.entries({ ...headersOf(item), ...headers })) request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded }) => {
    item.sent = (item.offset ?? 0) + loaded;
    show(item);
  };
  return new Promise((resolve) => {
    request.onloadend = () => {
      const { status, responseText } = request;
      const offset = Number(request.getResponseHeader('Upload-Offset') ?? Number.NaN);
      resolve({ status, offset, location: request.getResponseHeader('Location'), body: responseText });
    };
    request.send(body ?? null);
  });
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function announceFile(item: Item): Promise<Answer> {
  const { page = '', field = '', request = '', attach = '' } = item.box.root.dataset;
  const { name, size, lastModified } = item.file;
  const wish = { page, field, request, filename: name, modified: String(lastModified) };
  const metadata = Object.entries(wish).map(([key, value]) => `${key} ${base64(value)}`);
  const headers = { 'Upload-Length': String(size), 'Upload-Metadata': metadata.join() };
  return ask(item, { method: 'POST', url: attach, headers });
}

function sendPiece(item: Item, url: string, offset: number): Promise<Answer> {
  const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
  return ask(item, { method: 'PATCH', url, headers, body: item.file.slice(offset, offset + pieceBytes) });
}

/** What comes next: announce it, ask how far it is, send a piece. */
async function step(item: Item): Promise<Answer> {
  if (item.url === null) {
    const answer = await announceFile(item);
    item.url = answer.location;
    item.offset = answer.status === 201 ? 0 : null;
    return answer;
  }
  const answer =
    item.offset === null ? await ask(item, { method: 'HEAD', url: item.url }) : await sendPiece(item, item.url, item.offset);
  if (isDone(answer)) item.offset = answer.offset;
  if (answer.status === 404 || answer.status === 410) item.url = null;
  return answer;
}

type Refusal = { readonly title: string; readonly detail: string };

function refusalOf({ body }: Answer): Refusal {
  try {
    return JSON.parse(body) as Refusal;
  } catch {
    return { title: '', detail: '' };
  }
}

/** The line, a house that starts anew, somebody who was faster: these pass. What is gone is announced anew. */
function isPassing(answer: Answer): boolean {
  const { status } = answer;
  if (status === 409) return ['', 'forms.uploadOffset'].includes(refusalOf(answer).title);
  return status === 0 || status === 404 || status === 410 || status === 423 || status === 429 || status >= 500;
}

/** Until it is worth another try, or the browser says that the line is back. */
function rest(item: Item): Promise<void> {
  const wait = waits[Math.min(item.tries, waits.length - 1)];
  item.tries += 1;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    const goOnNow = () => {
      clearTimeout(timer);
      resolve();
    };
    addEventListener('online', goOnNow, { once: true });
  });
}

async function run(item: Item): Promise<void> {
  item.runs += 1;
  const mine = item.runs;
  turn(item, 'running');
  while (item.state === 'running') {
    const answer = await step(item);
    if (item.runs !== mine) return;
    if (isDone(answer)) {
      item.tries = 0;
      item.sent = item.offset ?? 0;
      show(item);
      if (item.offset === item.file.size) finish(item);
    } else if (isPassing(answer)) {
      item.offset = null;
      turn(item, 'resting');
      await rest(item);
      if (item.runs !== mine) return;
      turn(item, 'running');
    } else turn(item, 'failed', refusalOf(answer).detail || undefined);
  }
  goOn();
}

function finish(item: Item): void {
  turn(item, 'over');
  item.row.remove();
  void refresh(0);
}

/** The next file, or what the person wanted to do when all are here. */
function goOn(): void {
  if (items.some(({ state }) => state === 'running' || state === 'resting')) return;
  const next = items.find(({ state }) => state === 'waiting');
  if (next) return void run(next);
  const wish = pressed;
  pressed = null;
  if (wish && !items.some((item) => item.state === 'failed' && !wish.known.has(item))) wish.form.requestSubmit(wish.button);
}

/** The lists of the page as they are now; again as long as a file is being looked at. */
async function refresh(count: number): Promise<void> {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const list of document.querySelectorAll<HTMLElement>('[data-attached]')) {
    const now = fresh.querySelector(`[data-attached="${CSS.escape(list.dataset.attached ?? '')}"]`);
    if (now && now.innerHTML !== list.innerHTML) list.replaceChildren(...now.childNodes);
  }
  lookAgain(count);
}

function lookAgain(count: number): void {
  const wait = looks[Math.min(count, looks.length - 1)];
  if (count < mostLooks && document.querySelector('[data-waiting]')) setTimeout(() => void refresh(count + 1), wait);
}

/** Where this very file stopped when the page was left, and its line in the list, which goes. */
function beginningOf({ root, list }: Box, { name, size, lastModified }: File): string | null {
  const known = [...list.querySelectorAll<HTMLElement>('[data-upload]')].find(
    ({ dataset }) =>
      dataset.name === name.normalize('NFC') && dataset.size === String(size) && dataset.modified === String(lastModified),
  );
  known?.remove();
  return known ? `${root.dataset.attach}/${known.dataset.upload}` : null;
}

function add(box: Box, file: File): void {
  const row = (box.row.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  part(row, '[data-name]').textContent = file.name;
  part(row, 'progress').setAttribute('aria-label', file.name);
  box.list.append(row);
  const url = beginningOf(box, file);
  const item: Item = { file, box, row, url, offset: null, sent: 0, state: 'waiting', tries: 0, runs: 0, request: null };
  for (const button of row.querySelectorAll<HTMLElement>('[data-do]')) {
    button.setAttribute('aria-label', `${button.textContent}: ${file.name}`);
    button.addEventListener('click', () => press(item, button.dataset.do ?? ''));
  }
  items.push(item);
  turn(item, 'waiting');
  goOn();
}

function press(item: Item, act: string): void {
  if (act === 'resume') {
    turn(item, 'waiting');
    goOn();
    part(item.row, '[data-do=pause]').focus();
    return;
  }
  turn(item, act === 'pause' ? 'paused' : 'over', act === 'pause' ? undefined : item.box.texts.cancelled);
  item.runs += 1;
  item.request?.abort();
  item.offset = null;
  if (act === 'pause') part(item.row, '[data-do=resume]').focus();
  else {
    item.row.remove();
    part(item.box.root, 'input[type=file]').focus();
    if (item.url !== null) forget(item, item.url);
  }
  goOn();
}

function wake(root: HTMLElement): void {
  const box: Box = {
    root,
    list: part(root, '[data-list]'),
    row: part<HTMLTemplateElement>(root, 'template'),
    texts: JSON.parse(root.dataset.texts ?? '{}') as Texts,
  };
  const input = part<HTMLInputElement>(root, 'input[type=file]');
  for (const plain of root.querySelectorAll<HTMLElement>('[data-plain]')) plain.hidden = true;
  const take = () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    for (const file of files) add(box, file);
  };
  input.addEventListener('change', take);
  take(); // chosen before this script was there
  root.closest('form')?.addEventListener('submit', (event) => {
    if (!items.some(isBusy)) return;
    event.preventDefault();
    const known = new Set(items.filter(({ state }) => state === 'failed'));
    pressed = { form: event.target as HTMLFormElement, button: event.submitter, known };
    announce(box, box.texts.holds);
    part(root, '[data-holds]').hidden = false;
  });
}

addEventListener('beforeunload', (event) => {
  if (items.some(isBusy)) event.preventDefault();
});
for (const root of document.querySelectorAll<HTMLElement>('[data-attach]')) wake(root);
lookAgain(0);
