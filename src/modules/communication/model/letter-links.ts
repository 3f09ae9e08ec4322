import type { LetterName } from './letters.ts'

const PATHS: Partial<Record<LetterName, string>> = {
  confirmation: '/confirm?token=',
  'confirmation-reminder': '/confirm?token=',
  'password-reset': '/reset?token=',
  'email-change': '/confirm?token=',
  invitation: '/signup?invitation=',
}

/** Where the button of a letter leads; null where it has none. */
export function letterLink(letter: LetterName, token: string, appUrl: string): string | null {
  const path = PATHS[letter]
  return path ? `${appUrl}${path}${encodeURIComponent(token)}` : null
}
