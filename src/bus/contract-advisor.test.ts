import { expect, it } from 'vitest'
import { adviseOnNames } from './contract-advisor.ts'

const warned = (kind: 'command' | 'event', ...names: string[]) =>
  adviseOnNames(names.map((name) => ({ kind, name: `shop.${name}` }))).map((each) => each.message.slice('shop.'.length))

it('lets pass events that tell what has happened', () => {
  expect(
    warned(
      'event',
      'order-placed',
      'email-sent',
      'payment-lost',
      'delivery-died',
      'bell-rung',
      'limit-reset',
      'order-placed-again',
    ),
  ).toEqual([])
})

it('warns of events that ask, or name a thing', () => {
  const names = ['send-email', 'order-placement', 'news-feed', 'address']
  expect(warned('event', ...names)).toEqual(names)
})

it('lets pass commands that ask, whatever they ask for', () => {
  expect(
    warned('command', 'place-order', 'send-sms', 'set-fault', 'feed-cat', 'mark-order-shipped', 'need-help'),
  ).toEqual([])
})

it('warns of commands that tell what has happened', () => {
  expect(warned('command', 'order-placed', 'sent-email', 'placed-order')).toEqual([
    'order-placed',
    'sent-email',
    'placed-order',
  ])
})

it('says it once for all versions of a message, and names it', () => {
  const advice = adviseOnNames([
    { kind: 'event', name: 'shop.news' },
    { kind: 'event', name: 'shop.news' },
  ])
  expect(advice).toEqual([
    {
      message: 'shop.news',
      text: 'shop.news is an event, and its name does not tell what has happened: use the past tense, like order-placed.',
    },
  ])
})
