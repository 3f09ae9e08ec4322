import { z } from 'zod'
import { Unrecoverable } from '../../errors.ts'
import { type EffectfulContext, handle, handleOutside, subscribe, type TransactionalContext } from '../../handlers.ts'
import { defineCommand, defineEvent } from '../../message.ts'
import type { Module } from '../../registry.ts'
import type { Harness } from '../contract.ts'
import { MAX_ATTEMPTS, type ModelSubscription, RETRY_MS } from './model.ts'

const contract = { version: 1, body: z.object({}) }

export const Place = defineCommand('shop.place', { ...contract, reply: z.object({}) })
export const Pack = defineCommand('shop.pack', { ...contract, reply: z.object({}) })
export const Call = defineCommand('shop.call', { ...contract, reply: z.object({}) })
const Placed = defineEvent('shop.placed', contract)

/** What the next handler does. */
export type Act = 'succeeds' | 'fails' | 'gives up' | 'stalls'

export interface Script {
  act: Act
  /** What happens meanwhile to a handler that stalls. */
  meanwhile(): Promise<void>
  /** Ids of the events that the handler has published, whether it won or not. */
  published: string[]
}

/** An outage is another story: it would slow down claims of its own accord. */
const outage = null
const retry = { maxAttempts: MAX_ATTEMPTS, firstDelayMs: RETRY_MS, factor: 1, jitter: 0 }
const WAIT = { whenDead: 'wait' } as const
const GO_ON = { whenDead: 'go-on' } as const

/** Who handles what is sent, and in which order. */
export const SUBSCRIPTIONS = {
  place: [{ name: 'shop.place', order: null }],
  placed: [
    { name: 'shop.bill', order: GO_ON },
    { name: 'shop.greet', order: null },
  ],
  pack: [{ name: 'shop.pack', order: WAIT }],
  call: [{ name: 'shop.call', order: null }],
} satisfies Record<string, ModelSubscription[]>

export const ALL_SUBSCRIPTIONS: ModelSubscription[] = Object.values(SUBSCRIPTIONS).flat()

/** All but calls leave an effect. */
export function leavesEffect(subscription: string): boolean {
  return subscription !== 'shop.call'
}

export function createShop(harness: Harness, script: Script): Module {
  const play = async ({ envelope, attempt }: EffectfulContext) => {
    if (script.act === 'stalls') await script.meanwhile()
    if (script.act === 'fails') throw new Error(`attempt ${attempt} fails`)
    if (script.act === 'gives up') throw new Unrecoverable(`${envelope.name} cannot be done`)
  }
  const leave = async (subscription: string, context: TransactionalContext) => {
    await harness.effect(context.tx, `${subscription} ${context.envelope.messageId}`)
    await play(context)
  }
  return {
    name: 'shop',
    messages: [Place, Pack, Call, Placed],
    subscriptions: [
      handle(Place, { retry, outage }, async (_, context) => {
        const { key } = context.envelope
        script.published.push(context.publish(Placed, {}, key === null ? {} : { key }))
        await leave(Place.name, context)
        return {}
      }),
      handle(Pack, { retry, outage, order: WAIT }, async (_, context) => {
        await leave(Pack.name, context)
        return {}
      }),
      handleOutside(Call, { retry, outage }, async (_, context) => {
        await play(context)
        return {}
      }),
      subscribe(Placed, 'shop.bill', { retry, outage, order: GO_ON }, (_, context) => leave('shop.bill', context)),
      subscribe(Placed, 'shop.greet', { retry, outage }, (_, context) => leave('shop.greet', context)),
    ],
  }
}
