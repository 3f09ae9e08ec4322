import { expect, it } from 'vitest'
import { z } from 'zod'
import { type ClaimedDelivery, createRegistry, defineEvent, subscribe, subscribeBatch } from '../bus/index.ts'
import { inBatches } from './in-batches.ts'

const Opened = defineEvent('shop.opened', { version: 1, body: z.object({}) })
const registry = createRegistry([
  {
    name: 'shop',
    messages: [Opened],
    subscriptions: [
      subscribe(Opened, 'shop.greet', {}, async () => {}),
      subscribeBatch(Opened, 'shop.count', { batch: { maxSize: 3 } }, async () => {}),
    ],
  },
])

it('runs together what a batch handler takes, up to its size, and every other on its own', () => {
  const delivery = (subscription: string, deliveryId: string) => ({ subscription, deliveryId }) as ClaimedDelivery
  const claimed = ['1', '2', '3', '4'].flatMap((id) => [delivery('shop.count', id), delivery('shop.greet', id)])
  expect(inBatches(claimed, registry).map((batch) => batch.map((each) => each.deliveryId).join())).toEqual([
    '1,2,3',
    '1',
    '2',
    '3',
    '4',
    '4',
  ])
})
