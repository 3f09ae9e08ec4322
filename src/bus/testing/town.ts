import { setup } from 'xstate'
import { z } from 'zod'
import { handle, handleOutside, subscribe } from '../handlers.ts'
import { defineCommand, defineEvent } from '../message.ts'
import type { Storage, Tx } from '../ports.ts'
import { defineProcess, reactTo, sends, toPublish } from '../process-manager.ts'
import { subscriptionsOf } from '../process-subscriptions.ts'
import type { Module } from '../registry.ts'

const body = z.object({ name: z.string() })

/** A small town whose people sign up as those of the app do: for tests. */
export const SignUp = defineCommand('town.sign-up', { version: 1, body, reply: z.object({}) })
const SignedUp = defineEvent('town.signed-up', { version: 1, body })
export const SendMail = defineCommand('town.send-mail', { version: 1, body, reply: z.object({}) })
const MailSent = defineEvent('town.mail-sent', { version: 1, body })
const Registered = defineEvent('town.registered', { version: 1, body })

const key = ({ name }: { name: string }) => name

/** Waits for the mail, for an hour. */
const registration = defineProcess('town.registration', {
  version: 1,
  machine: setup({ delays: { LATE: 3_600_000 }, actions: { tell: sends } }).createMachine({
    id: 'registration',
    initial: 'new',
    states: {
      new: { on: { 'town.signed-up': 'open' } },
      open: { on: { 'town.mail-sent': 'registered' }, after: { LATE: 'late' } },
      registered: { type: 'final', entry: 'tell' },
      late: { type: 'final' },
    },
  }),
  retry: { maxAttempts: 30, firstDelayMs: 0, jitter: 0 },
  reactions: [reactTo(SignedUp, { key, ifNone: 'start' }), reactTo(MailSent, { key, ifNone: 'retry-later' })],
  actions: { tell: ({ key: name }) => toPublish(Registered, { name }) },
})

export const REGISTRATION = registration.name

interface Townhall {
  effect(tx: Tx, label: string): Promise<void>
  /** Called for each mail that goes out. @throws Error when it does not. */
  mail(name: string): void
}

/** Effects in the transaction, mails outside, and a process that waits for both. */
export function createTown({ processes }: Pick<Storage, 'processes'>, { effect, mail }: Townhall): Module {
  return {
    name: 'town',
    messages: [SignUp, SignedUp, SendMail, MailSent, Registered, registration.timeOut],
    subscriptions: [
      handle(SignUp, {}, async ({ name }, { tx, publish }) => {
        await effect(tx, `account of ${name}`)
        publish(SignedUp, { name })
        return {}
      }),
      subscribe(SignedUp, 'town.greet', {}, async ({ name }, { send }) => void send(SendMail, { name })),
      subscribe(SignedUp, 'town.count', {}, ({ name }, { tx }) => effect(tx, `counted ${name}`)),
      handleOutside(SendMail, {}, async ({ name }, { publish }) => {
        mail(name)
        publish(MailSent, { name })
        return {}
      }),
      ...subscriptionsOf(registration, processes),
      subscribe(Registered, 'town.note', {}, ({ name }, { tx }) => effect(tx, `registered ${name}`)),
    ],
  }
}
