/**
 * Who may do what: the one place that says so, for every procedure of the API, every room of the feed and every page.
 * What is not in here is refused to everybody.
 */
import type { UserRole } from './trpc/init.ts'

/** The least that one must be. Each may do all that those before it may. */
export type Right = 'anybody' | UserRole

const RANKS: Record<Right, number> = { anybody: 0, member: 1, viewer: 2, operator: 3 }

export const PROCEDURES = {
  'accounts.me': 'anybody',
  'accounts.signUp': 'anybody',
  'accounts.completeSignUp': 'anybody',
  'accounts.logIn': 'anybody',
  'accounts.logOut': 'anybody',
  'accounts.confirmEmail': 'anybody',
  'accounts.askForPasskey': 'anybody',
  'accounts.logInWithPasskey': 'anybody',
  'accounts.passkeys': 'member',
  'accounts.askForNewPasskey': 'member',
  'accounts.addPasskey': 'member',
  'accounts.renamePasskey': 'member',
  'accounts.removePasskey': 'member',
  'accounts.invitation': 'anybody',
  'accounts.password.requestReset': 'anybody',
  'accounts.password.canReset': 'anybody',
  'accounts.password.reset': 'anybody',

  // Only about oneself.
  'accounts.password.change': 'member',
  'accounts.password.changedAt': 'member',
  'accounts.profile.get': 'member',
  'accounts.profile.changeName': 'member',
  'accounts.profile.requestConfirmation': 'member',
  'accounts.profile.requestEmailChange': 'member',
  'accounts.profile.withdrawEmailChange': 'member',
  'accounts.profile.requestPhoneChange': 'member',
  'accounts.profile.confirmPhone': 'member',
  'accounts.profile.removePhone': 'member',
  'accounts.sessions.list': 'member',
  'accounts.sessions.end': 'member',

  'accounts.passkeyDemand': 'viewer',
  'accounts.setPasskeyDemand': 'operator',

  'accounts.people.list': 'operator',
  'accounts.people.find': 'operator',
  'accounts.people.reveal': 'operator',
  'accounts.people.invitations': 'operator',
  'accounts.people.invite': 'operator',
  'accounts.people.withdrawInvitation': 'operator',
  'accounts.people.changeRole': 'operator',
  'accounts.people.endSessions': 'operator',

  'history.mine': 'member',

  // Only where no real mail server is configured: nobody's mail is in it but that of a trial.
  'mailbox.enabled': 'anybody',
  'mailbox.list': 'anybody',
  // Made-up letters.
  'mailbox.sample': 'anybody',

  'communication.preferences': 'member',
  'communication.setPreferences': 'member',
  'communication.timeZones': 'member',

  // One's own data alone.
  'privacy.overview': 'member',
  'privacy.ownData': 'member',
  'privacy.deleteAccount': 'member',
  'privacy.receipts': 'viewer',
  'privacy.setLegalHold': 'operator',

  'inspector.sample': 'anybody',
  // Only one's own conversations.
  'inspector.myConversation': 'member',

  'inspector.attempt': 'viewer',
  'inspector.audit': 'viewer',
  'inspector.columnValues': 'viewer',
  'inspector.comparables': 'viewer',
  'inspector.conversation': 'viewer',
  'inspector.deadLetterCount': 'viewer',
  'inspector.deadLetterGroup': 'viewer',
  'inspector.deadLetters': 'viewer',
  'inspector.density': 'viewer',
  'inspector.descriptions': 'viewer',
  'inspector.exportDeadLetters': 'viewer',
  'inspector.discarded': 'viewer',
  'inspector.failures': 'viewer',
  'inspector.faultsAllowed': 'viewer',
  'inspector.filterValues': 'viewer',
  'inspector.followed': 'viewer',
  'inspector.go': 'viewer',
  'inspector.handler': 'viewer',
  'inspector.handlers': 'viewer',
  'inspector.key': 'viewer',
  'inspector.message': 'viewer',
  'inspector.neighbours': 'viewer',
  'inspector.nodes': 'viewer',
  'inspector.operation': 'viewer',
  'inspector.operations': 'viewer',
  'inspector.operationsUnderway': 'viewer',
  'inspector.overview': 'viewer',
  'inspector.page': 'viewer',
  'inspector.payload': 'viewer',
  'inspector.priorState': 'viewer',
  'inspector.process': 'viewer',
  'inspector.processes': 'viewer',
  'inspector.processesOf': 'viewer',
  'inspector.recording': 'viewer',
  'inspector.recurring': 'viewer',
  'inspector.savedViews': 'viewer',
  'inspector.scheduled': 'viewer',
  'inspector.search': 'viewer',
  'inspector.subscriptions': 'viewer',
  'inspector.timeline': 'viewer',
  'inspector.topology': 'viewer',
  'inspector.type': 'viewer',
  'inspector.types': 'viewer',
  'inspector.viewAlerts': 'viewer',
  // They change nothing but what oneself sees.
  'inspector.saveView': 'viewer',
  'inspector.removeView': 'viewer',
  'inspector.revision': 'viewer',

  'inspector.abortOperation': 'operator',
  'inspector.cancel': 'operator',
  'inspector.clearAlert': 'operator',
  'inspector.discard': 'operator',
  'inspector.editAndRetry': 'operator',
  'inspector.markFailure': 'operator',
  'inspector.pauseHandler': 'operator',
  'inspector.pauseOperation': 'operator',
  'inspector.practise': 'operator',
  'inspector.previewOperation': 'operator',
  'inspector.replay': 'operator',
  'inspector.reschedule': 'operator',
  'inspector.restore': 'operator',
  'inspector.resumeHandler': 'operator',
  'inspector.resumeOperation': 'operator',
  'inspector.retry': 'operator',
  // Personal data in clear: noted with who, why and what before it is shown.
  'inspector.reveal': 'operator',
  'inspector.setFault': 'operator',
  'inspector.setHandlerLimits': 'operator',
  'inspector.spreadRetries': 'operator',
  'inspector.startOperation': 'operator',
  'inspector.undoOperation': 'operator',
  'inspector.unpark': 'operator',
} as const satisfies Record<string, Right>

