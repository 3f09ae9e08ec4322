/** The ways in which others write what they were given: as a part of an address, of JSON, of a mail, or without accents. */

/** A text of any length is written in a few ways; in all of them only what may be a name, an address or a line. */
const LONGEST_IN_ALL = 500

export function spellingsOf(value: string): string[] {
  const usual = [value, inUrl(value), inJson(value)]
  if (value.length > LONGEST_IN_ALL) return [...new Set(usual)]
  return [...new Set([...usual, ...withAndWithoutAccents(value).flatMap(encodingsOf), inBase64(value)])]
}

const PLAIN = /^[\w.-]*$/
const ASCII = /^[\x20-\x7e]*$/

function withAndWithoutAccents(text: string): string[] {
  if (ASCII.test(text)) return [text]
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD'), withoutAccents(text), inAscii(text)])]
}

/** Of a plain word there is one. */
function encodingsOf(text: string): string[] {
  if (PLAIN.test(text)) return [text]
  const url = inUrl(text)
  const quotedPrintable = url.replaceAll('%', '=')
  return [
    text,
    url,
    url.replaceAll('%20', '+'),
    withinTry(() => encodeURI(text), text),
    quotedPrintable,
    quotedPrintable.replaceAll('=20', '_'),
    inJson(text),
    inJson(inJson(text)),
    escapedUnicode(inJson(text)),
    text.replaceAll("'", String.raw`\'`),
    text.replaceAll("'", "''"),
    inHtml(text, "'"),
    inHtml(text, '&#39;'),
    inHtml(text, '&#x27;'),
    inHtml(text, '&apos;'),
  ]
}

function inUrl(text: string): string {
  return withinTry(() => encodeURIComponent(text), text)
}

/** Half a character is in no address. */
function withinTry(encode: () => string, otherwise: string): string {
  try {
    return encode()
  } catch {
    return otherwise
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function escapedUnicode(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function inHtml(text: string, apostrophe: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", apostrophe)
}

/** The padding, and what a following text would change, left out. */
function inBase64(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64')
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}

const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' }

function inAscii(text: string): string {
  return withoutAccents(text.normalize('NFC').replace(/[äöüßÄÖÜ]/g, (letter) => GERMAN[letter] ?? letter))
}
