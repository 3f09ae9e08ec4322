import { expect, it } from 'vitest'
import { defineEvent, showOfContext, showOfStart } from '../../bus/index.ts'
import { orderMessages } from '../../bus/testing/index.ts'
import { MASK } from './payload/mask.ts'
import { shownValues } from './shown-values.ts'

const { Ordered } = orderMessages
const customer = showOfStart(Ordered, 'customer', 'name')
const lines = showOfContext('lines', 'basket.lines', { ifNone: 'no lines' })
const start = { name: Ordered.name, body: { order: 'a', name: { masked: 'personal' } } }

it('shows what began an instance, masked, and what it remembers', () => {
  expect(shownValues([customer, lines], { start, context: { basket: { lines: 3 } } })).toEqual([
    { label: 'customer', text: MASK, masked: 'personal data, masked', isOfStart: true },
    { label: 'lines', text: '3', masked: null, isOfStart: false },
  ])
})

it('has a word for what is not there, and for what is so or not', () => {
  const said = (context: unknown) => shownValues([lines], { start: null, context })[0]?.text
  expect(said({})).toBe('no lines')
  expect(said({ basket: { lines: null } })).toBe('no lines')
  expect(said({ basket: { lines: false } })).toBe('no')
  expect(said({ basket: { lines: 'x'.repeat(500) } })).toHaveLength(121)
})

it('says that a start is not kept any more, and that a person was erased', () => {
  const shown = shownValues([customer, lines], { start: null, context: { masked: 'erased' } })
  expect(shown.map(({ text }) => text)).toEqual(['not kept', MASK])
  expect(shown[1]?.masked).toBe('erased with its person')
})

it('leaves out what another message would have told, had it begun the instance', () => {
  const Imported = defineEvent('shop.imported', { version: 1, body: Ordered.body })
  expect(shownValues([showOfStart(Imported, 'order', 'order'), customer], { start, context: {} })).toHaveLength(1)
})
