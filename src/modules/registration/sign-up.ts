import { setup } from 'xstate'
import {
  defineProcess,
  type ProcessDefinition,
  reactTo,
  sends,
  showOfStart,
  toPublish,
  toSend,
} from '../../bus/index.ts'
import { ConfirmationRenewed, EmailConfirmed, RenewConfirmation, UserAccountCreated } from '../accounts/messages.ts'
import {
  ConfirmationEmailSent,
  EmailBounced,
  MessageWithheld,
  SendConfirmationReminder,
  SmsRejected,
  SmsSent,
} from '../communication/messages.ts'
import { RegistrationCompleted, RegistrationExpired } from './messages.ts'

export interface SignUpDelays {
  /** After this time without a confirmed address the person is reminded, with a link of its own. */
  remindAfterMs: number
  /** After this time the sign-up is given up. */
  expireAfterMs: number
}

type SignUpEvent =
  | { type: 'accounts.user-account-created'; hasPhone: boolean; isConfirmed: boolean }
  | { type: 'accounts.confirmation-renewed' | 'accounts.email-confirmed' }
  | { type: 'communication.confirmation-email-sent' }
  | { type: 'communication.sms-sent' | 'communication.sms-rejected'; isWelcome: boolean }
  | { type: 'communication.email-bounced'; isConfirmation: boolean }
  | { type: 'communication.message-withheld'; isWelcome: boolean; isConfirmation: boolean }

/**
 * A sign-up is complete when its mail was sent, its text too if there is a phone number, and the address was
 * confirmed. What the rules of communication hold back, or what cannot be delivered, is not waited for. The context stays empty: name, address and token are passed on from the message in hand, never kept.
 */
function signUpMachine({ remindAfterMs, expireAfterMs }: SignUpDelays) {
  return setup({
    types: {} as { events: SignUpEvent; input: { key: string } },
    delays: { REMIND: remindAfterMs, EXPIRE: expireAfterMs },
    guards: {
      hasPhone: ({ event }) => event.type === 'accounts.user-account-created' && event.hasPhone,
      isWelcome: ({ event }) => 'isWelcome' in event && event.isWelcome,
      isConfirmation: ({ event }) => 'isConfirmation' in event && event.isConfirmation,
      isConfirmed: ({ event }) => event.type === 'accounts.user-account-created' && event.isConfirmed,
    },
    actions: { renewLink: sends, remind: sends, complete: sends, expire: sends },
  }).createMachine({
    id: 'sign-up',
    initial: 'open',
    states: {
      open: {
        type: 'parallel',
        onDone: 'completed',
        states: {
          email: {
            initial: 'undecided',
            states: {
              undecided: {
                // Whoever came by an invitation is not asked to confirm the address it was sent to.
                on: {
                  'accounts.user-account-created': [
                    { guard: 'isConfirmed', target: 'not sent' },
                    { target: 'sending' },
                  ],
                },
              },
              sending: {
                description: 'the confirmation e-mail to be sent',
                on: {
                  'communication.confirmation-email-sent': 'sent',
                  'communication.email-bounced': { guard: 'isConfirmation', target: 'not sent' },
                  'communication.message-withheld': { guard: 'isConfirmation', target: 'not sent' },
                },
              },
              sent: { type: 'final' },
              'not sent': { type: 'final' },
            },
          },
          text: {
            initial: 'undecided',
            states: {
              undecided: {
                on: { 'accounts.user-account-created': [{ guard: 'hasPhone', target: 'sending' }, { target: 'none' }] },
              },
              sending: {
                description: 'the welcome text to be sent',
                on: {
                  'communication.sms-sent': { guard: 'isWelcome', target: 'sent' },
                  'communication.sms-rejected': { guard: 'isWelcome', target: 'none' },
                  'communication.message-withheld': { guard: 'isWelcome', target: 'none' },
                },
              },
              sent: { type: 'final' },
              none: { type: 'final' },
            },
          },
          address: {
            initial: 'unconfirmed',
            states: {
              unconfirmed: {
                description: 'the link in the e-mail to be opened',
                meta: { owes: 'the person' },
                on: { 'accounts.email-confirmed': 'confirmed' },
                after: { EXPIRE: '#sign-up.expired' },
                initial: 'fresh',
                states: {
                  fresh: { after: { REMIND: 'renewing' } },
                  renewing: {
                    entry: 'renewLink',
                    description: 'a new link, for the reminder',
                    on: { 'accounts.confirmation-renewed': { target: 'reminded', actions: 'remind' } },
                  },
                  reminded: {},
                },
              },
              confirmed: { type: 'final' },
            },
          },
        },
      },
      completed: { type: 'final', entry: 'complete' },
      expired: { type: 'final', tags: ['failed'], entry: 'expire' },
    },
  })
}

/** Texts that were sent before there were kinds of them were welcomes. */
const takeText = ({ kind = 'welcome' }: { kind?: string | undefined }) => ({ isWelcome: kind === 'welcome' })
const takeLetter = ({ letter }: { letter: string }) => ({ isConfirmation: letter === 'confirmation' })
const takeKind = ({ kind }: { kind: string }) => ({ ...takeText({ kind }), ...takeLetter({ letter: kind }) })

const key = ({ userId }: { userId: string }) => userId

/** The process of a registration, one per user. */
export function defineSignUp(delays: SignUpDelays): ProcessDefinition {
  return defineProcess('registration.sign-up', {
    version: 1,
    machine: signUpMachine(delays),
    reactions: [
      reactTo(UserAccountCreated, {
        key,
        ifNone: 'start',
        take: ({ phone, emailConfirmed = false }) => ({ hasPhone: phone !== null, isConfirmed: emailConfirmed }),
      }),
      // Of a user who signed up before there was this process nothing is awaited.
      reactTo(ConfirmationEmailSent, { key, ifNone: 'await-start' }),
      reactTo(SmsSent, { key, ifNone: 'await-start', take: takeText }),
      reactTo(SmsRejected, { key, ifNone: 'await-start', take: takeText }),
      reactTo(EmailBounced, { key, ifNone: 'await-start', take: takeLetter }),
      reactTo(MessageWithheld, { key, ifNone: 'await-start', take: takeKind }),
      reactTo(EmailConfirmed, { key, ifNone: 'await-start' }),
      reactTo(ConfirmationRenewed, { key, ifNone: 'ignore' }),
    ],
    shows: [
      showOfStart(UserAccountCreated, 'name', 'name'),
      showOfStart(UserAccountCreated, 'e-mail', 'email'),
      showOfStart(UserAccountCreated, 'phone', 'phone'),
      showOfStart(UserAccountCreated, 'invited', 'emailConfirmed', { ifNone: 'no' }),
    ],
    actions: {
      renewLink: ({ key: userId, startedAt }) => {
        const validUntil = new Date(startedAt.getTime() + delays.expireAfterMs).toISOString()
        return toSend(RenewConfirmation, { userId, validUntil })
      },
      remind: ({ received }) => toSend(SendConfirmationReminder, received(ConfirmationRenewed)),
      complete: ({ key: userId }) => toPublish(RegistrationCompleted, { userId }),
      expire: ({ key: userId }) => toPublish(RegistrationExpired, { userId }),
    },
  })
}
