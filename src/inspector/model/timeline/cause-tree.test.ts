import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTimeline, delivery, message, timeline } from '../testing/timelines.ts'
import { causeTreeOf } from './cause-tree.ts'
import { failureAfter, treeRows } from './tree-rows.ts'

const nothing = new Set<string>()
const ALL = { folded: nothing, hidden: nothing, errorsOnly: false }

/** A sign-up in small: a command, its event with two handlers, one of which sends on and dies. */
const signUp = timeline(
  message('create', [delivery('accounts', { state: 'succeeded' })], { at: 0, kind: 'command' }),
  message('created', [delivery('audit', { state: 'succeeded' }), delivery('welcome', { state: 'succeeded' })], {
    at: 1,
    causeId: 'create',
    causeDeliveryId: 'accounts',
  }),
  message('mail', [delivery('gateway', { state: 'dead' })], { at: 2, causeId: 'created', causeDeliveryId: 'welcome' }),
)
const shown = (choice = ALL) =>
  treeRows(causeTreeOf(signUp), choice).map((row) =>
    row.kind === 'node' ? `${row.node.level} ${row.id}` : `${row.level} pruned ${row.count}`,
  )

describe('the tree of causes', () => {
  it('puts deliveries below their message, and messages below the delivery that sent them', () => {
    expect(shown()).toEqual(['1 create', '2 accounts', '3 created', '4 audit', '4 welcome', '5 mail', '6 gateway'])
  })

  it('keeps what came from outside, and what lost its cause, at the top', () => {
    const { nodes } = causeTreeOf(
      timeline(message('a', [], { causeId: 'gone', causeDeliveryId: 'gone too' }), message('b')),
    )
    expect(nodes.map(({ id, level, position, siblings }) => [id, level, position, siblings])).toEqual([
      ['a', 1, 1, 2],
      ['b', 1, 2, 2],
    ])
  })

  it('puts what lost only its delivery below its cause', () => {
    const { nodes } = causeTreeOf(timeline(message('a'), message('b', [], { causeId: 'a', causeDeliveryId: 'gone' })))
    expect(nodes.map(({ id, level }) => `${level} ${id}`)).toEqual(['1 a', '2 b'])
  })

  it('has every message and delivery once, and each below its cause', () => {
    fc.assert(
      fc.property(anyTimeline, (conversation) => {
        const { nodes } = causeTreeOf(conversation)
        const ids = conversation.messages.flatMap((each) => [each.id, ...each.deliveries.map((one) => one.id)])
        expect(nodes.map((each) => each.id).toSorted()).toEqual(ids.toSorted())
        for (const [index, node] of nodes.entries()) {
          expect(node.end).toBeGreaterThan(index)
          const below = nodes.slice(index + 1, node.end)
          expect(below.every((each) => each.level > node.level)).toBe(true)
          expect(nodes[node.end]?.level ?? 0).toBeLessThanOrEqual(node.level)
          const children = below.filter((each) => each.level === node.level + 1)
          expect(children.map((each) => each.position)).toEqual(children.map((_, place) => place + 1))
          expect(children.every((each) => each.siblings === children.length)).toBe(true)
        }
      }),
    )
  })

  it('is built of a chain of 20,000 messages, each the cause of the next', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      message(`m${index}`, [delivery(`d${index}`)], {
        at: index,
        causeId: index > 0 ? `m${index - 1}` : null,
        causeDeliveryId: index > 0 ? `d${index - 1}` : null,
      }),
    )
    expect(causeTreeOf(timeline(...chain)).nodes.at(-1)?.level).toBe(40_000)
  })
})

describe('rows of the tree', () => {
  it('that are folded say how much they hide, and what of it fails', () => {
    const [, , created] = treeRows(causeTreeOf(signUp), { ...ALL, folded: new Set(['created']) })
    expect(created).toMatchObject({ id: 'created', isFolded: true, hidden: { rows: 4, failing: 1 } })
  })

  it('leave out handlers and what they sent, and say so in one row', () => {
    const hidden = new Set(['test.audit', 'test.welcome'])
    expect(shown({ ...ALL, hidden })).toEqual(['1 create', '2 accounts', '3 created', '4 pruned 2'])
    expect(treeRows(causeTreeOf(signUp), { ...ALL, hidden }).at(-1)).toMatchObject({ hidden: { rows: 4, failing: 1 } })
  })

  it('can be only what fails, and what leads there', () => {
    expect(shown({ ...ALL, errorsOnly: true })).toEqual([
      '1 create',
      '2 accounts',
      '3 created',
      '4 welcome',
      '5 mail',
      '6 gateway',
    ])
  })

  it.each(['dead', 'retrying', 'running', 'pending'] as const)(
    'lead to a failure, also while it is %s again',
    (state) => {
      const tree = causeTreeOf(
        timeline(
          message('created', [
            delivery('audit', { state: 'running', attempt: 1 }),
            delivery('mail', { state, attempt: 2 }),
          ]),
          message('later', [delivery('count', { state: 'succeeded' })]),
        ),
      )
      const rows = treeRows(tree, ALL)
      expect(failureAfter(rows, -1, 1)?.id).toBe('mail')
      expect(failureAfter(rows, -1, -1)?.id).toBe('mail')
      expect(failureAfter(rows, 2, 1)).toBeUndefined()
      expect(failureAfter(treeRows(tree, { ...ALL, folded: new Set(['created']) }), -1, 1)?.id).toBe('created')
    },
  )

  it('shown and hidden together are all there is', () => {
    fc.assert(
      fc.property(anyTimeline, fc.infiniteStream(fc.boolean()), (conversation, choices) => {
        const tree = causeTreeOf(conversation)
        const ids = tree.nodes.map((each) => each.id)
        const folded = new Set(ids.filter(() => choices.next().value))
        const hidden = new Set(['test.d0-0', 'test.d3-1'])
        const rows = treeRows(tree, { folded, hidden, errorsOnly: false })
        const counted = rows.reduce((sum, row) => sum + (row.kind === 'node' ? 1 : 0) + row.hidden.rows, 0)
        expect(counted).toBe(ids.length)
      }),
    )
  })
})
