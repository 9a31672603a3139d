import { useEffect, useRef, useState } from 'react';
import { makeConnection } from './live-connection.ts';

/** A page looks at most so often, in milliseconds: a hundred of them on one busy space must not cost more than the work in it. */
const betweenLooks = 800;

let connection: ReturnType<typeof makeConnection> | null = null;

/**
 * Calls `look` when one of these spaces may have changed (null: whichever), never twice at the same time, and not while nobody
 * can see the page: then it is called once when somebody looks again.
 */
export function useLive(spaces: readonly number[] | null, look: () => Promise<void>): void {
  const latest = useRef({ spaces, look });
  latest.current = { spaces, look };
  useEffect(() => {
    const state = { isWanted: false, isLooking: false, isOver: false, lookedAt: 0 };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      clearTimeout(timer);
      if (state.isLooking || state.isOver || document.hidden || !state.isWanted) return;
      const wait = state.lookedAt + betweenLooks - Date.now();
      if (wait > 0) {
        timer = setTimeout(() => void run(), wait);
        return;
      }
      state.isLooking = true;
      state.isWanted = false;
      state.lookedAt = Date.now();
      await latest.current.look().catch(() => {}); // away from the network: the next news, or the next look, finds it
      state.isLooking = false;
      void run();
    };
    const want = () => {
      state.isWanted = true;
      void run();
    };
    const shown = () => void run();
    connection ??= makeConnection();
    const stop = connection.hear((news) => {
      const mine = latest.current.spaces;
      if (news === null || mine === null || news.some((space) => mine.includes(space))) want();
    });
    document.addEventListener('visibilitychange', shown);
    return () => {
      state.isOver = true;
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', shown);
    };
  }, []);
}

/** The number of notices, as the page was loaded with it and as it is now; `address` answers with `{count}`. */
export function useNoticeCount(loaded: number, address: string): number {
  const [count, setCount] = useState(loaded);
  useEffect(() => setCount(loaded), [loaded]);
  useEffect(() => {
    const look = async () => {
      const answer = await fetch(address);
      if (!answer.ok) return; // signed out meanwhile: the next page says so
      const found = (await answer.json()) as { count: number };
      setCount(found.count);
    };
    connection ??= makeConnection();
    return connection.hearNotices(() => void look().catch(() => {})); // away from the network: the next news finds it
  }, [address]);
  return count;
}
