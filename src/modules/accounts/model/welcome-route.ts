import type { DeliveryState } from '../../../bus/message.ts'

/** What this view needs of a message; the inspector's rows fit. */
export interface RouteMessage {
  name: string
  occurredAt: string
  deliveries: readonly { subscription: string; state: DeliveryState; settledAt: string | null }[]
}

export type StopState = 'done' | 'working' | 'waiting' | 'trouble' | 'left out'

export interface Stop {
  title: string
  detail: string
  state: StopState
  /** When it was done. */
  at: string | null
  /** The word of its stamp, once it is done. */
  stamp?: string
}

/** A sign-up as its own person sees it: the stops of a route, in plain words. */
export function welcomeRoute(messages: readonly RouteMessage[]): Stop[] {
  return [accountStop(messages), emailStop(messages), smsStop(messages), logStop(messages), addressStop(messages)]
}

type Messages = readonly RouteMessage[]

const find = (messages: Messages, name: string) => messages.find((each) => each.name === name)
const deliveryOf = (messages: Messages, subscription: string) =>
  messages.flatMap((each) => each.deliveries).findLast((each) => each.subscription === subscription)

function accountStop(messages: Messages): Stop {
  const created = find(messages, 'accounts.user-account-created')
  if (created)
    return {
      title: 'Account created',
      detail: 'You are signed in.',
      state: 'done',
      at: created.occurredAt,
      stamp: 'Created',
    }
  return {
    title: 'Creating your account',
    ...underWay(deliveryOf(messages, 'accounts.create-user')?.state, 'This takes a moment.'),
    at: null,
  }
}

function emailStop(messages: Messages): Stop {
  const sent = find(messages, 'communication.confirmation-email-sent')
  if (sent)
    return {
      title: 'E-mail sent',
      detail: 'It holds a link that confirms your address.',
      state: 'done',
      at: sent.occurredAt,
      stamp: 'Sent',
    }
  const bounced = find(messages, 'communication.email-bounced')
  if (bounced) {
    const detail = 'The mail server of your address says that nobody gets mail there. Give us another in your account.'
    return { title: 'E-mail came back', detail, state: 'trouble', at: bounced.occurredAt }
  }
  const sending = deliveryOf(messages, 'communication.send-confirmation-email')
  const decided = deliveryOf(messages, 'communication.decide-confirmation-email')
  if (!sending && decided?.state === 'succeeded') {
    const detail = 'You came by an invitation: your address is confirmed already.'
    return { title: 'No e-mail', detail, state: 'left out', at: null }
  }
  return { title: 'E-mail on its way', ...underWay(sending?.state, 'We are handing it to the mail server.'), at: null }
}

function smsStop(messages: Messages): Stop {
  const sent = find(messages, 'communication.sms-sent')
  if (sent)
    return {
      title: 'Text sent',
      detail: 'A short welcome to your phone.',
      state: 'done',
      at: sent.occurredAt,
      stamp: 'Sent',
    }
  const decided = deliveryOf(messages, 'communication.decide-sms')
  if (decided?.state === 'skipped') {
    return {
      title: 'No text',
      detail: 'You gave no phone number, so there is none to send.',
      state: 'left out',
      at: null,
    }
  }
  const sending = deliveryOf(messages, 'communication.send-sms')
  const isHeldBack = !sending && find(messages, 'communication.message-withheld') !== undefined
  if (isHeldBack || find(messages, 'communication.sms-rejected')) {
    return { title: 'No text', detail: 'Texts do not reach the number you gave.', state: 'left out', at: null }
  }
  return { title: 'Text on its way', ...underWay(sending?.state, 'We are handing it to the phone network.'), at: null }
}

function logStop(messages: Messages): Stop {
  const logged = deliveryOf(messages, 'audit.record-account-created')
  if (logged?.state === 'succeeded') {
    return {
      title: 'Written in the log',
      detail: 'What happens to your account is kept, for you to ask for.',
      state: 'done',
      at: logged.settledAt,
      stamp: 'Logged',
    }
  }
  return { title: 'Writing it in the log', ...underWay(logged?.state, 'A note for the record.'), at: null }
}

function addressStop(messages: Messages): Stop {
  const confirmed = find(messages, 'accounts.email-confirmed')
  if (confirmed) {
    const isComplete = find(messages, 'registration.registration-completed') !== undefined
    const detail = isComplete ? 'Everything is done.' : 'Thank you. What is left, we do by ourselves.'
    return { title: 'Address confirmed', detail, state: 'done', at: confirmed.occurredAt, stamp: 'Confirmed' }
  }
  const expired = find(messages, 'registration.registration-expired')
  if (expired) {
    const detail = 'The links we sent do not work any more. Your account is still yours.'
    return { title: 'Not confirmed in time', detail, state: 'left out', at: expired.occurredAt }
  }
  return { ...yourTurn(messages), state: 'waiting', at: null }
}

function yourTurn(messages: Messages): { title: string; detail: string } {
  if (find(messages, 'communication.confirmation-reminder-sent')) {
    const detail = 'We have sent you a second e-mail. Open the link in either of them to confirm your address.'
    return { title: 'Waiting for you', detail }
  }
  if (find(messages, 'communication.confirmation-email-sent')) {
    return { title: 'Waiting for you', detail: 'Open the link in our e-mail to confirm your address.' }
  }
  return { title: 'Then it is your turn', detail: 'Once the e-mail is there, its link confirms your address.' }
}

function underWay(state: DeliveryState | undefined, working: string): { detail: string; state: StopState } {
  switch (state) {
    case 'retrying':
      return { detail: 'It did not work at first. We are trying again; you need not do anything.', state: 'trouble' }
    case 'dead':
      return {
        detail: 'It did not work. Nothing is lost: it is kept, and whoever runs this Waybill can try it again.',
        state: 'trouble',
      }
    case 'discarded':
      return { detail: 'Somebody decided not to do this.', state: 'left out' }
    default:
      return { detail: working, state: 'working' }
  }
}