/** `own`: who may follow what is about themselves. */
export const ROOMS = {
  live: { all: 'viewer', own: null },
  conversation: { all: 'viewer', own: 'member' },
} as const satisfies Record<string, { all: Right; own: Right | null }>

/** By the first part of their address. */
export const PAGES = {
  '/': 'anybody',
  '/account': 'member',
  '/confirm': 'anybody',
  '/forgot': 'anybody',
  '/inspector': 'viewer',
  '/login': 'anybody',
  '/mailbox': 'anybody',
  '/people': 'operator',
  '/reset': 'anybody',
  '/signup': 'anybody',
  // Shows the sign-up that waits in this browser to whoever is not logged in yet.
  '/welcome': 'anybody',
} as const satisfies Record<string, Right>

/** Whose rights a password alone does not give, where the installation demands passkeys. */
export function canDemandPasskeyOf(role: UserRole): boolean {
  return RANKS[role] > RANKS.member
}

/** @param role `null`: nobody is logged in */
export function isGranted(right: Right, role: UserRole | null): boolean {
  return RANKS[right] <= RANKS[role ?? 'anybody']
}

/** Whether the table lets this role call the procedure; one that it does not name is nobody's. */
export function mayCall(procedure: string, role: UserRole | null): boolean {
  const right = rightTo(procedure)
  return right !== undefined && isGranted(right, role)
}

export function rightTo(procedure: string): Right | undefined {
  return Object.hasOwn(PROCEDURES, procedure) ? PROCEDURES[procedure as keyof typeof PROCEDURES] : undefined
}

export function mayOpen(page: keyof typeof PAGES, role: UserRole | null): boolean {
  return isGranted(PAGES[page], role)
}
