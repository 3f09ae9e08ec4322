/** A sequence as files that other programs open. */
import { formatMs } from '../durations.ts'
import type { Sequence, SequenceStep } from './sequence.ts'
import { cutMiddle, drawStep, LANE_PX, laneX, type Shape, STEP_PX, type Tone } from './sequence-drawing.ts'

/** The whole of it as text for Mermaid. */
export function toMermaid({ lanes, steps }: Sequence): string {
  const participants = lanes.map((name, index) => `  participant L${index} as ${plain(name)}`)
  return ['sequenceDiagram', ...participants, ...steps.flatMap(mermaidOf)].join('\n')
}

function mermaidOf(step: SequenceStep): string[] {
  if (step.kind === 'gap') return [`  Note over L0: ${formatMs(step.ms)} later`]
  if (step.kind === 'handle') {
    const word = step.state === 'dead' ? 'failed' : step.state
    return [`  Note over L${step.lane}: ${plain(step.delivery.subscription)} ${word}, ${formatMs(step.tookMs)}`]
  }
  const { from, to, message, laterMs } = step
  const later = laterMs > 0 ? `, due ${formatMs(laterMs)} later` : ''
  if (to.length === 0) return [`  Note over L${from}: ${plain(message.name)}, nobody handles it`]
  const arrow = message.kind === 'command' ? '->>' : '-->>'
  return to.map((lane) => `  L${from}${arrow}L${lane}: ${plain(message.name)}${later}`)
}

/** Without the signs that mean something to Mermaid, and on one line. */
function plain(text: string): string {
  return text.replaceAll(/[;:#<>%"{}\p{Cc}\u2028\u2029]/gu, ' ')
}

const TIME_PX = 88
const HEAD_PX = 40

export interface Picture {
  svg: string
  width: number
  height: number
}

/** The whole of it as a picture that needs nothing else. */
export function toSvg({ lanes, steps, start }: Sequence, colourOf: (tone: Tone | 'paper') => string): Picture {
  const width = TIME_PX + lanes.length * LANE_PX
  const height = HEAD_PX + steps.length * STEP_PX
  const heads = lanes.map((name, index) => {
    const x = laneX(index)
    const text = markOf(
      { tag: 'text', x, y: 24, text: cutMiddle(name, 26), tone: 'ink', anchor: 'middle', isBold: true },
      colourOf,
    )
    return `${text}<path d="M${x} ${HEAD_PX}V${height}" stroke="${colourOf('line')}" fill="none"/>`
  })
  const rows = steps.map((step, index) => {
    const y = HEAD_PX + index * STEP_PX
    const time = step.kind === 'gap' ? `${formatMs(step.ms)} later` : `+${formatMs(step.at - start)}`
    const shapes: Shape[] = [
      { tag: 'text', x: -12, y: 28, text: time, tone: 'muted', anchor: 'end' },
      ...drawStep(step),
    ]
    return `<g transform="translate(0 ${y})">${shapes.map((each) => markOf(each, colourOf)).join('')}</g>`
  })
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  const font = 'font-family="ui-monospace, SFMono-Regular, Menlo, monospace" font-size="11"'
  const paper = `<rect width="100%" height="100%" fill="${colourOf('paper')}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font}>${paper}<g transform="translate(${TIME_PX} 0)">${heads.join('')}${rows.join('')}</g></svg>`
  return { svg, width, height }
}

function markOf(shape: Shape, colourOf: (tone: Tone) => string): string {
  if (shape.tag === 'text') {
    const { x, y, text, tone, anchor = 'start', isBold } = shape
    const weight = isBold ? ' font-weight="600"' : ''
    return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colourOf(tone)}"${weight}>${escaped(text)}</text>`
  }
  const { d, stroke, fill, isDashed } = shape
  const line = stroke ? ` stroke="${colourOf(stroke)}" stroke-width="1.5"` : ''
  return `<path d="${d}" fill="${fill ? colourOf(fill) : 'none'}"${line}${isDashed ? ' stroke-dasharray="5 4"' : ''}/>`
}

/** As XML takes it: it has no sign for a control character, and no way to write one. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
