import { render } from '@react-email/render'
import type { LetterFacts, LetterName, Locale, Phrasebook } from '../model/letters.ts'
import { plainLine, plainName } from '../model/plain-name.ts'
import { ENGLISH } from './english.ts'
import { GERMAN } from './german.ts'
import { letterPage } from './letter-page.ts'

/** A letter as it is sent: in both forms, in the person's language. */
export interface Letter {
  subject: string
  text: string
  html: string
}

const PHRASEBOOKS: Record<Locale, Phrasebook> = { en: ENGLISH, de: GERMAN }

/** Hostile names come out as plain text, and cannot add links or lines. */
export async function writeLetter(name: LetterName, locale: Locale, facts: LetterFacts): Promise<Letter> {
  const words = PHRASEBOOKS[locale][name]({ ...facts, ...plainFacts(facts) })
  const { greeting, paragraphs, notes, why } = words
  const subject = plainLine(words.subject)
  const link = words.button === null ? null : facts.link
  const parts = [greeting, ...paragraphs, ...(link ? [link] : []), ...notes, `-- \n${why}`]
  return {
    subject,
    text: parts.join('\n\n').concat('\n'),
    html: await render(letterPage({ ...words, subject, link, locale })),
  }
}

function plainFacts({ name, label, newEmail, headline }: LetterFacts): Partial<LetterFacts> {
  return {
    name: plainName(name),
    ...(label !== undefined && { label: plainLine(label) }),
    ...(newEmail !== undefined && { newEmail: plainLine(newEmail) }),
    ...(headline !== undefined && { headline: plainLine(headline) }),
  }
}
