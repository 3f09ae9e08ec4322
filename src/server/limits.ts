import { createHmac, hkdfSync } from 'node:crypto'
import type { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { type LimitName, type Limits, type LimitTable, type Tries, tooManyTries } from '../web/limits.ts'

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
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'waybill limits', 32))
  const limiters = new Map(
    Object.keys(table).map((name) => [name as LimitName, limiterOf(pool, name as LimitName, table)]),
  )
  const counted = (tries: Tries) =>
    Object.entries(tries).flatMap(([name, under]) => {
      const limiter = limiters.get(name as LimitName)
      return limiter && typeof under === 'string'
        ? [{ name: name as LimitName, limiter, under: hashed(key, under) }]
        : []
    })
  return {
    count: async (tries) => {
      const all = counted(tries)
      // Of a flood every try is refused by what is reached already, and counts nowhere else.
      for (const { name, limiter, under } of all) {
        const waitMs = limiter.getInMemoryBlockMsBeforeExpire(limiter.getKey(under))
        if (waitMs > 0) throw tooManyTries(name, waitMs)
      }
      for (const { name, limiter, under } of all) {
        try {
          await limiter.consume(under)
        } catch (refusal) {
          if (refusal instanceof RateLimiterRes) throw tooManyTries(name, refusal.msBeforeNext)
          throw refusal
        }
      }
    },
    giveBack: async (tries) => {
      await Promise.all(counted(tries).map(({ limiter, under }) => limiter.reward(under)))
    },
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
    clearExpiredByTimeout: name === 'sign-up.address',
  })
}

function hashed(key: Buffer, under: string): string {
  return createHmac('sha256', key).update(under).digest('base64url')
}
