/** What each step of a sequence looks like: the same shapes on the screen and in a file. */
import type { DeliveryState } from '../../../bus/message.ts'
import { formatMs } from '../durations.ts'
import type { HandleStep, SendStep, SequenceStep } from './sequence.ts'

export const LANE_PX = 184
export const STEP_PX = 44

/** A colour by its name in the style sheet. */
export type Tone = 'ink' | 'muted' | 'line' | 'raised' | 'tint' | `state-${DeliveryState}`

export type Shape =
  | { tag: 'path'; d: string; stroke?: Tone; fill?: Tone; isDashed?: boolean }
  | { tag: 'text'; x: number; y: number; text: string; tone: Tone; anchor?: 'middle' | 'end'; isBold?: boolean }

/** Colour, sign and word together. */
export const SIGNS: Readonly<Record<DeliveryState, string>> = {
  pending: '○',
  running: '◐',
  retrying: '↻',
  succeeded: '✓',
  dead: '✕',
  discarded: '⊘',
  skipped: '⊘',
}

const LETTER_PX = 6.75

export function laneX(lane: number): number {
  return (lane + 0.5) * LANE_PX
}

/** The shapes of a step, from the left edge of the first lane and the top of its row. */
export function drawStep(step: SequenceStep): Shape[] {
  switch (step.kind) {
    case 'send':
      return step.to.length === 0 || (step.to.length === 1 && step.to[0] === step.from)
        ? drawStub(step)
        : drawArrow(step)
    case 'handle':
      return drawBox(step)
    case 'gap':
      return []
  }
}

const LINE_Y = 24
const HEAD_Y = 38

/** To one lane an arrow; to several a brace from one point, with an arrow at each. */
function drawArrow(step: SendStep): Shape[] {
  const { from, to, message } = step
  const isDashed = message.kind === 'event'
  const x = laneX(from)
  const ends = to.map(laneX)
  const [left, right] = [Math.min(x, ...ends), Math.max(x, ...ends)]
  const target = ends.length === 1 ? ends[0]! : null
  const line: Shape = { tag: 'path', d: `M${left} ${LINE_Y}H${right}`, stroke: 'ink', isDashed }
  const heads: Shape[] =
    target === null
      ? ends.flatMap((end): Shape[] => [
          { tag: 'path', d: `M${end} ${LINE_Y}V${HEAD_Y}`, stroke: 'ink', isDashed },
          { tag: 'path', d: `M${end - 4} ${HEAD_Y - 6}L${end} ${HEAD_Y}L${end + 4} ${HEAD_Y - 6}`, stroke: 'ink' },
        ])
      : [arrowHead(target, target > x ? 1 : -1)]
  const labelled = target ?? (ends.find((end) => end !== x) as number)
  const spanned = Math.max(LANE_PX, Math.abs(labelled - x)) - 12
  return [line, ...heads, startOf(step, x, LINE_Y), label(step, (x + labelled) / 2, spanned, 'middle')]
}

/** To its own lane, or to nobody: a short way out. */
function drawStub(step: SendStep): Shape[] {
  const x = laneX(step.from)
  const isDashed = step.message.kind === 'event'
  const shapes: Shape[] =
    step.to.length === 0
      ? [{ tag: 'path', d: `M${x} ${LINE_Y}h22m0 -5v10`, stroke: 'ink', isDashed }]
      : [
          { tag: 'path', d: `M${x} ${LINE_Y - 6}h22v14H${x + 3}`, stroke: 'ink', isDashed },
          { tag: 'path', d: `M${x + 9} ${LINE_Y + 4}L${x + 3} ${LINE_Y + 8}L${x + 9} ${LINE_Y + 12}`, stroke: 'ink' },
        ]
  const words = step.to.length === 0 ? { ...step, suffix: ', nobody handles it' } : step
  return [...shapes, startOf(step, x, step.to.length === 0 ? LINE_Y : LINE_Y - 6), label(words, x + 28, LANE_PX * 1.4)]
}

function label(step: SendStep & { suffix?: string }, x: number, px: number, anchor?: 'middle'): Shape {
  const later = laterWords(step) || (step.suffix ?? '')
  const letters = Math.floor(px / LETTER_PX) - later.length
  const text = cutMiddle(step.message.name, Math.max(12, letters)) + later
  return {
    tag: 'text',
    x,
    y: anchor ? LINE_Y - 8 : LINE_Y + 4,
    text,
    tone: 'ink',
    isBold: true,
    ...(anchor && { anchor }),
  }
}

const BOX = { top: 6, height: 32, width: LANE_PX - 16 }

function drawBox({ lane, delivery, attempt, state, tookMs }: HandleStep): Shape[] {
  const x = laneX(lane) - BOX.width / 2
  const { top, height, width } = BOX
  const name = delivery.subscription.slice(delivery.subscription.indexOf('.') + 1)
  const word = state === 'dead' ? 'failed' : state
  const number = attempt > 1 || delivery.failures.length > 0 ? `, try ${attempt}` : ''
  return [
    { tag: 'path', d: `M${x} ${top}h${width}v${height}h${-width}z`, fill: 'raised', stroke: 'line' },
    { tag: 'path', d: `M${x} ${top}h4v${height}h-4z`, fill: `state-${state}` },
    { tag: 'text', x: x + 12, y: top + 13, text: cutMiddle(name, Math.floor((width - 18) / LETTER_PX)), tone: 'ink' },
    { tag: 'text', x: x + 12, y: top + 26, text: SIGNS[state], tone: `state-${state}`, isBold: true },
    { tag: 'text', x: x + 26, y: top + 26, text: `${word} ${formatMs(tookMs)}${number}`, tone: 'muted' },
  ]
}

function arrowHead(x: number, direction: 1 | -1): Shape {
  const back = x - 7 * direction
  return { tag: 'path', d: `M${back} ${LINE_Y - 4}L${x} ${LINE_Y}L${back} ${LINE_Y + 4}`, stroke: 'ink' }
}

/** Where it was sent: a dot, or a clock for what is to be handled later. */
function startOf({ laterMs }: SendStep, x: number, y: number): Shape {
  if (laterMs > 0) {
    const dial = `M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z`
    return { tag: 'path', d: `${dial}M${x} ${y - 3.5}V${y}L${x + 2.5} ${y + 1.5}`, fill: 'raised', stroke: 'ink' }
  }
  return { tag: 'path', d: `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`, fill: 'ink' }
}

/** The end of a name tells more than its middle. */
export function cutMiddle(text: string, letters: number): string {
  if (text.length <= letters) return text
  const tail = Math.ceil((letters - 1) * 0.6)
  return `${text.slice(0, letters - 1 - tail)}…${text.slice(-tail)}`
}

/** What a step says in one line. */
export function describeStep(step: SequenceStep, lanes: readonly string[]): string {
  if (step.kind === 'gap') return `${formatMs(step.ms)} later`
  if (step.kind === 'handle') {
    const { delivery, state, attempt, tookMs } = step
    return `${delivery.subscription}, attempt ${attempt}: ${state === 'dead' ? 'failed' : state} in ${formatMs(tookMs)}`
  }
  const { from, to, message } = step
  const receivers = to.length === 0 ? 'nobody' : to.map((lane) => lanes[lane]).join(', ')
  return `${lanes[from]} sent ${message.kind} ${message.name} to ${receivers}${laterWords(step)}`
}

function laterWords({ laterMs }: SendStep): string {
  return laterMs > 0 ? `, due ${formatMs(laterMs)} later` : ''
}
