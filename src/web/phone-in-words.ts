import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number as people of its country group the digits: `+49 170 1234567`. */
export function phoneInWords(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
}
