import { MASK } from '../payload/mask.ts'

const ADDRESS = /[^\s<>"'(),;:=]+@[^\s<>"'(),;]+/g
/** With its country: without it, it could be any number. */
const PHONE = /\+\d[\d ()/-]{6,}\d/g

/** A text from outside the contracts, such as an error, without what would tell whom it is about. */
export function withoutPeople(text: string): string {
  return text.replaceAll(ADDRESS, MASK).replaceAll(PHONE, MASK)
}
