import { createHmac, type KeyObject } from 'node:crypto'
import type { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { deriveKey } from '../bus/index.ts'
import { type LimitName, type Limits, type LimitTable, type Tries, tooManyTries } from '../web/limits.ts'
import { FewAtOnce } from './few-at-once.ts'

declare module 'rate-limiter-flexible' {
  interface RateLimiterStoreAbstract {
    /** Missing in its types. */
    getInMemoryBlockMsBeforeExpire(key: string): number
  }
}

interface Parts {
  pool: Pool
  secret: string
  table: LimitTable
}

/**
 * Counts tries in the database, so that all nodes count together. What they are counted under is stored as a keyed
 * hash: the table tells nobody's address.
 */
export function createLimits({ pool, secret, table }: Parts): Limits {
  const key = deriveKey(secret, 'waybill limits')
  const limiters = new Map(
    Object.keys(table).map((name) => [name as LimitName, limiterOf(pool, name as LimitName, table)]),
  )
  const counted = (tries: Tries): Counted[] =>
    [...limiters].flatMap(([name, limiter]) => {
      const under = tries[name]
      return typeof under === 'string' ? [{ name, limiter, under: hashed(key, under) }] : []
    })
  const few = new Map([...limiters.keys()].map((name) => [name, new FewAtOnce(lookedAtAtOnce(table[name].times))]))
  return {
    count: (tries) => count(counted(tries)),
    attempt: async (tries, look, isRight) => {
      const all = counted(tries)
      refuseWhereReached(all)
      const counting = async () => {
        await count(all)
        const answer = await look()
        if (isRight(answer)) await Promise.all(all.map(({ limiter, under }) => limiter.reward(under)))
        return answer
      }
      // Everybody takes their places in the order of the table: nobody waits for whoever waits for them.
      const inTurn = all.reduceRight<typeof counting>(
        (work, { name, under }) =>
          () =>
            few.get(name)!.run(under, work),
        counting,
      )
      return inTurn()
    },
  }
}

/**
 * What is being looked at is counted as if it were wrong. So few at a time that on five nodes together they reach no
 * limit; more than four would only wait for the same cores.
 */
function lookedAtAtOnce(times: number): number {
  return Math.max(1, Math.min(4, Math.floor(times / NODES)))
}

const NODES = 5

interface Counted {
  name: LimitName
  limiter: RateLimiterPostgres
  under: string
}

async function count(all: readonly Counted[]): Promise<void> {
  refuseWhereReached(all)
  for (const { name, limiter, under } of all) {
    try {
      await limiter.consume(under)
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooManyTries(name, refusal.msBeforeNext)
      throw refusal
    }
  }
}

/** Of a flood every try is refused by what is reached already, and counts nowhere else. */
function refuseWhereReached(all: readonly Counted[]): void {
  for (const { name, limiter, under } of all) {
    const waitMs = limiter.getInMemoryBlockMsBeforeExpire(limiter.getKey(under))
    if (waitMs > 0) throw tooManyTries(name, waitMs)
  }
}

function limiterOf(pool: Pool, name: LimitName, table: LimitTable): RateLimiterPostgres {
  const { times, seconds } = table[name]
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'try_counts',
    // By a migration of ours, as every table.
    tableCreated: true,
    keyPrefix: name,
    points: times,
    duration: seconds,
    // Whoever is over it is refused from memory until the time is over: a flood is none for the database.
    inMemoryBlockOnConsumed: times + 1,
    // In one of them alone, which does it for all: every five minutes it removes what ended an hour ago or before.
    clearExpiredByTimeout: name === 'sign-up.address',
  })
}

function hashed(key: KeyObject, under: string): string {
  return createHmac('sha256', key).update(under).digest('base64url')
}
