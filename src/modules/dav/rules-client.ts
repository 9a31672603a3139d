import type { IncomingHttpHeaders } from 'node:http';

/** Nextcloud's and ownCloud's desktop clients name the engine they share, whatever they are called themselves. */
export const isDesktopClient = (headers: IncomingHttpHeaders) => /\bmirall\//.test(headers['user-agent'] ?? '');
