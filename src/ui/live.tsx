import { useEffect, useRef } from 'react';
import { makeConnection } from './live-connection.ts';

let connection: ReturnType<typeof makeConnection> | null = null;

/**
 * Calls `look` when one of these spaces may have changed (null: whichever), never twice at the same time, and not while nobody
 * can see the page: then it is called once when somebody looks again.
 */
export function useLive(spaces: readonly number[] | null, look: () => Promise<void>): void {
  const latest = useRef({ spaces, look });
  latest.current = { spaces, look };
  useEffect(() => {
    const state = { isWanted: false, isLooking: false, isOver: false };
    const run = async () => {
      if (state.isLooking || state.isOver || document.hidden || !state.isWanted) return;
      state.isLooking = true;
      state.isWanted = false;
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
      stop();
      document.removeEventListener('visibilitychange', shown);
    };
  }, []);
}
