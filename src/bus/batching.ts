/**
 * Gathers what is handed in while an earlier batch is under way, so that one commit serves many callers. An item
 * that comes alone does not wait for others.
 */
export interface Batcher<Item, Result> {
  /** Resolves with the item's own result; rejects when the item failed on its own, too. */
  add(item: Item): Promise<Result>
}

export interface BatcherOptions<Item, Result> {
  /** Items of one batch at most. */
  maxItems: number
  /** Batches under way at once. */
  maxParallel: number
  /** All or nothing: one result for each item, in order, or a rejection with no effect. Safe to repeat. */
  perform(items: readonly Item[]): Promise<readonly Result[]>
}

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const { maxItems, maxParallel, perform } = options
  let waiting: Waiting<Item, Result>[] = []
  let underWay = 0
  let isPlanned = false

  const plan = () => {
    if (isPlanned || underWay >= maxParallel || waiting.length === 0) return
    isPlanned = true
    // Whoever adds in the same turn goes along.
    queueMicrotask(() => {
      isPlanned = false
      const batch = waiting.slice(0, maxItems)
      waiting = waiting.slice(maxItems)
      underWay += 1
      void performBatch(perform, batch).finally(() => {
        underWay -= 1
        plan()
      })
      plan()
    })
  }
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        plan()
      }),
  }
}

async function performBatch<Item, Result>(
  perform: BatcherOptions<Item, Result>['perform'],
  batch: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const results = await perform(batch.map((each) => each.item))
    for (const [index, each] of batch.entries()) each.resolve(results[index]!)
  } catch (error) {
    if (batch.length === 1) return batch[0]!.reject(error)
    // One item that cannot be stored must not take the others with it.
    await Promise.all(batch.map((each) => performBatch(perform, [each])))
  }
}
