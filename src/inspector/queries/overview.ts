import type { Pool } from 'pg'
import type { Clock, PersonKeys } from '../../bus/index.ts'
import type { Density } from '../model/density.ts'
import type { HandlerView } from '../model/handler-view.ts'
import type { HandlerDetail, HandlerWithHealth, Overview } from '../model/overview.ts'
import { rangeOf } from '../model/range.ts'
import { findCards } from './cards.ts'
import { findClearances } from './clearances.ts'
import { findDeadLetterGroups } from './dead-letters.ts'
import { findDensity } from './density.ts'
import { findErrorTexts } from './error-texts.ts'
import { findForecast } from './forecast.ts'
import { findHandlerHealth } from './handler-health.ts'
import { findOperations } from './operations.ts'
import { findSeries, hasGap } from './series.ts'
import { shared } from './shared.ts'

/** Whoever looks within this time is shown the same. */
const HOLD_MS = 1_000
const NEWEST = 5

interface Parts {
  pool: Pool
  clock: Clock
  people: Pick<PersonKeys, 'openText'>
  handlers(): Promise<HandlerView[]>
}

interface HandlerRequest {
  name: string
  range: string
}

export interface HealthQueries {
  overview(range: string): Promise<Overview>
  handlersIn(range: string): Promise<HandlerWithHealth[]>
  handler(of: HandlerRequest): Promise<HandlerDetail | null>
  /** The last two hours, by the minute. */
  density(): Promise<Density>
}

/** What is read from the rolled-up tables: however many look, each question is asked once a second. */
export function createHealthQueries({ pool, clock, people, handlers }: Parts): HealthQueries {
  const now = () => clock.now().getTime()
  const healthIn = shared(clock, HOLD_MS, (range: string) => findHandlerHealth(pool, rangeOf(range, now()), now()))
  const handlersIn = async (range: string) => {
    const [all, healthOf] = await Promise.all([handlers(), healthIn(range)])
    return all.map((each) => ({ ...each, health: healthOf(each.subscription) }))
  }
  const overview = async (range: string): Promise<Overview> => {
    const all = await handlersIn(range)
    const [cards, clearances, series, { sections }, operations, forecast, isIncomplete] = await Promise.all([
      findCards(pool, all, now()),
      findClearances({ pool, people }),
      findSeries(pool, rangeOf(range, now()), {}),
      findDeadLetterGroups(pool, { before: null, subscription: null, text: null, limit: NEWEST }),
      findOperations(pool, { before: null, limit: NEWEST }),
      findForecast(
        pool,
        all.map((each) => each.subscription),
      ),
      hasGap(pool, rangeOf(range, now())),
    ])
    const groups = sections.flatMap((each) => each.groups)
    return {
      at: clock.now().toISOString(),
      cards,
      clearances,
      series,
      handlers: all,
      groups,
      operations,
      forecast,
      isIncomplete,
    }
  }
  const courseOf = shared(clock, HOLD_MS, async ({ name, range }: HandlerRequest) => {
    const [series, errors, isIncomplete] = await Promise.all([
      findSeries(pool, rangeOf(range, now()), { subscription: name }),
      findErrorTexts(pool, name),
      hasGap(pool, rangeOf(range, now())),
    ])
    return { series, errors, isIncomplete }
  })
  // Whether it is paused is not held: whoever has paused it sees that at once.
  const handler = async (of: HandlerRequest): Promise<HandlerDetail | null> => {
    const found = (await handlersIn(of.range)).find((each) => each.subscription === of.name)
    return found ? { handler: found, ...(await courseOf(of)) } : null
  }
  const density = shared(clock, HOLD_MS, () => findDensity(pool, now()))
  return {
    overview: shared(clock, HOLD_MS, overview),
    handlersIn,
    handler,
    density: () => density('all'),
  }
}
