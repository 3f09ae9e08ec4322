import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ProcessInstance } from './process-store.ts'
import { Cancelled, defineOrders, Ordered, Packed, Paid } from './testing/orders.ts'
import { tellStory } from './testing/process-story.ts'

const LATE_MS = 1_000
const messages = { ordered: Ordered, paid: Paid, packed: Packed, cancelled: Cancelled }

type Happening = keyof typeof messages | { passes: number }

/** The order as anybody would tell it, without a machine: what it must come to, whatever comes in whatever order. */
class Model {
  end: 'shipped' | 'cancelled' | 'late' | null = null
  #paid = false
  #packed = false
  #ms = 0

  happen(what: Happening): void {
    if (this.end) return
    if (typeof what === 'object') {
      this.#ms += what.passes
      if (!this.#paid && this.#ms >= LATE_MS) this.end = 'late'
      return
    }
    if (what === 'cancelled') this.end = 'cancelled'
    if (what === 'paid') this.#paid = true
    if (what === 'packed') this.#packed = true
    if (this.#paid && this.#packed && !this.end) this.end = 'shipped'
  }
}

const happening = fc.oneof(
  fc.constantFrom<Happening>('ordered', 'paid', 'packed', 'cancelled'),
  fc.integer({ min: 1, max: LATE_MS }).map((passes): Happening => ({ passes })),
)

it('S6: whatever comes in whatever order, an instance ends once, as its messages and the time say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
      const model = new Model()
      const story = tellStory(defineOrders(LATE_MS))
      await story.when(Ordered, { order: 'a', name: 'Anna' })
      const sent: string[] = []
      for (const each of happenings) {
        const before = story.instance!.version
        const now =
          typeof each === 'object'
            ? await story.passes(each.passes)
            : await story.when(messages[each], { order: 'a', name: 'Anna' })
        sent.push(...now.map(({ name }) => name))
        model.happen(each)
        expect(story.instance!.version).toBeLessThanOrEqual(before + 1)
        expect(endOf(story.instance!)).toBe(model.end)
      }
      expect(sent).toEqual(model.end === 'shipped' ? ['shop.ship'] : model.end === 'late' ? ['shop.order-late'] : [])
      const { status, timers, waitingFor } = story.instance!
      expect(status === 'running').toBe(waitingFor.length > 0)
      if (status !== 'running') expect(timers).toEqual([])
    }),
    { numRuns: 300 },
  )
})

function endOf({ status, state }: ProcessInstance): Model['end'] {
  if (status === 'running') return null
  return state === 'shipping' ? 'shipped' : (state as Model['end'])
}
