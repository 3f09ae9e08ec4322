/** Audit: keeps a log of what concerns a person and of what operators did. Could be removed; nobody would notice. */
import {
  type BodyOf,
  DeliveryDied,
  type EventDefinition,
  type Module,
  type Subscription,
  subscribe,
  type Tx,
} from '../../bus/index.ts'
import { AlertCleared } from '../../inspector/alert-messages.ts'
import { EditedAndRetried } from '../../inspector/edit-messages.ts'
import { FailureMarked } from '../../inspector/failure-messages.ts'
import {
  DeliveryDiscarded,
  DeliveryRestored,
  DeliveryRetried,
  DeliveryUnparked,
  FaultChanged,
  HandlerLimitsSet,
  HandlerPaused,
  HandlerResumed,
  MessageCancelled,
  MessageRescheduled,
  RetriesSpread,
} from '../../inspector/messages.ts'
import {
  OperationAborted,
  OperationEnded,
  OperationPaused,
  OperationResumed,
  OperationStarted,
} from '../../inspector/operation-messages.ts'
import { MessagesReplayed } from '../../inspector/replay-messages.ts'
import { PersonalDataRevealed } from '../../inspector/reveal-messages.ts'
import {
  AccountDeleted,
  AddressRevealed,
  ConfirmationRequested,
  EmailChanged,
  EmailChangeRequested,
  EmailChangeWithdrawn,
  EmailConfirmed,
  InvitationCreated,
  InvitationWithdrawn,
  LoggedIn,
  LoggedOut,
  NameChanged,
  PasskeyAdded,
  PasskeyDemandSet,
  PasskeyRemoved,
  PasskeyRenamed,
  PasswordChanged,
  PasswordResetRequested,
  PhoneChanged,
  PhoneChangeRequested,
  RoleChanged,
  SessionsEnded,
  UserAccountCreated,
} from '../accounts/messages.ts'
import {
  ConfirmationEmailSent,
  ConfirmationReminderSent,
  EmailBounced,
  EmailSent,
  MessageWithheld,
  PreferencesChanged,
  SmsRejected,
  SmsSent,
} from '../communication/messages.ts'
import { LegalHoldSet, PersonErased } from '../privacy/messages.ts'
import { RegistrationCompleted, RegistrationExpired } from '../registration/messages.ts'
import { type AuditEntry, addEntry } from './store.ts'

export { acceptEnd, auditChainJob, type ChainedBatch, verifyChain } from './chain.ts'
export { auditTables } from './personal-tables.ts'

