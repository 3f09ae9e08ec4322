import type { Locale } from '../model/letters.ts'

/** The languages of letters, each in its own words. */
export const LANGUAGES: readonly { value: Locale; text: string }[] = [
  { value: 'en', text: 'English' },
  { value: 'de', text: 'Deutsch' },
]
