import { describe, expect, it } from 'vitest'
import { LETTERS, type LetterFacts, LOCALES, localeOf, TEXTS } from '../model/letters.ts'
import { momentInWords } from '../model/moment-words.ts'
import { plainName } from '../model/plain-name.ts'
import { writeLetter } from './letter.ts'
import { writeText } from './text-messages.ts'

const link = 'https://waybill.example/confirm?token=a&b'
const facts: LetterFacts = {
  name: 'Anna',
  link,
  validUntil: '8 January 2026 at 00:00 UTC',
  appUrl: 'https://waybill.example',
  newEmail: 'new@example.com',
  label: 'my laptop',
  passkeys: 'removed',
  role: 'viewer',
  phone: '+491701234567',
  phoneChange: 'added',
  headline: 'A headline',
  text: 'One paragraph.\n\nAnother.',
}

describe('a letter', () => {
  it.each(LOCALES.flatMap((locale) => LETTERS.map((name) => [name, locale] as const)))(
    '%s in %s has its words in both forms',
    async (name, locale) => {
      const { subject, text, html } = await writeLetter(name, locale, facts)
      expect(subject).not.toMatch(/undefined|null/)
      expect(text + html).not.toMatch(/undefined|null|\[object/)
      expect(text).toContain(locale === 'de' ? 'Guten Tag Anna,' : 'Hello Anna,')
      expect(html).toContain(`lang="${locale}"`)
      expect(html).toContain('prefers-color-scheme: dark')
      expect(html).not.toContain('<script')
      expect(text.trimEnd().split('\n').at(-1)).toMatch(/^(You get this|Sie erhalten)/)
    },
  )

  it('has its link in both forms, and says until when it works', async () => {
    const { subject, text, html } = await writeLetter('confirmation-reminder', 'en', facts)
    expect(subject).toBe('Your e-mail address is not confirmed yet')
    expect(html).toContain('href="https://waybill.example/confirm?token=a&amp;b"')
    expect(text).toContain(link)
    expect(text).toContain('works until 8 January 2026 at 00:00 UTC')
  })

  it('shows what people wrote as plain text', async () => {
    const hostile = '<img src=x onerror="alert(1)">\r\nBcc: all\u202e\u0000'
    const { html, text } = await writeLetter('passkey-added', 'de', { ...facts, name: hostile, label: hostile })
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; Bcc: all')
    for (const mark of ['\u202e', '\u0000', '\r']) expect(text).not.toContain(mark)
  })

  it('has no line breaks in its subject', async () => {
    const { subject } = await writeLetter('news', 'en', { ...facts, headline: 'Hello\r\nBcc: all@example.com' })
    expect(subject).toBe('Hello Bcc: all@example.com')
  })
})

describe('a name in a greeting', () => {
  it.each([
    ['Anna  Berg', 'Anna Berg'],
    ['J. R. R. Tolkien', 'J. R. R. Tolkien'],
    ['عائشة', 'عائشة'],
    ['you have won, see https://evil.example', ''],
    ['www.evil', ''],
    ['evil.example/gift', ''],
    ['someone@example.com', ''],
    ['a\u202eb\u0000c', 'abc'],
    ['x'.repeat(10_000), 'x'.repeat(100)],
  ])('%j is %j', (name, expected) => {
    expect(plainName(name)).toBe(expected)
  })

  it('that reads like a link is left out', async () => {
    const { text } = await writeLetter('confirmation', 'en', { ...facts, name: 'go to evil.example' })
    expect(text).toMatch(/^Hello,\n/)
  })
})

describe('a text', () => {
  it.each(LOCALES.flatMap((locale) => TEXTS.map((name) => [name, locale] as const)))(
    '%s in %s is short',
    (name, locale) => {
      const text = writeText(name, locale, { name: 'Anna' })
      expect(text.length).toBeLessThanOrEqual(160)
    },
  )

  it('greets by name, but not by one that reads like a link', () => {
    expect(writeText('welcome', 'en', { name: 'Anna' })).toMatch(/^Welcome to Waybill, Anna\. /)
    expect(writeText('welcome', 'de', { name: 'evil.example' })).toMatch(/^Willkommen bei Waybill\. /)
  })
})

it.each([
  ['de-CH', 'de'],
  ['DE', 'de'],
  ['en-US', 'en'],
  ['fr', 'en'],
  [undefined, 'en'],
] as const)('whoever reads %s is written to in %s', (tag, expected) => {
  expect(localeOf(tag)).toBe(expected)
})

it('a moment is said in the language and by the clock of the person', () => {
  const moment = new Date('2026-01-08T23:30:00Z')
  expect(momentInWords(moment, 'en', 'UTC')).toBe('8 January 2026 at 23:30 UTC')
  expect(momentInWords(moment, 'de', 'Europe/Berlin')).toBe('9. Januar 2026 um 00:30 MEZ')
})