export function createAuditModule(): Module {
  return {
    name: 'audit',
    messages: [],
    subscriptions: [
      record(UserAccountCreated, 'audit.record-account-created', byThemselves),
      record(EmailConfirmed, 'audit.record-email-confirmed', byThemselves),
      record(ConfirmationRequested, 'audit.record-confirmation-request', byThemselves),
      // Anybody who knows an address can ask for this.
      record(PasswordResetRequested, 'audit.record-password-reset-request', aboutUser),
      record(PasswordChanged, 'audit.record-password-change', ({ userId, how, passkeys }) => ({
        ...byThemselves({ userId }),
        details: { how, ...(passkeys && { passkeys }) },
      })),
      record(PasskeyAdded, 'audit.record-passkey-added', withPasskey),
      record(PasskeyRenamed, 'audit.record-passkey-renamed', withPasskey),
      record(PasskeyRemoved, 'audit.record-passkey-removed', withPasskey),
      record(PasskeyDemandSet, 'audit.record-passkey-demand', ({ isOn, actorId }) => ({
        actorId,
        subjectId: null,
        details: { isOn },
      })),
      record(NameChanged, 'audit.record-name-change', byThemselves),
      record(EmailChangeRequested, 'audit.record-email-change-request', byThemselves),
      record(EmailChangeWithdrawn, 'audit.record-email-change-withdrawal', byThemselves),
      record(EmailChanged, 'audit.record-email-change', byThemselves),
      record(PhoneChangeRequested, 'audit.record-phone-change-request', byThemselves),
      record(PhoneChanged, 'audit.record-phone-change', ({ userId, phone }) => ({
        ...byThemselves({ userId }),
        details: { isRemoved: phone === null },
      })),
      record(LoggedIn, 'audit.record-log-in', ({ userId, how }) => ({ ...byThemselves({ userId }), details: { how } })),
      record(LoggedOut, 'audit.record-log-out', ({ userId, why }) => ({
        ...byThemselves({ userId }),
        details: { why },
      })),
      record(SessionsEnded, 'audit.record-sessions-end', ({ userId, count, endedBy }) => ({
        actorId: endedBy ?? null,
        subjectId: userId,
        details: { count, ...(endedBy && { byOperator: true }) },
      })),
      record(InvitationCreated, 'audit.record-invitation', ({ userId, role, invitedBy }) => ({
        actorId: invitedBy,
        subjectId: userId,
        details: { role },
      })),
      record(InvitationWithdrawn, 'audit.record-invitation-withdrawal', ({ userId, withdrawnBy }) => ({
        actorId: withdrawnBy,
        subjectId: userId,
      })),
      record(RoleChanged, 'audit.record-role-change', ({ userId, role, previousRole, changedBy }) => ({
        actorId: changedBy,
        subjectId: userId,
        details: { role, previousRole },
      })),
      record(AccountDeleted, 'audit.record-account-deleted', byThemselves),
      record(PersonErased, 'audit.record-erasure', ({ userId, receiptId }) => ({
        actorId: null,
        subjectId: userId,
        details: { receiptId },
      })),
      record(LegalHoldSet, 'audit.record-legal-hold', ({ actorId, days }) => ({
        actorId,
        subjectId: null,
        details: { days },
      })),
      record(ConfirmationEmailSent, 'audit.record-email-sent', aboutUser),
      record(ConfirmationReminderSent, 'audit.record-reminder-sent', aboutUser),
      record(EmailSent, 'audit.record-letter-sent', ({ userId, letter }) => ({
        ...aboutUser({ userId }),
        details: { letter },
      })),
      record(EmailBounced, 'audit.record-bounce', ({ userId, letter, answer }) => ({
        ...aboutUser({ userId }),
        details: { letter, answer },
      })),
      record(SmsSent, 'audit.record-sms-sent', aboutUser),
      record(SmsRejected, 'audit.record-sms-rejected', ({ userId, answer }) => ({
        ...aboutUser({ userId }),
        details: { answer },
      })),
      record(MessageWithheld, 'audit.record-withheld', ({ userId, kind, reason, because }) => ({
        ...aboutUser({ userId }),
        details: { kind, reason, because },
      })),
      record(PreferencesChanged, 'audit.record-preferences', ({ userId, consents }) => ({
        actorId: userId,
        subjectId: userId,
        details: { consents },
      })),
      record(RegistrationCompleted, 'audit.record-registration-completed', aboutUser),
      record(RegistrationExpired, 'audit.record-registration-expired', aboutUser),
      record(DeliveryDied, 'audit.record-death', ({ deliveryId, messageId, subscription, errorName, fingerprint }) => ({
        actorId: null,
        subjectId: deliveryId,
        details: { messageId, subscription, errorName, fingerprint },
      })),
      record(DeliveryRetried, 'audit.record-retry', ({ actorId, deliveryId }) => ({ actorId, subjectId: deliveryId })),
      record(DeliveryDiscarded, 'audit.record-discard', ({ actorId, deliveryId, reason }) => ({
        actorId,
        subjectId: deliveryId,
        details: { reason },
      })),
      record(DeliveryRestored, 'audit.record-restore', ({ actorId, deliveryId }) => ({
        actorId,
        subjectId: deliveryId,
      })),
      record(DeliveryUnparked, 'audit.record-unpark', ({ actorId, deliveryId }) => ({
        actorId,
        subjectId: deliveryId,
      })),
      record(EditedAndRetried, 'audit.record-edit', ({ actorId, deliveryId, newMessageId }) => ({
        actorId,
        subjectId: deliveryId,
        details: { newMessageId },
      })),
      subscribe(PersonalDataRevealed, 'audit.record-reveal', {}, async (event, { tx, envelope }) => {
        const { actorId, personId, messageId, field } = event
        const reason = personId === null ? event.reason : await sealedReason(tx, personId, event.reason)
        const details = { revealed: messageId, field: field ?? 'all fields', reason }
        await addEntry(tx, envelope, { action: PersonalDataRevealed.name, actorId, subjectId: personId, details })
      }),
      subscribe(AddressRevealed, 'audit.record-address-reveal', {}, async (event, { tx, envelope }) => {
        const { actorId, userId } = event
        const details = { field: 'address', reason: await sealedReason(tx, userId, event.reason) }
        await addEntry(tx, envelope, { action: AddressRevealed.name, actorId, subjectId: userId, details })
      }),
      record(FailureMarked, 'audit.record-failure-mark', ({ actorId, fingerprint, state, ignoreMore }) => ({
        actorId,
        subjectId: null,
        details: { fingerprint, state, ignoreMore },
      })),
      record(MessagesReplayed, 'audit.record-replay', ({ actorId, ...details }) => ({
        actorId,
        subjectId: null,
        details,
      })),
      record(OperationStarted, 'audit.record-operation-start', ({ actorId, operationId, kind, total }) => ({
        actorId,
        subjectId: operationId,
        details: { kind, total },
      })),
      record(OperationPaused, 'audit.record-operation-pause', byOperator),
      record(OperationResumed, 'audit.record-operation-resume', byOperator),
      record(OperationAborted, 'audit.record-operation-abort', byOperator),
      record(OperationEnded, 'audit.record-operation-end', ({ operationId, state }) => ({
        actorId: null,
        subjectId: operationId,
        details: { state },
      })),
      record(FaultChanged, 'audit.record-fault', ({ actorId, subscription, mode }) => ({
        actorId,
        subjectId: null,
        details: { subscription, mode },
      })),
      record(HandlerPaused, 'audit.record-pause', ({ actorId, subscription }) => ({
        actorId,
        subjectId: null,
        details: { subscription },
      })),
      record(HandlerResumed, 'audit.record-resume', ({ actorId, subscription }) => ({
        actorId,
        subjectId: null,
        details: { subscription },
      })),
      record(HandlerLimitsSet, 'audit.record-limits', ({ actorId, subscription, limits }) => ({
        actorId,
        subjectId: null,
        details: { subscription, ...limits },
      })),
      record(AlertCleared, 'audit.record-alert', ({ actorId, ...details }) => ({
        actorId,
        subjectId: null,
        details,
      })),
      record(RetriesSpread, 'audit.record-spreading', ({ actorId, ...details }) => ({
        actorId,
        subjectId: null,
        details,
      })),
      record(MessageCancelled, 'audit.record-cancellation', ({ actorId, messageId, reason }) => ({
        actorId,
        subjectId: messageId,
        details: { reason },
      })),
      record(MessageRescheduled, 'audit.record-rescheduling', ({ actorId, messageId, at }) => ({
        actorId,
        subjectId: messageId,
        details: { at },
      })),
    ],
  }
}

