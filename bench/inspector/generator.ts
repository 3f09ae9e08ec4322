/**
 * A node of the bus in a process of its own, which sends events, each to five subscriptions, and handles them:
 * `node bench/inspector/generator.ts <database URL>`. It is told how many a second.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { letter } from '../contender.ts'
import { openWaybill } from '../waybill-node.ts'

// Whoever started it is gone: so is the database.
process.on('disconnect', () => process.exit(0))

let perSecond = 0
let since = performance.now()
let sent = 0
let number = 0
process.on('message', (rate: number) => {
  perSecond = rate
  since = performance.now()
  sent = 0
})

const node = await openWaybill(process.argv[2] ?? '', { fanOut: 5, handler: 'no-op', onHandled: () => {} })
await node.consume()
process.send?.('ready')
for (;;) {
  const due = Math.floor(((performance.now() - since) / 1_000) * perSecond)
  // Each is sent on its own: a machine that is late catches up, and the rate stays what was asked for.
  const news: Promise<void>[] = []
  for (; sent < due; sent += 1) {
    number += 1
    news.push(node.publish(letter(number)))
  }
  await Promise.all(news)
  await delay(10)
}
