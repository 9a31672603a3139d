import { useSyncExternalStore } from 'react';

/** What somebody cut or copied with the keyboard, until it is inserted somewhere. Only this tab knows it. */
export type Clip = { readonly isCopy: boolean; readonly ids: readonly number[]; readonly from: number };

let clip: Clip | null = null;
const hearers = new Set<() => void>();

/** Puts something there; null takes it away. */
export function setClip(next: Clip | null): void {
  clip = next;
  for (const hear of hearers) hear();
}

const subscribe = (hear: () => void) => {
  hearers.add(hear);
  return () => hearers.delete(hear);
};

export const useClip = (): Clip | null =>
  useSyncExternalStore(
    subscribe,
    () => clip,
    () => null,
  );
