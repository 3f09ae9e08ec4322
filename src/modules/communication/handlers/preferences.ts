import { handle, type Subscription, subscribe } from '../../../bus/index.ts'
import { PreferencesChanged, SetPreferences } from '../messages.ts'
import { keepConsents, keepPreferences } from '../store.ts'
import { tellPerson } from './tell-person.ts'

export const setPreferences: Subscription = handle(
  SetPreferences,
  {},
  async function setPreferencesOfPerson(command, { tx, clock, publish }) {
    const { userId, locale, timeZone, channel, quietHours, consents } = command
    const [quietFrom, quietUntil] = [quietHours?.from ?? null, quietHours?.until ?? null]
    const isKnown = await keepPreferences(tx, userId, { locale, timeZone, channel, quietFrom, quietUntil })
    if (!isKnown) return { outcome: 'unknown-person' as const }
    await keepConsents(tx, userId, consents, clock.now())
    publish(PreferencesChanged, command)
    return { outcome: 'set' as const }
  },
)

/** Whoever agrees to tips gets them, once in a while. */
export const decideTips: Subscription = subscribe(
  PreferencesChanged,
  'communication.decide-tips',
  { skip: ({ consents }) => (consents.includes('tips') ? null : 'has not agreed to tips') },
  async ({ userId }, context) => {
    await tellPerson({ userId, kind: 'tips' }, context)
  },
)
