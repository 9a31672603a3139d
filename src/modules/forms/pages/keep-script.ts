import { timeInWords } from '../../../ui/formats.ts';

/**
 * Keeps what somebody types on a page of an application some seconds after they stop, and when the page is left in whatever way: it
 * loads anew, the phone goes back, the browser is put away. Pages work without it, with their buttons. Files are not its business.
 */

/** Milliseconds after the last change until it is kept; and after the first one, however long somebody goes on. */
const quiet = 3_000;
const longest = 15_000;
/** Milliseconds from one save to the next, and after those that failed; the last one over and over. */
const waits = [5_000, 10_000, 20_000, 30_000];
/** Milliseconds after which an answer is not waited for any more. */
const deadline = 20_000;
/** Milliseconds until somebody hears that it does not work. */
const patience = 60_000;
/** What arrives also when the page is gone may have 64 KiB (Fetch, 4.6). */
const mostOutliving = 60_000;

/** Milliseconds after which it is asked again whether what was on its way has arrived. */
const looks = [200, 500, 1_000, 2_000, 4_000];

/** Under which the window remembers what it has sent last. */
const memory = 'rennsteig.keeping';

type Texts = Readonly<Record<'kept' | 'failing' | 'stopped' | 'elsewhere', string>>;
type Answer = { readonly status: number; readonly code: string; readonly sentence: string };

type Problem = { readonly title?: string; readonly detail?: string };

const form = document.querySelector('form[data-keep]') as HTMLFormElement;
const line = document.querySelector('[data-kept]') as HTMLElement;
const [said, moment] = line.children as unknown as readonly [HTMLElement, HTMLElement];
const texts = JSON.parse(line.dataset.kept ?? '{}') as Texts;
const field = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '';

/** Goes with the form, so that a save that is overtaken by it on the way changes nothing any more. */
const turnField = document.createElement('input');
turnField.type = 'hidden';
turnField.name = '_turn';
form.append(turnField);

/** Grows with everything that is sent of this page; what is tried again has the same one. */
let turn = 0;
let tried = '';
/** What the house has, as far as is known, and with which turn. */
let [kept, keptTurn] = [typed(asShown()), 0];
/** What is on its way, by turn. */
const underway = new Map<number, string>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** When the first change was made that is not kept; null: there is none. */
let changedSince: number | null = null;
let lastSent = Number.NEGATIVE_INFINITY;
let failures = 0;
let isLeaving = false;
/** The house has said no, and would say so again. */
let isOver = false;

/** The form as it was when it came: somebody may have typed before this script was there. */
function asShown(): HTMLFormElement {
  const copy = form.cloneNode(true) as HTMLFormElement;
  copy.reset();
  return copy;
}

/** The page's answers as its form would send them. */
function typed(from = form): string {
  const answers = new Map<string, string[]>();
  for (const [name, value] of new FormData(from))
    if (typeof value === 'string' && !name.startsWith('_'))
      answers.set(name, [...(answers.get(name) ?? []), value.replace(/\r?\n/g, '\r\n')]);
  return JSON.stringify(Object.fromEntries(answers));
}

/** Which save of which page it was, without the secret in its address: this stays in the window's memory until the form is sent. */
type Memory = { readonly page: string; readonly saved: string };
const here = `${location.pathname.split('/').at(-1)}${location.search}`;

/** A window may have been told to remember nothing. */
function remember(what: Memory | null): void {
  try {
    if (what) sessionStorage.setItem(memory, JSON.stringify(what));
    else sessionStorage.removeItem(memory);
  } catch {}
}

function remembered(): Memory | null {
  try {
    return JSON.parse(sessionStorage.getItem(memory) ?? 'null') as Memory | null;
  } catch {
    return null;
  }
}

const clock = (at: number) => timeInWords(document.documentElement.lang === 'en' ? 'en' : 'de', new Date(at));

/** Only the first text stands in the live region: whoever listens hears that it is kept once, and not every few seconds. */
function say(text: string, more = ''): void {
  line.toggleAttribute('data-alarm', text !== texts.kept);
  if (said.textContent !== text) said.textContent = text;
  moment.textContent = more;
}

const put = (text: string, name: string, value: string) => text.replace(`{${name}}`, value);

/** Keeps it when it is time: not before somebody pauses, not too soon after the last save. */
function plan(): void {
  clearTimeout(timer);
  if (isOver || isLeaving) return;
  const now = Date.now();
  changedSince ??= now;
  const gap = waits[Math.min(failures, waits.length - 1)] as number;
  const due = Math.max(Math.min(now + quiet, changedSince + longest), lastSent + gap);
  timer = setTimeout(keep, Math.max(0, due - now));
}

