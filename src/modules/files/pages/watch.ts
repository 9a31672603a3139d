import { useEffect } from 'react';
import { useNavigation, useRevalidator } from 'react-router';
import { useLive } from '#ui/live';
import type { HomeStamps } from '../list.ts';
import type { FolderData } from './folder-data.ts';
import type { Rows } from './rows.ts';

/** Somebody in this browser put something into a folder: its list need not wait for the news to come back. */
export const changedEvent = 'rennsteig:changed';

/** Asks how something is now; null while the house cannot be asked. */
async function ask<Stand>(address: string): Promise<{ status: number; stand: Stand } | null> {
  const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return null;
  return { status: answer.status, stand: (await answer.json()) as Stand };
}

/**
 * Loads the page's data anew; what was typed, marked and opened stays. In the middle of a change nothing is loaded: the change
 * brings what is new, and with it a message that is said only once.
 */
function useReload(): () => Promise<void> {
  const { revalidate, state } = useRevalidator();
  const navigation = useNavigation();
  return async () => {
    if (state === 'idle' && navigation.state === 'idle') await revalidate();
  };
}

/** Keeps the list of a folder as it is for everybody, and the details that are open beside it. */
export function useWatch(data: FolderData, rows: Rows, hasDetails: boolean): void {
  const reload = useReload();
  const look = async () => {
    const found = await ask<{ etag: string; role: string }>(`/dateien/stand/${data.id}`);
    if (!found) return;
    // The folder is gone, or may no longer be seen, or more or less may be done in it: the page says so.
    if (found.status >= 400 || found.stand.role !== data.space.role) return reload();
    if (found.stand.etag === rows.etag()) return;
    await rows.refresh();
    if (hasDetails) await reload();
  };
  useLive([data.space.id], look);
  useEffect(() => {
    const changed = (event: Event) => {
      if ((event as CustomEvent<number>).detail === data.id) void rows.refresh().catch(() => {});
    };
    addEventListener(changedEvent, changed);
    return () => removeEventListener(changedEvent, changed);
  }, [data.id, rows]);
}

/**
 * Keeps a page about the person's spaces up to date: with which spaces they have, or with all that happens in them.
 * @param stamps as they were when the page was loaded; null: the page is about something else
 */
export function useWatchHome(about: keyof HomeStamps, stamps: HomeStamps | null): void {
  const reload = useReload();
  useLive(stamps ? null : [], async () => {
    const found = stamps && (await ask<HomeStamps>('/dateien/stand'));
    if (found && found.stand[about] !== stamps[about]) await reload();
  });
}
