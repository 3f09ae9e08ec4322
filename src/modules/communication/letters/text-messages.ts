import type { Locale, TextName } from '../model/letters.ts'
import { plainName } from '../model/plain-name.ts'

/** Stands in a text where the code will be: the code itself is sealed until the text is sent. */
export const CODE_PLACE = '{code}'

const ENGLISH: Record<TextName, (greeted: string) => string> = {
  welcome: (name) =>
    `Welcome to Waybill${name}. Your account is ready. Please confirm your address by the link in our e-mail.`,
  'phone-code': () => `${CODE_PLACE} is your Waybill code. Tell nobody.`,
  'phone-changed-notice': () =>
    'This number is no longer that of your Waybill account. If it was not you, change your password.',
  'password-changed': () => 'The password of your Waybill account was changed. If it was not you, choose a new one.',
  'passkey-added': () => 'A passkey was added to your Waybill account. If it was not you, remove it.',
  'passkey-removed': () => 'A passkey was removed from your Waybill account. If it was not you, change your password.',
}

const GERMAN: Record<TextName, (greeted: string) => string> = {
  welcome: (name) =>
    `Willkommen bei Waybill${name}. Ihr Konto ist bereit. Bitte bestätigen Sie Ihre Adresse über den Link in unserer E-Mail.`,
  'phone-code': () => `${CODE_PLACE} ist Ihr Waybill-Code. Geben Sie ihn niemandem.`,
  'phone-changed-notice': () =>
    'Diese Nummer gehört nicht mehr zu Ihrem Waybill-Konto. Wenn Sie das nicht waren, ändern Sie Ihr Passwort.',
  'password-changed': () =>
    'Das Passwort Ihres Waybill-Kontos wurde geändert. Wenn Sie das nicht waren, wählen Sie ein neues.',
  'passkey-added': () =>
    'Ihrem Waybill-Konto wurde ein Passkey hinzugefügt. Wenn Sie das nicht waren, entfernen Sie ihn.',
  'passkey-removed': () =>
    'Von Ihrem Waybill-Konto wurde ein Passkey entfernt. Wenn Sie das nicht waren, ändern Sie Ihr Passwort.',
}

/** A text to a phone. A name that reads like a link is left out. */
export function writeText(text: TextName, locale: Locale, { name }: { name: string }): string {
  const plain = plainName(name).slice(0, LONGEST_NAME)
  return (locale === 'de' ? GERMAN : ENGLISH)[text](plain ? `, ${plain}` : '')
}

/** A text is paid by its length. */
const LONGEST_NAME = 40
