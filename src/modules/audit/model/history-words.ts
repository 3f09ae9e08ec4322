/** What the log keeps of a person's account, told to that person. */
export interface HistoryEntry {
  action: string
  details: Readonly<Record<string, unknown>>
  /** What the message held that the entry comes from; null when it is gone by now. */
  body: Readonly<Record<string, unknown>> | null
  /** Whether the person did it, or somebody else: the system, an operator. */
  isOwn: boolean
}

interface Values {
  text(field: string): string | null
  count(field: string): number
  isOwn: boolean
}

type Words = (values: Values) => string

const to = (value: string | null) => (value === null ? '' : ` to ${value}`)

const WORDS: Readonly<Record<string, Words>> = {
  'accounts.user-account-created': () => 'You created your account.',
  'accounts.email-confirmed': () => 'You confirmed your e-mail address.',
  'accounts.confirmation-requested': () => 'You asked for another link to confirm your address.',
  'accounts.password-reset-requested': () => 'Somebody asked for a link to choose a new password for your account.',
  'accounts.password-changed': ({ text }) =>
    text('how') === 'reset'
      ? `You chose a new password by the link in our letter${text('passkeys') === 'removed' ? ', and removed your passkeys' : ''}.`
      : 'You changed your password.',
  'accounts.name-changed': ({ text }) => `You changed your name${to(text('name'))}.`,
  'accounts.email-change-requested': ({ text }) => `You asked to change your address${to(text('email'))}.`,
  'accounts.email-change-withdrawn': () => 'You kept your address after all.',
  'accounts.email-changed': ({ text }) => {
    const previous = text('previousEmail')
    return `Your address was changed${previous === null ? '' : ` from ${previous}`}${to(text('email'))}.`
  },
  'accounts.phone-change-requested': ({ text }) => {
    const phone = text('phone')
    return phone === null ? 'You asked for a code to confirm a phone number.' : `You asked for a code to ${phone}.`
  },
  'accounts.phone-changed': ({ text }) =>
    text('isRemoved') === 'true'
      ? 'You removed your phone number.'
      : `You confirmed your phone number${colon(text('phone'))}.`,
  'accounts.logged-in': ({ text }) =>
    `You logged in${withDevice(text('device'))}${text('how') === 'passkey' ? ', by a passkey' : ''}.`,
  'accounts.logged-out': ({ text }) =>
    `You logged out${withDevice(text('device'))}${text('why') === 'another-log-in' ? ', by logging in there anew' : ''}.`,
  'accounts.sessions-ended': ({ count, text }) => {
    const isOne = count('count') === 1
    if (text('byOperator') === 'true')
      return `An operator logged you out ${isOne ? 'of one browser' : `of ${count('count')} browsers`}.`
    return isOne ? 'One browser was logged out.' : `${count('count')} browsers were logged out.`
  },
  'accounts.passkey-added': () => 'You added a passkey.',
  'accounts.passkey-renamed': () => 'You renamed a passkey.',
  'accounts.passkey-removed': () => 'You removed a passkey.',
  'accounts.invitation-created': ({ text }) => `An operator invited you as ${text('role') ?? 'somebody here'}.`,
  'accounts.invitation-withdrawn': () => 'The invitation was withdrawn.',
  'accounts.role-changed': ({ text, isOwn }) =>
    `${isOwn ? 'You changed your role' : 'An operator changed your role'} from ${text('previousRole')} to ${text('role')}.`,
  'accounts.account-deleted': () => 'You deleted your account.',
  'accounts.address-revealed': () => 'An operator looked at your address, for a reason that is written down.',
  'inspector.personal-data-revealed': () => 'An operator looked at data about you, for a reason that is written down.',
  'communication.confirmation-email-sent': () => 'We sent you the link that confirms your address.',
  'communication.confirmation-reminder-sent': () => 'We reminded you to confirm your address.',
  'communication.email-sent': ({ text }) => `We wrote to you: ${LETTERS[text('letter') ?? ''] ?? 'a letter'}.`,
  'communication.email-bounced': ({ text }) =>
    `A letter to you came back: ${LETTERS[text('letter') ?? ''] ?? 'a letter'}.`,
  'communication.sms-sent': ({ text }) =>
    text('kind') === 'phone-code' ? 'We sent you a code by text message.' : 'We sent you a text message.',
  'communication.sms-rejected': () => 'A text message to you could not be delivered.',
  'communication.message-withheld': ({ text }) =>
    `We held a message back: ${WITHHELD[text('reason') ?? ''] ?? 'the rules say so'}.`,
  'communication.preferences-changed': () => 'You changed how we write to you.',
  'registration.registration-completed': () => 'Your sign-up was complete.',
  'registration.registration-expired': () => 'The links of your sign-up ended: your address was not confirmed in time.',
}

const WITHHELD: Readonly<Record<string, string>> = {
  'no-consent': 'you have not agreed to such messages',
  'confirmed-since': 'you had confirmed your address by then',
  'told-already': 'you had been sent the like a short time before',
  'no-address': 'we know no address or number for it',
  suppressed: 'what we send to your address or number comes back',
}

const LETTERS: Readonly<Record<string, string>> = {
  confirmation: 'the link that confirms your address',
  'confirmation-reminder': 'a reminder to confirm your address',
  'password-reset': 'the link to a new password',
  'password-changed': 'that your password was changed',
  'email-change': 'the link that confirms your new address',
  'email-change-notice': 'that your address is to be changed',
  'email-changed': 'that your address was changed',
  'phone-changed': 'that your phone number was changed',
  'role-changed': 'that your role was changed',
  'account-deleted': 'that your account was deleted',
  invitation: 'your invitation',
  'passkey-added': 'that a passkey was added',
  'passkey-removed': 'that a passkey was removed',
  tips: 'tips that you asked for',
  news: 'news that you asked for',
}

/** One sentence. Of what has no words of its own it says so much as that it happened: nothing is left out. */
export function historyWords({ action, details, body, isOwn }: HistoryEntry): string {
  const field = (name: string) => details[name] ?? body?.[name]
  const words = WORDS[action]
  if (!words) return `${isOwn ? 'You did' : 'There was'} something that is written down as “${plainName(action)}”.`
  return words({
    isOwn,
    text: (name) => {
      const value = field(name)
      return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null
    },
    count: (name) => {
      const value = field(name)
      return typeof value === 'number' ? value : 0
    },
  })
}

function withDevice(device: string | null): string {
  return device === null ? '' : ` with ${device.replace(/^An /, 'an ')}`
}

function colon(value: string | null): string {
  return value === null ? '' : `, ${value}`
}

function plainName(action: string): string {
  return action.slice(action.indexOf('.') + 1).replaceAll('-', ' ')
}
