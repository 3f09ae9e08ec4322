import { createHash } from 'node:crypto'
import { letterLink } from '../model/letter-links.ts'
import type { LetterFacts, LetterName, Locale } from '../model/letters.ts'
import { momentInWords } from '../model/moment-words.ts'
import { type Letter, writeLetter } from './letter.ts'

/** A letter as somebody could get it, with made-up data: the same at every look. */
export function writeSample(letter: LetterName, locale: Locale, appUrl: string): Promise<Letter> {
  return writeLetter(letter, locale, { ...sampleFacts(letter, locale), appUrl })
}

function sampleFacts(letter: LetterName, locale: Locale): Omit<LetterFacts, 'appUrl'> {
  const token = createHash('sha256').update(letter).digest('base64url')
  const isGerman = locale === 'de'
  return {
    name: isGerman ? 'Anna Müller' : 'Anna Berg',
    link: letterLink(letter, token, 'https://waybill.example'),
    validUntil: momentInWords(new Date('2026-12-06T17:00:00Z'), locale, isGerman ? 'Europe/Berlin' : 'Europe/London'),
    newEmail: 'anna@new.example',
    label: isGerman ? 'Annas Telefon' : "Anna's phone",
    passkeys: 'removed',
    role: 'viewer',
    phone: '+491701234567',
    phoneChange: 'added',
    headline: isGerman ? 'Waybill zeigt jetzt Briefe' : 'Waybill shows letters now',
    text: isGerman
      ? 'In der Galerie stehen alle Briefe nebeneinander.\n\nSehen Sie selbst.'
      : 'All letters stand side by side in the gallery.\n\nSee for yourself.',
  }
}
