/**
 * Live news for open pages: one WebSocket for each window, opened with the first page that wants to hear and kept while people
 * walk through the others. It says only which spaces changed, or that there is a notice more or less; a page then looks for itself. Where no socket is to be had (an
 * old proxy, too many windows), pages look when somebody comes back to them, and now and then.
 */

/** Numbers of the spaces that changed; null: something may have been missed, look at everything. */
export type LiveNews = readonly number[] | null;

const address = '/push/seite';

/** All in milliseconds. */
const waits = {
  /** The first wait after a connection was lost; each further one is twice as long. */
  first: 500,
  longest: 60_000,
  /** A connection that held this long was a good one: the waits begin anew. */
  good: 5_000,
  /** Without a socket a page that is seen looks this often. */
  blind: 15_000,
  /** News this young is told to a page that opens just now: it may have read its data a moment before. */
  young: 3_000,
};

type Hear = (news: LiveNews) => void;

/** The wait before the next attempt. Spread by chance, so that a thousand windows do not come back in one moment. */
export function waitBefore(attempt: number, chance: number): number {
  return Math.min(waits.longest, waits.first * 2 ** Math.min(attempt, 10)) * (0.75 + chance / 2);
}

/** What a message says: which spaces changed, or that there is a notice more or less. One we do not understand: look at everything. */
export function readMessage(text: string): LiveNews | 'notices' {
  try {
    const { spaces, notices } = JSON.parse(text) as { spaces?: unknown; notices?: unknown };
    if (notices === true) return 'notices';
    return Array.isArray(spaces) ? spaces.map(Number) : null;
  } catch {
    return null;
  }
}

/** The window's connection: hears, tells, and comes back by itself. It begins with the first who wants to hear. */
export function makeConnection() {
  const hearers = new Set<Hear>();
  const noticeHearers = new Set<() => void>();
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [attempt, isStarted]: [number, boolean] = [0, false];
  let last: { news: LiveNews; at: number } | null = null;

  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  const tellOfNotices = () => {
    for (const hear of noticeHearers) hear();
  };
  const tell = (news: LiveNews) => {
    last = { news, at: Date.now() };
    for (const hear of hearers) hear(news);
    if (news === null) tellOfNotices();
  };
  const read = (text: string) => {
    const message = readMessage(text);
    if (message === 'notices') tellOfNotices();
    else tell(message);
  };
  const again = (isGood: boolean) => {
    attempt = isGood ? 0 : attempt + 1;
    timer = setTimeout(connect, waitBefore(attempt, Math.random()));
  };
  const connect = () => {
    clearTimeout(timer);
    if (socket && socket.readyState <= WebSocket.OPEN) return;
    try {
      const mine = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${address}`);
      const began = Date.now();
      socket = mine;
      mine.addEventListener('message', ({ data }) => read(String(data)));
      mine.addEventListener('close', () => again(Date.now() - began > waits.good));
    } catch {
      again(false); // a browser whose policy does not count sockets as `connect-src 'self'`
    }
  };
  /** Somebody came back to the window: whatever was missed is looked at now. */
  const seen = () => {
    if (document.hidden || isOpen()) return;
    attempt = 0;
    connect();
    tell(null);
  };
  const lookBlind = () => {
    if (!document.hidden && !isOpen()) tell(null);
  };
  const start = () => {
    isStarted = true;
    document.addEventListener('visibilitychange', seen);
    addEventListener('focus', seen);
    addEventListener('online', seen);
    setInterval(lookBlind, waits.blind);
    connect();
  };
  return {
    hear: (hear: Hear) => {
      if (!isStarted) start();
      hearers.add(hear);
      if (last && Date.now() - last.at < waits.young) hear(last.news);
      return () => void hearers.delete(hear);
    },
    /** Hears that there may be another number of notices. */
    hearNotices: (hear: () => void) => {
      if (!isStarted) start();
      noticeHearers.add(hear);
      return () => void noticeHearers.delete(hear);
    },
  };
}
