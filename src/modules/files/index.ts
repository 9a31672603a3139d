/**
 * Things that are kept: files and folders in spaces.
 *
 * A space is one tree with a trash of its own: everybody has a personal one, and authorities and units own shared ones, whose
 * members are people, groups and units with a role (viewer, uploader, editor, manager). Nodes are addressed by id; the id
 * stays whatever happens to name and place. A path is only ever followed from the root folder of the person who asks.
 *
 * Promises: what was acknowledged is durable, and the bytes were durable before the row. Every change has the next number of
 * its space; the number is the ETag of the node and of all folders above it, and the position in the change feed. An
 * overwritten content becomes a version, a deleted thing goes to the trash. Permission is decided from rows read for the
 * request that needs it. Names can be held by Windows, macOS and Linux alike.
 *
 * Never: makes a storage path from anything a user typed, trusts an announced length, orders by a clock, deletes bytes that
 * something refers to.
 */
export { type Located, locate, type Mount, personOf, readMounts, resolvePath } from './access.ts';
export { type ActivityQuery, type Deed, type DeedKind, listActivity } from './activity.ts';
export { type CheckReport, check, type Problem } from './check.ts';
export { bytesOf, type OpenContent, openContent } from './content.ts';
export {
  addTag,
  type Comment,
  changeProperties,
  comment,
  editComment,
  favouritesAmong,
  listComments,
  listFavourites,
  type Property,
  type PropertyChange,
  readProperties,
  readTags,
  removeTag,
  setFavourite,
  suggestTags,
  type Tag,
} from './describe.ts';
export { directSeconds, makeDirectLink, openDirectLink } from './direct.ts';
export { fileWritten, membersChanged, nodeMoved, nodePurged, nodeTrashed, spaceChanged } from './events.ts';
export { type Changes, readChanges } from './feed.ts';
export { createFolder } from './folder.ts';
export { type HandOver, type HandOverView, handOver, isLed, viewHandOver } from './leaving.ts';
export {
  type FolderOrder,
  type FolderView,
  type Home,
  type HomeStamps,
  listFolder,
  listFolders,
  readHome,
  stampsOf,
  streamChildren,
} from './list.ts';
export { type Lock, type LockOver, type LockRequest, listLocks, lock, refreshLock, unlock } from './lock.ts';
export { type LockedFile, type LockedFileRequest, makeLocked } from './lock-new.ts';
export { copy, type Moved, type MoveOptions, move } from './move.ts';
export { findNamed } from './named.ts';
export type { Entry, Node, Space } from './node.ts';
export { listOperations, type OperationView, stopOperation } from './operation.ts';
export { findIn, makePath, placeFor, type TakenRule, takenRules } from './place.ts';
export type { Precondition } from './precondition.ts';
export { hasPreview, previewOf } from './preview.ts';
export { emptyTrash, purge } from './purge.ts';
export { leaveGap } from './restored.ts';
export { listRecent, listRows, type PlacedRow, placedRows, type Row } from './rows.ts';
export { type Action, allows, checkName, etagOf, limits, nameKey, numberedName, type SpaceRole, spaceRoles } from './rules.ts';
export { listNewest, listTagged, locateAmong, searchNames } from './search.ts';
export {
  type Carrying,
  carryAll,
  type Done,
  type MeetingRule,
  meetingRules,
  type Outcome,
  purgeAll,
  type Refusal,
  restoreAll,
  trashAll,
} from './selection.ts';
export {
  checkSpaceName,
  createSpace,
  listMembers,
  listSpaces,
  type Member,
  manageable,
  readRoom,
  readTenantUsage,
  removeMember,
  removeSpace,
  restoreSpace,
  type SpaceInput,
  setMember,
  setQuota,
  updateSpace,
} from './space.ts';
export { listPersonalSpaces, listRemovedSpaces, type Overview, readOverview } from './space-overview.ts';
export { listTrash, locateTrashed, restore, type Trashed, trash } from './trash.ts';
export {
  abandonUpload,
  addPart,
  append,
  beginUpload,
  type Completion,
  completeUpload,
  findUpload,
  listParts,
  type Upload,
  type UploadPart,
  type UploadRequest,
} from './upload.ts';
export {
  findVersion,
  labelVersion,
  listRestorations,
  listVersions,
  removeVersion,
  restoreVersion,
  type Version,
} from './versions.ts';
export { type Checksum, type Target, type WriteOptions, type Written, writeFile } from './write.ts';
export { zip } from './zip.ts';
