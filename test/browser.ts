import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Logger, type Page } from 'playwright-core';
import { ensurePages } from '../src/web/build.ts';
import { hungExitCode } from './environment.ts';
import { type People, type PersonName, settle } from './people.ts';
import { openStand, type Stand, type StandOptions } from './stand.ts';
import { requireProgram } from './tools.ts';

/** How somebody looks at a page. */
export type Look = {
  /** Who is signed in; left out: nobody. */
  readonly person?: PersonName;
  readonly theme?: 'light' | 'dark';
  readonly locale?: 'de' | 'en';
  /** Width and height of the window, in CSS pixels. */
  readonly size?: readonly [number, number];
  /** False: the browser runs no script at all. */
  readonly script?: boolean;
};

/** A house with its people, served on a port, and a real browser in front of it. */
export type BrowserStand = {
  readonly stand: Stand;
  readonly people: People;
  readonly url: string;
  /**
   * Opens a window with cookies of its own; closing its page closes what was opened from it, too. Whatever its pages write to the
   * console as an error, what the content security policy stops, and every answer of 500 and more fails the test when it is closed.
   */
  open(look?: Look): Promise<Page>;
};

/** Without these, Chromium looks for its maker's servers and fills the log with refused connections. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

const desktop = [1280, 800] as const;
const actionMilliseconds = 30_000;

/** Where a file waits for ever, the last that was asked of the browser says for what: not every call has a limit of its own. */
function lastCalls(): Logger {
  const calls: string[] = [];
  process.once('exit', (code) => {
    if (code === hungExitCode) process.stderr.write(`the browser was last asked:\n  ${calls.join('\n  ')}\n`);
  });
  return {
    isEnabled: (name) => name === 'api',
    log: (_name, _severity, message) => {
      calls.push(String(message));
      if (calls.length > 6) calls.shift();
    },
  };
}

/** Opens a settled stand with a browser; everything is closed when the test file ends. */
export async function openBrowser(options: StandOptions = {}): Promise<BrowserStand> {
  await ensurePages();
  let browser: Browser | null = null;
  const faults: string[] = [];
  // Before the stand says that it wants to be closed: a window that outlives its house would call for it in vain.
  after(async () => {
    await browser?.close();
    assert.deepEqual(faults, [], 'pages reported errors');
  });
  const stand = await openStand(options);
  const people = await settle(stand);
  const port = await stand.house.listen();
  const url = `http://127.0.0.1:${port}`;
  const opened = await chromium.launch({
    executablePath: requireProgram('chromium-headless-shell'),
    args: flags,
    logger: lastCalls(),
  });
  browser = opened;
  return { stand, people, url, open: (look = {}) => openWindow({ browser: opened, url, people, faults }, look) };
}

type Surroundings = { readonly browser: Browser; readonly url: string; readonly people: People; readonly faults: string[] };

async function openWindow({ browser, url, people, faults }: Surroundings, look: Look): Promise<Page> {
  const [width, height] = look.size ?? desktop;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: look.theme ?? 'light',
    locale: look.locale === 'en' ? 'en-GB' : 'de-DE',
    timezoneId: 'Europe/Berlin',
    javaScriptEnabled: look.script ?? true,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(actionMilliseconds);
  if (look.person) await signIn(context, { url, cookie: await people.cookie(look.person) });
  const page = await context.newPage();
  // Chromium drops a page's own close while a navigation commits, and says that it was done (Playwright's issue 42068): whoever
  // waits for it waits for ever. A context always closes.
  page.close = () => context.close();
  page.on('console', (message) => {
    // Chromium notes every answer of 400 and more as an error; refusals are pages here.
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.url()}: ${answer.status()}`);
  });
  return page;
}

async function signIn(context: BrowserContext, { url, cookie }: { url: string; cookie: string }): Promise<void> {
  const [name = '', value = ''] = cookie.split('=', 2);
  await context.addCookies([{ name, value, url }]);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Violation = { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] };

/** Fails when the page breaks one of axe's rules for WCAG 2.1 AA or its best practices. */
export async function checkAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (): Promise<Violation[]> => {
    const { axe: runner } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await runner.run()).violations;
  });
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 160)).join('\n  ')}`,
  );
  assert.deepEqual(found, [], page.url());
}

/** Fails when the page can be moved sideways: nobody should have to scroll in two directions to read a line. */
export async function checkFits(page: Page): Promise<void> {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  assert.ok(content <= window, `${page.url()} is ${content} wide in a window of ${window}`);
}

/** Presses Tab until the element with this role and name has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  for (let presses = 0; presses < 200; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${page.url()}: ${role} ${String(name)} cannot be reached with the Tab key`);
}
