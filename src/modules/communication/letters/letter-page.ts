/** The page of a letter. Without JSX: nodes run as plain Node, which strips types but makes no elements. */
import { Body } from '@react-email/body'
import { Button } from '@react-email/button'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Hr } from '@react-email/hr'
import { Html } from '@react-email/html'
import { Link } from '@react-email/link'
import { Section } from '@react-email/section'
import { Text } from '@react-email/text'
import { type CSSProperties, createElement as h, type ReactElement } from 'react'
import type { LetterWords, Locale } from '../model/letters.ts'

const FONT = "'Geist', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
const LIGHT = {
  paper: '#f8f4ec',
  raised: '#fffdf8',
  ink: '#1d1b16',
  muted: '#615c50',
  line: '#ddd5c4',
  accent: '#5b36c9',
}

const STYLES = {
  body: { margin: 0, padding: '32px 12px', background: LIGHT.paper, fontFamily: FONT, color: LIGHT.ink },
  sheet: {
    maxWidth: '544px',
    background: LIGHT.raised,
    border: `1px solid ${LIGHT.line}`,
    borderTop: `3px dotted ${LIGHT.line}`,
    borderRadius: '0 0 6px 6px',
  },
  inside: { padding: '28px 32px 32px' },
  brand: { margin: '0 0 28px', fontSize: '16px', fontWeight: 600, letterSpacing: '-.01em', color: LIGHT.ink },
  stamp: {
    display: 'inline-block',
    marginRight: '10px',
    padding: '1px 7px',
    border: `2px dashed ${LIGHT.accent}`,
    borderRadius: '5px',
    color: LIGHT.accent,
    fontWeight: 700,
  },
  paragraph: { margin: '0 0 16px', fontSize: '16px', lineHeight: '24px', color: LIGHT.ink, overflowWrap: 'anywhere' },
  button: {
    padding: '13px 22px',
    background: LIGHT.accent,
    color: '#ffffff',
    borderRadius: '6px',
    fontSize: '16px',
    fontWeight: 600,
  },
  small: { margin: '0 0 12px', fontSize: '14px', lineHeight: '21px', color: LIGHT.muted, overflowWrap: 'anywhere' },
  link: { color: LIGHT.accent, textDecoration: 'underline', wordBreak: 'break-all' },
  tear: { margin: '24px 0 16px', border: 0, borderTop: `2px dotted ${LIGHT.line}` },
  why: { margin: 0, fontSize: '13px', lineHeight: '20px', color: LIGHT.muted, overflowWrap: 'anywhere' },
} satisfies Record<string, CSSProperties>

/** Mail programs that know about dark rooms; the others show the paper. */
const RULES = `@media (prefers-color-scheme: dark) {
  .paper, .paper > table > tbody > tr > td { background: #0b0f17 !important; }
  .sheet { background: #121824 !important; border-color: #273043 !important; }
  .ink { color: #ece8df !important; }
  .muted { color: #a3a8b4 !important; }
  .accent { color: #a98bff !important; border-color: #a98bff !important; }
  .button { background: #a98bff !important; color: #140c2e !important; }
  .tear { border-color: #273043 !important; }
}
@media (max-width: 480px) { .inside { padding: 24px 20px !important; } }`

const FALLBACK = { en: 'Or open this link:', de: 'Oder öffnen Sie diesen Link:' } satisfies Record<Locale, string>

export function letterPage(letter: LetterWords & { link: string | null; locale: Locale }): ReactElement {
  const { subject, greeting, paragraphs, notes, why, locale } = letter
  return h(
    Html,
    { lang: locale },
    h(
      Head,
      null,
      h('title', null, subject),
      h('meta', { name: 'viewport', content: 'width=device-width' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('style', null, RULES),
    ),
    h(
      Body,
      { className: 'paper', style: STYLES.body },
      h(
        Container,
        { className: 'sheet', style: STYLES.sheet },
        h(
          Section,
          { className: 'inside', style: STYLES.inside },
          h(
            Text,
            { className: 'ink', style: STYLES.brand },
            h('span', { className: 'accent', style: STYLES.stamp }, 'W'),
            'Waybill',
          ),
          [greeting, ...paragraphs].map((text) => paragraph(text)),
          callToAction(letter),
          notes.map((text) => h(Text, { key: text, className: 'muted', style: STYLES.small }, withLinks(text))),
          h(Hr, { className: 'tear', style: STYLES.tear }),
          h(Text, { className: 'muted', style: STYLES.why }, withLinks(why)),
        ),
      ),
    ),
  )
}

function paragraph(text: string): ReactElement {
  return h(Text, { key: text, className: 'ink', style: STYLES.paragraph }, withLinks(text))
}

function callToAction({ button, link, locale }: LetterWords & { link: string | null; locale: Locale }) {
  if (!button || !link) return null
  return h(
    Section,
    { style: { padding: '8px 0 20px' } },
    h(Button, { href: link, className: 'button', style: STYLES.button }, button),
    h(
      Text,
      { className: 'muted', style: { ...STYLES.small, margin: '20px 0 0' } },
      FALLBACK[locale],
      h('br'),
      anchor(link),
    ),
  )
}

/** Only our own texts have links in them: what people wrote is shown without. */
function withLinks(text: string) {
  const [before, link] = text.split(/(https?:\/\/\S+)$/)
  return link ? [before, anchor(link)] : text
}

function anchor(href: string): ReactElement {
  return h(Link, { key: href, href, className: 'accent', style: STYLES.link }, href)
}
