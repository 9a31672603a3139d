import { personOf } from '#modules/files';
import { dismiss, dismissAll, existing, getNotice, listNotices, type Notice } from '#modules/notifications';
import type { Context } from '#platform/context';
import { numberOf, type Operation } from './call.ts';
import type { CapabilityProvider } from './capabilities.ts';
import type { Value } from './envelope.ts';
import type { OcsRoute } from './routes.ts';

/** What the apps of Nextcloud ask for under `apps/notifications`; version 2 of that interface. */

export const noticeCapabilities: CapabilityProvider = () => ({
  notifications: { 'ocs-endpoints': ['list', 'get', 'delete', 'delete-all', 'exists'], push: [] },
});

/** A notice as clients read it. The sentence says everything, so that nothing is rich in it. */
function render(ctx: Context, { id, about, sentence, link, at }: Notice): Value {
  const [kind = '', thing = ''] = about.split(':', 2);
  const { url } = ctx.platform.config;
  return {
    notification_id: id,
    app: 'rennsteig',
    user: personOf(ctx).handle,
    datetime: new Date(at).toISOString(),
    object_type: kind,
    object_id: thing,
    subject: sentence,
    message: '',
    link: `${url}${link}`,
    icon: '',
    subjectRich: '',
    subjectRichParameters: [],
    messageRich: '',
    messageRichParameters: [],
    actions: [],
    shouldNotify: true,
  };
}

const list: Operation = async ({ ctx }) => ({ data: (await listNotices(ctx)).map((notice) => render(ctx, notice)) });

const one: Operation = async ({ ctx, param }) => ({ data: render(ctx, await getNotice(ctx, numberOf(param('id'), 'id'))) });

const remove: Operation = async ({ ctx, param }) => {
  await dismiss(ctx, numberOf(param('id'), 'id'));
  return { data: [] };
};

const removeAll: Operation = async ({ ctx }) => {
  await dismissAll(ctx);
  return { data: [] };
};

/** Which of the notices a client shows are still there. */
const exists: Operation = async ({ ctx, all }) => {
  const ids = all('ids').map((id) => numberOf(id, 'ids'));
  return { data: await existing(ctx, ids) };
};

const base = '/apps/notifications/api/v2/notifications';

export const noticeOperations: readonly OcsRoute[] = [
  { method: 'GET', path: base, run: list },
  { method: 'DELETE', path: base, run: removeAll },
  { method: 'POST', path: `${base}/exists`, run: exists },
  { method: 'GET', path: `${base}/:id`, run: one },
  { method: 'DELETE', path: `${base}/:id`, run: remove },
];
