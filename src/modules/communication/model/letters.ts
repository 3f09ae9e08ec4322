/** The letters that people can get: what they are called, in which languages, and what differs from one to the next. */
export const LETTERS = [
  'confirmation',
  'confirmation-reminder',
  'password-reset',
  'password-changed',
  'email-change',
  'email-change-notice',
  'email-changed',
  'phone-changed',
  'role-changed',
  'invitation',
  'passkey-added',
  'passkey-removed',
  'account-deleted',
  'tips',
  'news',
] as const

export type LetterName = (typeof LETTERS)[number]

/** Texts to phones. */
export const TEXTS = [
  'welcome',
  'phone-code',
  'phone-changed-notice',
  'password-changed',
  'passkey-added',
  'passkey-removed',
] as const

export type TextName = (typeof TEXTS)[number]

export const LOCALES = ['en', 'de'] as const

export type Locale = (typeof LOCALES)[number]

/** The best of our languages for a language tag like `de-CH`; English where we have none. */
export function localeOf(tag: string | null | undefined): Locale {
  const language = tag?.toLowerCase().split(/[-_]/, 1)[0]
  return LOCALES.find((locale) => locale === language) ?? 'en'
}

/** What can become of the phone number of an account. */
export const PHONE_CHANGES = ['added', 'changed', 'removed'] as const

export type PhoneChange = (typeof PHONE_CHANGES)[number]

/** As much of a number as its owner knows it by. */
export function lastOf(phone: string): string {
  return phone.replace(/\D/g, '').slice(-2)
}

/** What is said in a letter beside its fixed words. */
export interface LetterFacts {
  /** As the person wrote it; letters show it as plain text. */
  name: string
  /** Where the button leads. */
  link: string | null
  /** Until when the link works, in words of the person's language and time zone. */
  validUntil: string | null
  appUrl: string
  /** The address that an account is to have, or has now. */
  newEmail?: string | undefined
  /** What became of the passkeys. */
  passkeys?: 'removed' | 'kept' | undefined
  /** What the person calls a passkey. */
  label?: string | undefined
  role?: string | undefined
  /** The number that an account has now. */
  phone?: string | undefined
  /** What became of the number. */
  phoneChange?: PhoneChange | undefined
  headline?: string | undefined
  text?: string | undefined
}

/** A letter in words, before it is made into text or HTML. */
export interface LetterWords {
  subject: string
  greeting: string
  paragraphs: string[]
  /** What is written on the button that leads to the link. */
  button: string | null
  notes: string[]
  /** Why the person gets this. */
  why: string
}

/** Every letter in one language. */
export type Phrasebook = Record<LetterName, (facts: LetterFacts) => LetterWords>
