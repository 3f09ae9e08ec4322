import type { Locale } from './letters.ts'

/** A moment in words: in the person's language, by the clock on the person's wall. */
export function momentInWords(moment: Date, locale: Locale, timeZone: string): string {
  return moment.toLocaleString(locale === 'de' ? 'de-DE' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  })
}