/** It may name the person: it goes with them. */
async function sealedReason(tx: Tx, personId: string, reason: string) {
  return { sealed: await tx.personal.sealText(personId, reason) }
}

function byOperator({ actorId, operationId }: BodyOf<typeof OperationPaused>): Omit<AuditEntry, 'action'> {
  return { actorId, subjectId: operationId }
}

/** What people did about themselves. */
function byThemselves({ userId }: { userId: string }): Omit<AuditEntry, 'action'> {
  return { actorId: userId, subjectId: userId }
}

/** What people did about their own passkeys. */
function withPasskey({ userId, passkeyId }: BodyOf<typeof PasskeyRenamed>): Omit<AuditEntry, 'action'> {
  return { ...byThemselves({ userId }), details: { passkeyId } }
}

/** What the system did, to a user. */
function aboutUser({ userId }: { userId: string }): Omit<AuditEntry, 'action'> {
  return { actorId: null, subjectId: userId }
}

function record<D extends EventDefinition>(
  event: D,
  name: string,
  entryOf: (body: BodyOf<D>) => Omit<AuditEntry, 'action'>,
): Subscription {
  return subscribe(event, name, {}, (body, { tx, envelope }) =>
    addEntry(tx, envelope, { action: event.name, ...entryOf(body) }),
  )
}
