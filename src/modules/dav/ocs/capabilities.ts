import { profile, type TenantProfile } from '#modules/tenants';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { spoken, spokenText } from '../status.ts';
import { theming } from '../theming.ts';
import { activityCapabilities } from './activity.ts';
import type { Operation } from './call.ts';
import type { Value } from './envelope.ts';
import { noticeCapabilities } from './notices.ts';

/** What a part of the house can do for clients, under the names they look for; asked with every look at the capabilities. */
export type CapabilityProvider = (ctx: Context, tenant: TenantProfile) => Readonly<Record<string, Value>>;

/** How often clients that hear no push look for changes, in seconds. */
const pollSeconds = 60;

/** What `checkName` of the room `files` refuses, as clients want to know it beforehand. */
export const forbiddenNames = {
  characters: [...'<>:"/\\|?*', ...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
  basenames: ['con', 'prn', 'aux', 'nul', ...['com', 'lpt'].flatMap((port) => [...'0123456789¹²³'].map((digit) => port + digit))],
  /** Endings: a name must not end so. */
  extensions: ['.', ' '],
};

const core: CapabilityProvider = () => ({
  core: {
    pollinterval: pollSeconds,
    'webdav-root': 'remote.php/webdav',
    'reference-api': false,
    'reference-regex': '',
    'can-create-app-token': true,
  },
});

/** Chunks as in `chunks.ts`. No `bulkupload`: with it nextcloudcmd 3.7 fails a whole batch because of one empty file. */
const webdav: CapabilityProvider = () => ({
  dav: { chunking: '1.0', search_supports_creation_time: true, search_supports_upload_time: true },
  // The desktop clients then send the copies they make of what two people changed at once: both see both.
  uploadConflictFiles: true,
  checksums: { supportedTypes: ['SHA1', 'SHA256'], preferredUploadType: 'SHA1' },
});

const files: CapabilityProvider = () => ({
  files: {
    bigfilechunking: true,
    undelete: true,
    delete_from_trash: true,
    versioning: true,
    version_labeling: true,
    version_deletion: true,
    comments: true,
    favorites: true,
    blacklisted_files: [],
    forbidden_filenames: [],
    forbidden_filename_basenames: forbiddenNames.basenames,
    forbidden_filename_characters: forbiddenNames.characters,
    forbidden_filename_extensions: forbiddenNames.extensions,
    directEditing: { url: '', etag: '', supportsFileId: false },
  },
});

/** Sharing with others goes by spaces; the clients' own way to share is switched off in them. */
const sharing: CapabilityProvider = () => ({
  files_sharing: {
    api_enabled: false,
    public: { enabled: false },
    user: { send_mail: false },
    resharing: false,
    group_sharing: false,
    federation: { outgoing: false, incoming: false },
    sharee: { query_lookup_default: false, always_show_unique: true },
  },
});

const people: CapabilityProvider = (_ctx, { policies }) => ({
  user_status: { enabled: true, restore: false, supports_emoji: true, supports_busy: true },
  password_policy: { minLength: policies.passwordLength },
  provisioning_api: { version: spokenText, AccountPropertyScopesVersion: 2 },
});

/** Where clients hear that something changed, instead of asking every {@link pollSeconds}; see `push.ts`. */
const push: CapabilityProvider = ({ platform: { config } }) => ({
  notify_push: {
    type: ['files', 'notifications'],
    endpoints: {
      websocket: `${config.url.replace(/^http/, 'ws')}/push/ws`,
      pre_auth: `${config.url}/index.php/apps/notify_push/pre_auth`,
    },
  },
});

/** Everything we tell; a part of the house that can do something for clients adds its provider here. */
const providers: readonly CapabilityProvider[] = [
  core,
  webdav,
  files,
  sharing,
  people,
  push,
  theming,
  noticeCapabilities,
  activityCapabilities,
];

/** `GET /cloud/capabilities`: what we can do, for everybody; whose look it shows depends on who asks, or at which host. */
export const capabilities: Operation = async ({ ctx }) => {
  const tenant = await profile(ctx.platform, ctx.actor.tenant);
  if (!tenant) throw new Failure('notFound', 'platform.notFound');
  const { major, minor, micro } = spoken;
  const version = { major, minor, micro, string: spokenText, edition: '', extendedSupport: false };
  return { data: { version, capabilities: Object.assign({}, ...providers.map((provide) => provide(ctx, tenant))) } };
};
