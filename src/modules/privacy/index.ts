/** Privacy: what people can demand of what is kept about them, and what erasure does. Knows every place, and no module. */
import type { Clock, Module, PersonalTable, PersonKeyStore } from '../../bus/index.ts'
import { erasePersonHandler } from './handlers/erase-person.ts'
import { planErasure } from './handlers/plan-erasure.ts'
import { setLegalHold } from './handlers/set-legal-hold.ts'
import { ErasePerson, LegalHoldSet, PersonErased, SetLegalHold } from './messages.ts'

export interface PrivacyOptions {
  clock: Clock
  keys: PersonKeyStore
  /** Every table that keeps something about people. */
  tables: readonly PersonalTable[]
}

export function createPrivacyModule(options: PrivacyOptions): Module {
  return {
    name: 'privacy',
    messages: [SetLegalHold, LegalHoldSet, ErasePerson, PersonErased],
    subscriptions: [setLegalHold, planErasure, erasePersonHandler(options)],
  }
}
