import { type Obstacle, scansOf } from '#modules/scanning';
import type { Context } from '#platform/context';
import { within } from './gate.ts';
import type { Attachment } from './store/draft.ts';

/** What an applicant is told of a file: `slow` when the check takes longer than usual, `later` when nobody can look at it right now. */
export type FileSaying = 'waiting' | 'slow' | 'clean' | 'infected' | 'later' | 'encrypted' | 'notScannable';

export type ShownFile = Pick<Attachment, 'id' | 'field' | 'name' | 'size'> & {
  readonly says: FileSaying;
  /** It goes once the correction is sent. */
  readonly isLeaving?: boolean;
};

/** Somebody who waits for longer than this wonders. */
const slowSeconds = 120;

/** The reason lies with the scanner and not with the file: it is tried again by itself. */
const passing: readonly (Obstacle | null)[] = ['noScanner', 'unreachable', 'timeout', 'unclear', 'lenient'];

/** Files with what is true of each, for those who have sent them. */
export async function shownFiles(ctx: Context, tenant: number, files: readonly Attachment[]): Promise<ShownFile[]> {
  const unclear = files.filter(({ state }) => state === 'notScannable').map(({ blob }) => blob);
  const scans = await scansOf(within(ctx, tenant), unclear);
  const now = ctx.platform.clock.now().getTime();
  const sayingOf = ({ state, blob, addedAt }: Attachment): FileSaying => {
    if (state === 'waiting') return now - addedAt.getTime() > slowSeconds * 1_000 ? 'slow' : 'waiting';
    if (state !== 'notScannable') return state;
    const obstacle = scans.get(blob)?.obstacle ?? null;
    if (passing.includes(obstacle)) return 'later';
    return obstacle === 'encrypted' ? 'encrypted' : 'notScannable';
  };
  return files.map((file) => ({
    id: file.id,
    field: file.field,
    name: file.name,
    size: file.size,
    says: sayingOf(file),
    isLeaving: file.correction === 'removed',
  }));
}
