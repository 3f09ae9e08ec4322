/**
 * Characters that are in a text and cannot be seen in it: controls, those without a width, those that turn its
 * direction around. A line break and a tab are seen; the joiner within an emoji is a part of what is seen.
 */
const UNSEEN =
  '[\\p{Cc}\\u00ad\\u061c\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'
const TAG = '[\\u{e0000}-\\u{e007f}]'
const IN_EMOJI = '(?<=(?:\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\ufe0f))\\u200d(?=\\p{Extended_Pictographic})'
const ONE_HIDDEN = `(?!\\n|\\t|${IN_EMOJI})(?:${UNSEEN}|${TAG}|\\u200d)`
const HIDDEN = new RegExp(ONE_HIDDEN, 'gu')
const HIDDEN_RUN = new RegExp(`(${ONE_HIDDEN})\\1*`, 'gu')

/** A piece of a text; where it is a hidden character, or the same one many times, what is shown in its place. */
export interface TextPart {
  readonly text: string
  readonly mark: string | null
}

export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const { 0: run, 1: character = '', index } of text.matchAll(HIDDEN_RUN)) {
    if (index > end) parts.push({ text: text.slice(end, index), mark: null })
    const count = run.length / character.length
    parts.push({ text: run, mark: count === 1 ? markOf(character) : `${markOf(character)}×${count}` })
    end = index + run.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), mark: null })
  return parts
}

/** A text for a terminal: nothing in it moves the cursor, colours what follows, or begins a line of its own. */
export function inOneLine(text: string): string {
  return text.replace(HIDDEN, markOf).replaceAll('\n', '␊').replaceAll('\t', '␉')
}

const DELETE = 0x7f
const FIRST_PICTURE = 0x2400

/** Where there is a picture of it, that: ␀ for NUL; else its number. */
function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(FIRST_PICTURE + code)
  if (code === DELETE) return '␡'
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