function keep(): void {
  const now = typed();
  if (isOver || isLeaving || [...underway.values()].includes(now)) return;
  if (now === kept && underway.size === 0) changedSince = null;
  else void send(now);
}

async function send(content: string): Promise<void> {
  clearTimeout(timer);
  if (content !== tried) turn += 1;
  tried = content;
  const mine = turn;
  lastSent = Date.now();
  underway.set(mine, content);
  remember({ page: here, saved: `${field('_step').split('.').at(-1)}.${mine}` });
  const answer = await ask(mine, content);
  underway.delete(mine);
  const isKept = answer.status >= 200 && answer.status < 300;
  // What was kept stays in mind: this page may be on its way out, and the next one was asked for before that.
  if (!isKept && underway.size === 0 && !isLeaving) remember(null);
  if (isKept) done(mine, content);
  else refused(answer);
  if (typed() !== kept && underway.size === 0) plan();
}

/** Status 0: the line is broken, or nobody answers. */
async function ask(mine: number, content: string): Promise<Answer> {
  const body = `{"step":${JSON.stringify(field('_step'))},"item":${Number(field('_nr')) - 1},"turn":${mine},"sent":${content}}`;
  const csrf = field('_csrf');
  const headers = { 'Content-Type': 'application/json', ...(csrf !== '' && { 'X-CSRF-Token': csrf }) };
  const keepalive = new Blob([body]).size <= mostOutliving;
  const signal = AbortSignal.timeout(deadline);
  try {
    const answer = await fetch(form.dataset.keep ?? '', { method: 'POST', headers, body, keepalive, signal });
    const { title = '', detail = '' } = answer.ok ? {} : ((await answer.json().catch(() => ({}))) as Problem);
    return { status: answer.status, code: title, sentence: detail };
  } catch {
    return { status: 0, code: '', sentence: '' };
  }
}

function done(mine: number, content: string): void {
  failures = 0;
  if (mine < keptTurn) return;
  [kept, keptTurn] = [content, mine];
  changedSince = typed() === kept ? null : Date.now();
  say(texts.kept, `, ${clock(Date.now())}`);
}

/** The line, a house that starts anew or has too much to do: these pass. Everything else is said at once. */
function refused({ status, code, sentence }: Answer): void {
  failures += 1;
  const isPassing = status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
  isOver = !isPassing;
  if (isOver) say(code === 'forms.changedElsewhere' ? texts.elsewhere : put(texts.stopped, 'reason', sentence));
  else if (changedSince !== null && Date.now() - changedSince >= patience) say(put(texts.failing, 'time', clock(changedSince)));
}

for (const kind of ['input', 'change'])
  form.addEventListener(kind, ({ target }) => {
    if ((target as HTMLInputElement).type !== 'file') plan();
  });

// Before the next page is asked for: what is sent once this one is hidden comes after it when it is the same page again.
addEventListener('beforeunload', keep);
addEventListener('pagehide', keep);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') keep();
});
addEventListener('online', () => {
  if (failures > 0) keep();
});

// At the window, behind whatever holds the form back: then it is not on its way.
addEventListener('submit', (event) => {
  if (event.target !== form || event.defaultPrevented || isLeaving) return;
  isLeaving = true;
  clearTimeout(timer);
  turn += 1;
  turnField.value = String(turn);
  remember(null);
});
addEventListener('pageshow', ({ persisted }) => {
  isLeaving = false;
  if (persisted) plan();
});

// A page that answers a form would send it once more when it is loaded anew, over what was kept since.
history.replaceState(history.state, '', location.href);
if (typed() !== kept) plan();
const left = remembered();
remember(null);
if (left?.page === here) void catchUp(left.saved);

/** The page was left while a save was on its way, and asked for before that had arrived: what is shown is what was there before. */
async function catchUp(wanted: string): Promise<void> {
  if (form.dataset.saved === wanted) return;
  for (const wait of looks) {
    const answer = await fetch(location.href).catch(() => null);
    const fresh = new DOMParser().parseFromString((await answer?.text()) ?? '', 'text/html');
    // Whoever types already is not interrupted, and hears of it when that is to be kept.
    if (changedSince !== null || isLeaving) return;
    if (fresh.querySelector<HTMLElement>('form[data-keep]')?.dataset.saved === wanted) return location.reload();
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
