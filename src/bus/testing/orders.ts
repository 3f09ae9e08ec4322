import { assign, setup } from 'xstate'
import { z } from 'zod'
import { defineCommand, defineEvent, personal } from '../message.ts'
import { showOfContext, showOfStart } from '../process-fields.ts'
import { answer, defineProcess, reactTo, sends, toPublish, toSend } from '../process-manager.ts'

/** A small shop whose orders are processes: for tests. */
const body = z.object({ order: z.string() })

export const Ordered = defineEvent('shop.ordered', { version: 1, body: body.extend({ name: personal(z.string()) }) })
export const Paid = defineEvent('shop.paid', { version: 1, body })
export const Packed = defineEvent('shop.packed', { version: 1, body })
export const Cancelled = defineEvent('shop.cancelled', { version: 1, body })
export const Ship = defineCommand('shop.ship', { version: 1, body, reply: z.object({}) })
export const Shipped = defineEvent('shop.shipped', { version: 1, body })
export const OrderLate = defineEvent('shop.order-late', { version: 1, body })
export const Pause = defineCommand('shop.pause', { version: 1, body, reply: z.object({ reception: z.string() }) })

export const orderMessages = { Ordered, Paid, Packed, Cancelled, Ship, Shipped, OrderLate, Pause }

const key = (message: { order: string }) => message.order
const orderOf = ({ key: order }: { key: string }) => ({ order })

/** Waits for payment and packing in either order, then ships; late when nothing was paid in time. */
export function defineOrders(lateMs: number) {
  const machine = setup({
    types: {} as {
      context: { lines: number }
      input: { key: string }
      events: { type: `shop.${'ordered' | 'paid' | 'packed' | 'cancelled' | 'pause'}` }
    },
    delays: { LATE: lateMs },
    actions: { ship: sends, tellLate: sends, count: assign({ lines: ({ context }) => context.lines + 1 }) },
  }).createMachine({
    id: 'order',
    context: { lines: 0 },
    initial: 'open',
    states: {
      open: {
        type: 'parallel',
        on: { 'shop.ordered': { actions: 'count' }, 'shop.cancelled': 'cancelled', 'shop.pause': 'paused' },
        onDone: 'shipping',
        states: {
          payment: {
            initial: 'waiting',
            states: {
              waiting: {
                description: 'the money',
                meta: { owes: 'the customer' },
                on: { 'shop.paid': 'paid' },
                after: { LATE: '#order.late' },
              },
              paid: { type: 'final' },
            },
          },
          packing: {
            initial: 'waiting',
            states: { waiting: { on: { 'shop.packed': 'packed' } }, packed: { type: 'final' } },
          },
        },
      },
      paused: { on: { 'shop.ordered': 'open' } },
      shipping: { type: 'final', entry: 'ship' },
      cancelled: { type: 'final' },
      late: { type: 'final', tags: ['failed'], entry: 'tellLate' },
    },
  })
  return defineProcess('shop.order', {
    version: 1,
    machine,
    retry: { maxAttempts: 30, firstDelayMs: 0, jitter: 0 },
    reactions: [
      reactTo(Ordered, { key, ifNone: 'start' }),
      reactTo(Paid, { key, ifNone: 'retry-later' }),
      reactTo(Packed, { key, ifNone: 'ignore' }),
      reactTo(Cancelled, { key, ifNone: 'fail' }),
      answer(Pause, { key, ifNone: 'ignore', reply: (reception) => ({ reception }) }),
    ],
    shows: [showOfStart(Ordered, 'customer', 'name'), showOfContext('lines', 'lines')],
    actions: {
      ship: (scope) => toSend(Ship, orderOf(scope)),
      tellLate: (scope) => toPublish(OrderLate, orderOf(scope)),
    },
  })
}

const aboutPerson = { version: 1, subject: 'person', body: z.object({ person: z.uuid() }) } as const
export const Joined = defineEvent('shop.joined', aboutPerson)
export const Welcomed = defineEvent('shop.welcomed', aboutPerson)

/** A process about a person, some of whom were there before it. */
export const membership = defineProcess('shop.membership', {
  version: 1,
  machine: setup({}).createMachine({
    id: 'membership',
    initial: 'new',
    states: { new: { on: { 'shop.joined': 'joined' } }, joined: { on: { 'shop.welcomed': 'welcomed' } }, welcomed: {} },
  }),
  retry: { maxAttempts: 3, firstDelayMs: 0, jitter: 0 },
  reactions: [
    reactTo(Joined, { key: ({ person }) => person, ifNone: 'start' }),
    reactTo(Welcomed, { key: ({ person }) => person, ifNone: 'await-start' }),
  ],
  actions: {},
})

/** A second kind of process on the same event. */
export const loyalty = defineProcess('shop.loyalty', {
  version: 1,
  machine: setup({}).createMachine({
    id: 'loyalty',
    initial: 'new',
    states: { new: { on: { 'shop.ordered': 'known' } }, known: {} },
  }),
  retry: { maxAttempts: 30, firstDelayMs: 0, jitter: 0 },
  reactions: [reactTo(Ordered, { key, ifNone: 'start' })],
  actions: {},
})
