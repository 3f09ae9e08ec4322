import { ROLE_WORDS } from '../../../web/role-words.ts'
import { type LetterFacts, lastOf, type Phrasebook } from '../model/letters.ts'

const hello = (name: string) => (name ? `Hello ${name},` : 'Hello,')
const STRANGER = 'If you did not sign up, you need not do anything.'
const ACCOUNT = 'You get this because it concerns your Waybill account.'
const NOT_ME = 'If it was you, there is nothing to do.'
const optIn = (what: string, appUrl: string) =>
  `You get this because you asked for ${what}. You can stop it at any time: ${appUrl}/account/messages`

export const ENGLISH: Phrasebook = {
  confirmation: ({ name, validUntil }) => ({
    subject: 'Please confirm your e-mail address',
    greeting: hello(name),
    paragraphs: ['your Waybill account is ready. Please confirm that this is your address.'],
    button: 'Confirm my address',
    notes: [`The link works ${validUntil ? `until ${validUntil}` : 'for 7 days'}. ${STRANGER}`],
    why: ACCOUNT,
  }),
  'confirmation-reminder': ({ name, validUntil }) => ({
    subject: 'Your e-mail address is not confirmed yet',
    greeting: hello(name),
    paragraphs: ['your Waybill account waits for one last step. Please confirm that this is your address.'],
    button: 'Confirm my address',
    notes: [`The link works until ${validUntil}. After that the sign-up ends by itself. ${STRANGER}`],
    why: ACCOUNT,
  }),
  'password-reset': ({ name, validUntil }) => ({
    subject: 'Choose a new password',
    greeting: hello(name),
    paragraphs: ['somebody asked to choose a new password for your Waybill account. If it was you, go on here.'],
    button: 'Choose a new password',
    notes: [
      `The link works once, until ${validUntil}.`,
      'If you did not ask for it, you need not do anything: your password stays as it is.',
    ],
    why: ACCOUNT,
  }),
  'password-changed': ({ name, passkeys, appUrl }) => ({
    subject: 'Your password was changed',
    greeting: hello(name),
    paragraphs: ['the password of your Waybill account was changed just now.', ...passkeysOf(passkeys, appUrl), NOT_ME],
    button: null,
    notes: [`If it was not you, choose a new password at once: ${appUrl}/forgot`],
    why: ACCOUNT,
  }),
  'email-change': ({ name, validUntil }) => ({
    subject: 'Please confirm your new e-mail address',
    greeting: hello(name),
    paragraphs: ['this address was given for a Waybill account. Please confirm that it is yours.'],
    button: 'Confirm my new address',
    notes: [
      `The link works until ${validUntil}. Until then the account keeps its old address.`,
      'If you know nothing of this, you need not do anything.',
    ],
    why: ACCOUNT,
  }),
  'email-change-notice': ({ name, newEmail, appUrl }) => ({
    subject: 'Your e-mail address is to be changed',
    greeting: hello(name),
    paragraphs: [
      `somebody who is logged in to your Waybill account wants it to have the address ${newEmail}. It counts once it is confirmed there.`,
      NOT_ME,
    ],
    button: null,
    notes: [`If it was not you, choose a new password at once: ${appUrl}/forgot`],
    why: ACCOUNT,
  }),
  'email-changed': ({ name, newEmail, appUrl }) => ({
    subject: 'Your e-mail address was changed',
    greeting: hello(name),
    paragraphs: [`the address of your Waybill account is ${newEmail} now. We will not write to this one any more.`],
    button: null,
    notes: [`If it was not you, tell whoever runs this Waybill at once: ${appUrl}`],
    why: ACCOUNT,
  }),
  'phone-changed': ({ name, phone, phoneChange = 'changed', appUrl }) => ({
    subject: `Your phone number was ${phoneChange}`,
    greeting: hello(name),
    paragraphs: [
      phone
        ? `the phone number of your Waybill account is now the one that ends in ${lastOf(phone)}. It was confirmed by a code.`
        : 'your Waybill account has no phone number any more: it was removed just now.',
      NOT_ME,
    ],
    button: null,
    notes: [`If it was not you, choose a new password at once: ${appUrl}/forgot`],
    why: ACCOUNT,
  }),
  'role-changed': ({ name, role, appUrl }) => ({
    subject: 'Your role was changed',
    greeting: hello(name),
    paragraphs: [
      `you are ${ROLE_WORDS[role ?? ''] ?? 'a member'} of this Waybill now: you can ${MAY[role ?? ''] ?? MAY.member}.`,
      'You were logged out everywhere. Log in again to go on.',
    ],
    button: null,
    notes: [`If this surprises you, ask whoever runs this Waybill: ${appUrl}`],
    why: ACCOUNT,
  }),
  invitation: ({ name, role, validUntil }) => ({
    subject: 'You are invited to Waybill',
    greeting: hello(name),
    paragraphs: [`you are invited to join this Waybill as ${ROLE_WORDS[role ?? ''] ?? 'a member'}.`],
    button: 'Create my account',
    notes: [`The link works until ${validUntil}. If you do not want to join, you need not do anything.`],
    why: 'You get this because somebody who runs this Waybill gave your address.',
  }),
  'passkey-added': ({ name, label, appUrl }) => ({
    subject: 'A passkey was added',
    greeting: hello(name),
    paragraphs: [`a passkey was added to your Waybill account: ${label}. It can be used to log in.`, NOT_ME],
    button: null,
    notes: [`If it was not you, remove it and change your password: ${appUrl}/account/security`],
    why: ACCOUNT,
  }),
  'passkey-removed': ({ name, label, appUrl }) => ({
    subject: 'A passkey was removed',
    greeting: hello(name),
    paragraphs: [
      `a passkey was removed from your Waybill account: ${label}. It cannot be used to log in any more.`,
      NOT_ME,
    ],
    button: null,
    notes: [`If it was not you, change your password: ${appUrl}/account/security`],
    why: ACCOUNT,
  }),
  'account-deleted': ({ name }) => ({
    subject: 'Your account was deleted',
    greeting: hello(name),
    paragraphs: [
      'your Waybill account was deleted, as you asked. You are logged out everywhere, and this is the last letter.',
    ],
    button: null,
    notes: ['Thank you for having been here.'],
    why: 'You get this because you had a Waybill account.',
  }),
  tips: ({ name, appUrl }) => ({
    subject: 'Three things worth knowing',
    greeting: hello(name),
    paragraphs: [
      'you asked for tips. Here are the three that people like most.',
      `See your own sign-up, stop by stop: ${appUrl}/welcome`,
      `Log in without a password, by a passkey: ${appUrl}/account/security`,
      `Say when we may write, and in which language: ${appUrl}/account/messages`,
    ],
    button: null,
    notes: [],
    why: optIn('tips', appUrl),
  }),
  news: ({ name, headline, text, appUrl }) => ({
    subject: headline ?? 'News from Waybill',
    greeting: hello(name),
    paragraphs: paragraphsOf(text),
    button: null,
    notes: [],
    why: optIn('news', appUrl),
  }),
}

const MAY: Record<string, string> = {
  operator: 'see and change your own account, read the inspector, act in it, and say who may',
  viewer: 'see and change your own account, and read the inspector',
  member: 'see and change your own account',
}

function passkeysOf(passkeys: LetterFacts['passkeys'], appUrl: string): string[] {
  if (passkeys === 'removed') return ['Your passkeys were removed: none of them opens the account any more.']
  if (passkeys === 'kept')
    return [`Your passkeys still open it. Remove those you do not know: ${appUrl}/account/security`]
  return []
}

function paragraphsOf(text = ''): string[] {
  return text.split(/\n\s*\n/).flatMap((each) => each.trim() || [])
}
