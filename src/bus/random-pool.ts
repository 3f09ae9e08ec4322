import { randomBytes } from 'node:crypto'

/** Fetched at once: a system call for every few bytes would cost more than what they are for. */
const POOL_BYTES = 4_096
let pool: Buffer = Buffer.alloc(0)
let used = 0

/** So many random bytes, which nobody else has got or will get. At most 4,096. */
export function drawRandom(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    pool = randomBytes(POOL_BYTES)
    used = 0
  }
  used += bytes
  return pool.subarray(used - bytes, used)
}
