/** Longer names are cut: a greeting is one line. */
const LONGEST = 100

/** What turns the direction of writing, and what cannot be seen. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Mail programs make links of such words: nobody may write to others in our name by way of a "name". */
const LINK_LIKE = /:\/\/|www\.|[\p{L}\d-]\.\p{L}{2,}|\S@\S/iu

/**
 * A name as it can stand in a greeting and in a header: one line, no marks that cannot be seen. Empty where it would
 * be read as an address or a link.
 */
export function plainName(name: string): string {
  const line = plainLine(name).slice(0, LONGEST)
  return LINK_LIKE.test(line) ? '' : line
}

/** One line without marks that cannot be seen. */
export function plainLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSEEN, '').trim()
}
