/** First match wins: most browsers also claim to be others. */
const programmes: readonly (readonly [RegExp, string])[] = [
  [/\bmirall\b|Nextcloud-(iOS|android)/i, 'Sync-Client'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chromium|HeadlessChrome)\//, 'Chromium'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/\bcurl\//, 'curl'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const nameIn = (text: string, names: readonly (readonly [RegExp, string])[]) => names.find(([form]) => form.test(text))?.[1];

/** The device in a few words for a list of sessions, from what the browser says of itself: `Firefox, Linux`. Empty when it says nothing known. */
export function describeDevice(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 1_000);
  return [nameIn(text, programmes), nameIn(text, systems)].filter((name) => name !== undefined).join(', ');
}

/** How Nextcloud's desktop client introduces itself when it asks to be let in: `laptop-07 (Desktop Client - Linux)`. */
const desktopForm = /^(.{1,100}) \(Desktop Client - ([\w ]{1,30})\)$/;
const longestClient = 100;

/**
 * What a programme that asks to be let in is called: its device and system where it says so, otherwise what it claims to be, made
 * harmless: somebody reads this and decides by it.
 */
export function describeClient(userAgent: string | undefined): string {
  const line = (userAgent ?? '')
    .slice(0, 1_000)
    .replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  const [, device, system] = desktopForm.exec(line) ?? [];
  if (device && system) return `${device.trim()}, Nextcloud, ${system}`.slice(0, longestClient);
  return describeDevice(line) || line.slice(0, longestClient).trim();
}
