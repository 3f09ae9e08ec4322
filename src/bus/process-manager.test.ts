import { describe, expect, it } from 'vitest'
import { assign, raise, setup } from 'xstate'
import { showOfContext, showOfStart } from './process-fields.ts'
import { defineProcess, type ProcessOptions, reactTo, sends, toSend } from './process-manager.ts'
import { defineOrders, Ordered, Packed, Paid, Ship } from './testing/orders.ts'
import { tellStory } from './testing/process-story.ts'

const key = ({ order }: { order: string }) => order
const anna = { order: 'a', name: 'Anna Berg' }

describe('a process', () => {
  it('waits for messages in either order, then sends, and ends', async () => {
    const story = tellStory(defineOrders(1_000))
    expect(await story.when(Ordered, anna)).toEqual([])
    expect(await story.when(Packed, { order: 'a' })).toEqual([])
    expect(await story.when(Paid, { order: 'a' })).toEqual([{ name: 'shop.ship', body: { order: 'a' } }])
    expect(story.instance).toMatchObject({ status: 'completed', version: 3, waitingFor: [] })
    expect(await story.when(Paid, { order: 'a' })).toEqual([])
    expect(await story.passes(10_000)).toEqual([])
  })

  it('is told when its time is over, not before', async () => {
    const story = tellStory(defineOrders(1_000))
    await story.when(Ordered, anna)
    expect(await story.passes(999)).toEqual([])
    expect(await story.passes(1)).toEqual([{ name: 'shop.order-late', body: { order: 'a' } }])
    expect(story.instance).toMatchObject({ status: 'failed', state: 'late' })
  })

  it('takes a delayed event of its own as a time-out', async () => {
    const machine = setup({ delays: { SOON: 50 }, actions: { ship: sends } }).createMachine({
      id: 'nudged',
      initial: 'idle',
      states: {
        idle: { on: { 'shop.ordered': { target: 'open', actions: raise({ type: 'nudge' }, { delay: 'SOON' }) } } },
        open: { on: { nudge: { target: 'nudged', actions: 'ship' } } },
        nudged: { type: 'final' },
      },
    })
    const actions = { ship: () => toSend(Ship, { order: 'a' }) }
    const story = tellStory(define({ machine, actions }))
    await story.when(Ordered, anna)
    expect(story.instance).toMatchObject({ state: 'open', waitingFor: [{ what: 'time to pass', owes: [] }] })
    expect(await story.passes(50)).toHaveLength(1)
    expect(story.instance).toMatchObject({ status: 'completed' })
  })

  it('uses a time-out up that a guard does not let through', async () => {
    const machine = setup({ delays: { SOON: 50 }, guards: { never: () => false } }).createMachine({
      id: 'guarded',
      initial: 'open',
      states: {
        open: { on: { 'shop.ordered': 'open' }, after: { SOON: { guard: 'never', target: 'late' } } },
        late: {},
      },
    })
    const story = tellStory(define({ machine }))
    await story.when(Ordered, anna)
    await story.passes(50)
    expect(story.instance).toMatchObject({ state: 'open', version: 2, timers: [], waitingFor: [{ until: null }] })
  })
})

const keeping = (what: (event: { name: string }) => unknown) =>
  define({
    machine: setup({
      types: {} as { context: { kept: unknown }; events: { type: 'shop.ordered'; name: string } },
    }).createMachine({
      context: { kept: null },
      on: { 'shop.ordered': { actions: assign({ kept: ({ event }) => what(event) }) } },
    }),
    reactions: [reactTo(Ordered, { key, ifNone: 'start', take: ({ name }) => ({ name }) })],
  })

describe('the context of a process', () => {
  it.each([
    ['a date', () => new Date()],
    ['a map', () => new Map()],
    ['nothing', () => undefined],
    ['no number', () => Number.NaN],
    ['a function', () => () => 1],
  ])('that would keep %s is refused', async (_, what) => {
    await expect(tellStory(keeping(what)).when(Ordered, anna)).rejects.toThrow('is not plain JSON')
  })

  it('that would keep a personal value is refused', async () => {
    const story = tellStory(keeping(({ name }) => [`Dear ${name}`]))
    await expect(story.when(Ordered, anna)).rejects.toThrow('would keep a classified value of shop.ordered')
    expect(story.instance).toBeNull()
  })

  it('may keep an id in which such a value occurs by chance', async () => {
    const story = tellStory(keeping(() => '0bea1088-b0fa-7119'))
    await story.when(Ordered, { order: 'a', name: 'bea' })
    expect(story.instance?.context).toEqual({ kept: '0bea1088-b0fa-7119' })
  })

  it('keeps what the machine makes of such a value', async () => {
    const story = tellStory(keeping(({ name }) => name.length))
    await story.when(Ordered, anna)
    expect(story.instance?.context).toEqual({ kept: 9 })
  })
})

