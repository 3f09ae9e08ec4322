import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTimeline, delivery, message, timeline } from '../testing/timelines.ts'
import { type LaneKind, sequenceOf, stepsOf } from './sequence.ts'
import { describeStep, drawStep } from './sequence-drawing.ts'
import { toMermaid, toSvg } from './sequence-files.ts'
import type { Timeline } from './timeline.ts'

const NOW = 10_000_000
const choose = (lanes: LaneKind = 'module') => ({ lanes, hidden: new Set<string>(), errorsOnly: false, window: null })

const create = delivery('create', {
  subscription: 'a.create',
  state: 'succeeded',
  attempt: 1,
  startedAt: 5,
  settledAt: 9,
})
const mail = delivery('mail', {
  subscription: 'b.mail',
  state: 'dead',
  attempt: 2,
  failures: [
    { number: 1, startedAt: 12, finishedAt: 14 },
    { number: 2, startedAt: 120_000, finishedAt: 120_004 },
  ],
  startedAt: 120_000,
  settledAt: 120_004,
})
const count = delivery('count', {
  subscription: 'a.count',
  state: 'succeeded',
  attempt: 1,
  startedAt: 11,
  settledAt: 12,
})
const whole = timeline(
  message('ask', [create], { kind: 'command', name: 'a.ask' }),
  message('done', [mail, count], { at: 9, name: 'a.done', causeId: 'ask', causeDeliveryId: 'create' }),
)

const say = (lanes?: LaneKind, changes = {}) => {
  const sequence = sequenceOf(whole, { ...choose(lanes), ...changes }, NOW)
  return sequence.steps.map((step) =>
    step.kind === 'send'
      ? `${sequence.lanes[step.from]} > ${step.to.map((lane) => sequence.lanes[lane]).join('+')}: ${step.message.id}`
      : step.kind === 'handle'
        ? `${sequence.lanes[step.lane]}: ${step.id} ${step.attempt} ${step.state}`
        : `gap ${step.ms}`,
  )
}

describe('a sequence', () => {
  it('finds the arrow of a message, and all of its boxes', () => {
    const sequence = sequenceOf(whole, choose(), NOW)
    expect(stepsOf(sequence, 'done').map(({ step, index }) => [index, step.kind, step.id])).toEqual([
      [2, 'send', 'done'],
      [3, 'handle', 'count'],
      [4, 'handle', 'mail'],
      [6, 'handle', 'mail'],
    ])
    expect(stepsOf(sequence, 'nothing')).toEqual([])
  })

  it('has a step for each message and one for each attempt, in order', () => {
    expect(say()).toEqual([
      'outside > a: ask',
      'a: create 1 succeeded',
      'a > a+b: done',
      'a: count 1 succeeded',
      'b: mail 1 dead',
      'gap 119988',
      'b: mail 2 dead',
    ])
  })

  it('has a lane for each handler where that is asked for', () => {
    expect(say('handler')[2]).toBe('a.create > b.mail+a.count: done')
  })

  it('leaves out what is hidden, what went well, and what is out of the window', () => {
    expect(say('module', { hidden: new Set(['b.mail']) })).toHaveLength(4)
    expect(say('module', { errorsOnly: true })).toEqual([
      'a > a+b: done',
      'b: mail 1 dead',
      'gap 119988',
      'b: mail 2 dead',
    ])
    expect(say('module', { window: [0, 6] })).toHaveLength(2)
  })

  it('says how much later a message is due', () => {
    const later = timeline(message('m', [delivery('d', { dueAt: 60_000 })]))
    const { steps, lanes } = sequenceOf(later, choose(), NOW)
    expect(steps).toMatchObject([{ kind: 'send', laterMs: 60_000 }])
    expect(describeStep(steps[0]!, lanes)).toMatch(/, due 1 min later$/)
    const dials = (of: Timeline) =>
      drawStep(sequenceOf(of, choose(), NOW).steps[0]!).filter((each) => each.tag === 'path' && each.fill === 'raised')
    expect(dials(later)).toHaveLength(1)
    expect(dials(timeline(message('m', [delivery('d')])))).toHaveLength(0)
  })

  it('never shows what a message caused before it, where the clocks agree', () => {
    fc.assert(
      fc.property(anyTimeline, (any) => {
        const { steps } = sequenceOf(any, choose(), NOW)
        const sent = new Set<string>()
        for (const step of steps) {
          if (step.kind === 'send') sent.add(step.message.id)
          if (step.kind === 'handle' && step.at >= step.message.at) expect(sent).toContain(step.message.id)
        }
      }),
    )
  })
})

describe('as a file', () => {
  it('is text for Mermaid', () => {
    expect(toMermaid(sequenceOf(whole, choose(), NOW))).toBe(`sequenceDiagram
  participant L0 as outside
  participant L1 as a
  participant L2 as b
  L0->>L1: a.ask
  Note over L1: a.create succeeded, 4 ms
  L1-->>L1: a.done
  L1-->>L2: a.done
  Note over L1: a.count succeeded, 1 ms
  Note over L2: b.mail failed, 2 ms
  Note over L0: 2 min later
  Note over L2: b.mail failed, 4 ms`)
  })

  it('is a picture with every step, whatever a name consists of', () => {
    const odd = timeline(message('m', [], { name: 'a.<b>&' }))
    const { svg } = toSvg(sequenceOf(odd, choose(), NOW), (tone) => tone)
    expect(svg).toContain('a.&lt;b&gt;&amp;, nobody handles it')
    expect(toSvg(sequenceOf(whole, choose(), NOW), (tone) => tone).svg.match(/translate\(0 /g)).toHaveLength(7)
  })

  it('lets no name add a line, an element or a sign that ends it', () => {
    const name = 'a.<script>x</script>"%%{init}\r\n  L0->>L0: forged\u2028\u001b\0'
    const odd = sequenceOf(timeline(message('m', [], { name })), choose(), NOW)
    expect(toMermaid(odd).split(/[\r\n\u2028]/)).toHaveLength(3)
    expect(toMermaid(odd)).not.toMatch(/[<>"%{}]/)
    const { svg } = toSvg(odd, (tone) => tone)
    expect(svg).not.toContain('<script')
    // XML takes no control character, however it is written.
    expect(svg).not.toMatch(/(?!\n)\p{Cc}/u)
  })

  it('draws an event to several lanes as one brace with an arrow at each', () => {
    const [, , done] = sequenceOf(whole, choose('handler'), NOW).steps
    const dashed = drawStep(done!).filter((shape) => shape.tag === 'path' && shape.isDashed)
    expect(dashed).toHaveLength(3)
  })
})
