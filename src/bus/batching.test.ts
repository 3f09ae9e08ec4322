import { describe, expect, it } from 'vitest'
import { createBatcher } from './batching.ts'

/** Performs when told to, and remembers what it was asked. */
function scripted(maxItems = 10, maxParallel = 1) {
  const batches: number[][] = []
  const gates: (() => void)[] = []
  const batcher = createBatcher<number, number>({
    maxItems,
    maxParallel,
    perform: async (items) => {
      batches.push([...items])
      await new Promise<void>((resolve) => gates.push(resolve))
      if (items.includes(13)) throw new Error('thirteen')
      return items.map((each) => each * 2)
    },
  })
  const open = async () => {
    await expect.poll(() => gates.length).toBeGreaterThan(0)
    gates.shift()!()
  }
  return { batcher, batches, open }
}

describe('a batcher', () => {
  it('takes what comes in the same turn together, and what comes meanwhile next', async () => {
    const { batcher, batches, open } = scripted()
    const first = [1, 2].map(batcher.add)
    await expect.poll(() => batches).toEqual([[1, 2]])
    const second = [3, 4, 5].map(batcher.add)
    await open()
    expect(await Promise.all(first)).toEqual([2, 4])
    await open()
    expect(await Promise.all(second)).toEqual([6, 8, 10])
    expect(batches).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
  })

  it('never holds more than its limit, nor more batches than may run at once', async () => {
    const { batcher, batches, open } = scripted(2, 2)
    const all = [1, 2, 3, 4, 5].map(batcher.add)
    await expect
      .poll(() => batches)
      .toEqual([
        [1, 2],
        [3, 4],
      ])
    for (let each = 0; each < 3; each += 1) await open()
    expect(await Promise.all(all)).toEqual([2, 4, 6, 8, 10])
  })

  it('lets one that fails fail alone', async () => {
    const { batcher, open } = scripted()
    const all = Promise.allSettled([1, 13, 3].map(batcher.add))
    for (let each = 0; each < 4; each += 1) await open()
    expect((await all).map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
