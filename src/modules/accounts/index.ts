/**
 * Who: the people of a tenant, their groups and units, and what they prove themselves with.
 *
 * Keeps: accounts (address, handle, name, password as Argon2id, state, roles, unit), groups, units, browser sessions, app
 * passwords and one-time links, the last three as SHA-256 only. Accounts, groups and units share one sequence of ids: roles
 * elsewhere are granted to such an id, and `AccountActor.principals` has all that hold for a person.
 *
 * Promises: whoever is disabled, or whose tenant is suspended, or whose session or app password was revoked, is without access
 * within a second, in every process. Sign-in and reset answer alike and take alike whether or not there is such an account, and
 * say honestly how long to wait after too many attempts. The last administrator of a tenant and the last operator cannot be
 * taken away. A handle never changes. Everything that changes is in the audit trail.
 *
 * Citizens sign in with mail address and password, or with the state's identity (SAML 2.0) where the instance has one: an answer of it
 * is taken once, for the browser that began, and nothing is kept of a person but a hash of their pseudonym.
 *
 * Never: shows the people of one tenant to another, stores or logs a secret, deletes an account (whoever leaves is disabled;
 * what they did keeps its name), decides who may see which file — that is the business of the rooms above, by principals.
 */
export {
  createAppPassword,
  createAppPasswordFor,
  listAppPasswords,
  type NewAppPassword,
  revokeAppPassword,
} from './app-password.ts';
export { type Avatar, avatarOf } from './avatar.ts';
export {
  addCitizen,
  type ChooseInput,
  findCitizen,
  getCitizen,
  openCitizenLink,
  type RegisterInput,
  registerCitizen,
  removeCitizen,
  requestCitizenReset,
  viewCitizenLink,
} from './citizen.ts';
export {
  beginIdentity,
  beginIdentityAgain,
  claimIdentity,
  type IdentityView,
  identityName,
  receiveIdentity,
  viewIdentity,
} from './citizen-identity.ts';
export {
  type IdentityProof,
  linkIdentity,
  listIdentities,
  signInByIdentity,
  takeProof,
  unlinkIdentity,
} from './citizen-link.ts';
export { callerBySession, citizenBySession, citizenIn, signInCitizen, signOutCitizen } from './citizen-session.ts';
export {
  beginCarriedLogin,
  beginDeviceLogin,
  type DeviceCredentials,
  type DeviceLoginBegun,
  type DeviceLoginView,
  deviceLoginSeconds,
  grantCarried,
  grantDevice,
  pollDeviceLogin,
  refuseDevice,
  viewDeviceLogin,
} from './device-login.ts';
export type { Enrolled } from './enrol.ts';
export {
  accountCreated,
  accountDisabled,
  accountEnabled,
  citizenRemoved,
  credentialsRevoked,
  deviceWipeOrdered,
  groupsChanged,
  newDeviceUsed,
  principalRemoved,
} from './events.ts';
export type { PersonRef } from './gate.ts';
export {
  addMember,
  createGroup,
  type GroupQuery,
  type GroupRef,
  getGroup,
  listGroups,
  type MemberRef,
  removeGroup,
  removeMember,
  renameGroup,
} from './group.ts';
export { administratorsOf, hold, holdersOf } from './hold.ts';
export { actorOf, byAppPassword, byAppPasswordNumber, bySession } from './identify.ts';
export { clearedIdentityCookies, identityCookie, readAnswerCookie, readIdentityCookie } from './identity-cookie.ts';
export { type ImportInput, type ImportReport, importPeople, type Verdict } from './import.ts';
export { type LinkView, viewLink } from './link.ts';
export { outbox } from './outbox.ts';
export { type AcceptInput, acceptInvitation, changePassword, type ResetInput, resetPassword } from './password.ts';
export {
  addAccount,
  findPerson,
  getPerson,
  type InviteInput,
  invitationLink,
  invite,
  listPeople,
  type PeopleQuery,
} from './people.ts';
export {
  disable,
  enable,
  moveToUnit,
  type PersonChange,
  requestReset,
  sendLink,
  setRoles,
  updatePerson,
  updateProfile,
} from './person.ts';
export { removePicture, setPicture } from './picture.ts';
export {
  type Colleague,
  clearPresenceMessage,
  findColleague,
  listPresences,
  ownPresence,
  type Presence,
  presenceOf,
  setPresence,
  setPresenceMessage,
  setReadyMessage,
} from './presence.ts';
export { findPrincipals, namesOf, type Principal, peopleBehind, principalsById } from './principal.ts';
export type { AccountState, PeopleAction, PeopleThing } from './rules.ts';
export { pictureLimits } from './rules-avatar.ts';
export { type CitizenKind, citizenLimits } from './rules-citizen.ts';
export {
  type IdentityAttribute,
  type IdentityFacts,
  type IdentityLevel,
  identityRefusals,
} from './rules-identity.ts';
export { readyMessages } from './rules-presence.ts';
export { joinToken, tenantOfToken } from './rules-token.ts';
export { readTrailSearch, trailKinds } from './rules-trail.ts';
export {
  endSessions,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  type SignedIn,
  type SignInInput,
  signIn,
  signOut,
} from './session.ts';
export { type SetUpInput, setUpFirstOperator, setUpLink } from './set-up.ts';
export type { Person } from './store/account.ts';
export type { Citizen } from './store/citizen.ts';
export type { Group } from './store/group.ts';
export type { AppPassword, Session } from './store/session.ts';
export type { OrgUnit } from './store/unit.ts';
export { auditTrail, type TrailEntry, type TrailQuery, type TrailSearch } from './trail.ts';
export { createUnit, listUnits, moveUnit, removeUnit, renameUnit, type UnitInput, type UnitRef } from './unit.ts';
export {
  type Device,
  listDevicesOf,
  mustWipe,
  reportWiped,
  takeBackDeviceWipe,
  takeBackDeviceWipeOf,
  wipeDevice,
  wipeDeviceOf,
} from './wipe.ts';
