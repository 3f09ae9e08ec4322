import { expect, it } from 'vitest'
import { retentionOf } from './retention.ts'

it('D13: names only the messages that are kept for another time; of two versions the longer counts', () => {
  const retention = retentionOf([
    { name: 'shop.opened', retentionDays: 30 },
    { name: 'shop.seen', retentionDays: 1 },
    { name: 'shop.seen', retentionDays: 7 },
  ])
  expect(retention).toEqual({ defaultDays: 30, exceptions: new Map([['shop.seen', 7]]) })
})
