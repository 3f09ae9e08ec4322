import { parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * A number as the network takes it, `+491701234567`, or null where it cannot be one. Its length counts, not whether
 * a range is given out yet: lists of those grow old.
 */
export function dialableNumber(typed: string): string | null {
  const number = parsePhoneNumberFromString(typed)
  return number?.isPossible() ? number.number : null
}