describe('an instance of an earlier version', () => {
  const machine = (state: string) =>
    setup({}).createMachine({ id: 'versioned', initial: state, states: { [state]: { on: { 'shop.ordered': state } } } })
  const stored = async () => {
    const story = tellStory(define({ machine: machine('old') }))
    await story.when(Ordered, anna)
    return story.instance!
  }
  const read = async (options: Partial<ProcessOptions>) => {
    const { stepOf } = await import('./process-step.ts')
    const input = { key: 'a', event: { type: 'shop.ordered' }, trigger: null, now: new Date() }
    return stepOf(define({ machine: machine('new'), ...options }), await stored(), input)
  }

  it('is read with the upgrade of this one', async () => {
    const step = await read({ version: 2, upgrade: ({ context }) => ({ state: 'new', context }) })
    expect(step?.result).toMatchObject({ state: 'new' })
  })

  it.each([
    ['without an upgrade', { version: 2 }],
    ['when the build is older', { version: 0, upgrade: ({ context }) => ({ state: 'new', context }) }],
  ] satisfies [string, Partial<ProcessOptions>][])('is left alone %s', async (_, options) => {
    await expect(read(options)).rejects.toMatchObject({ code: 'process-unreadable' })
  })
})

describe('what cannot work is refused when it is declared:', () => {
  const on = { 'shop.ordered': 'a' }
  const state = (config: object) => setup({}).createMachine({ id: 'm', initial: 'a', states: { a: { on, ...config } } })

  it.each([
    ['a name without a module', {}, 'orders', 'must read <module>.<process>'],
    ['an unknown action', { machine: state({ entry: 'shout' }) }, 'shop.m', 'm.a has the action shout'],
    ['a nameless action', { machine: state({ entry: () => {} }) }, 'shop.m', 'm.a has an action without a name'],
    ['a nameless delay', { machine: state({ after: { 500: {} } }) }, 'shop.m', 'm.a has a delay without a name'],
    ['an actor', { machine: state({ invoke: { src: 'x' } }) }, 'shop.m', 'm.a invokes an actor'],
    [
      'a history state',
      { machine: state({ initial: 'b', states: { b: {}, h: { type: 'history' } } }) },
      'shop.m',
      'm.a.h is a history state',
    ],
    [
      'an event nobody brings',
      { machine: state({ on: { ...on, 'shop.paid': 'a' } }) },
      'shop.m',
      'waits for shop.paid',
    ],
    [
      'a reaction nobody takes',
      { reactions: [reactTo(Ordered, { key, ifNone: 'start' }), reactTo(Paid, { key, ifNone: 'ignore' })] },
      'shop.m',
      'reacts to shop.paid, which its machine never takes',
    ],
    [
      'a field of what does not start it',
      { shows: [showOfStart(Paid, 'order', 'order')] },
      'shop.m',
      'it shows "order" of shop.paid, which does not start it',
    ],
    ['a field twice', { shows: [showOfContext('a', 'x'), showOfContext('a', 'y')] }, 'shop.m', 'two fields named "a"'],
    [
      'more fields than one looks at',
      { shows: Array.from({ length: 7 }, (_, index) => showOfContext(`${index}`, 'x')) },
      'shop.m',
      'shows 7 fields, and 6 is the most',
    ],
  ] satisfies [string, Partial<ProcessOptions>, string, string][])('%s', (_, options, name, problem) => {
    expect(() => define({ machine: state({}), ...options }, name)).toThrow(problem)
  })
})

function define({ machine, ...options }: Partial<ProcessOptions>, name = 'shop.test') {
  return defineProcess(name, {
    version: 1,
    machine: machine!,
    actions: {},
    reactions: [reactTo(Ordered, { key, ifNone: 'start' })],
    ...options,
  })
}
