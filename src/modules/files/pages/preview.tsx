import { useState } from 'react';
import { previewPath } from './address.ts';

/** Pixels asked for: a panel's width on a fine screen. */
const pixels = 512;

type PreviewProps = { readonly id: number; readonly version: string | null };

/** What a file looks like. It says nothing its name does not, so that it is silent for screen readers; where there is none, nothing stands. */
export function Preview({ id, version }: PreviewProps) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return null;
  return <img className="panel-preview" src={previewPath(id, pixels, version)} alt="" onError={() => setMissing(true)} />;
}
