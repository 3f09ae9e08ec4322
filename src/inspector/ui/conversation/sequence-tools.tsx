'use client'
import { useToasts } from '../../../web/components/toasts.tsx'
import type { LaneKind, Sequence } from '../../model/timeline/sequence.ts'
import { STEP_PX } from '../../model/timeline/sequence-drawing.ts'
import { saveFile } from '../save-file.ts'
import { useCopy } from '../use-copy.ts'
import { Choice } from './choice.tsx'

interface Props {
  sequence: Sequence
  conversationId: string
  lanes: LaneKind
  onLanes(lanes: LaneKind): void
}

/** Browsers refuse a canvas that is higher. */
const HIGHEST_PX = 16_000

/** How the lanes are told apart, and ways to take the whole sequence along. */
export function SequenceTools({ sequence, conversationId, lanes, onLanes }: Props) {
  const copy = useCopy()
  const toasts = useToasts()
  const toast = (title: string) => toasts.add({ title })
  const isTooLong = sequence.steps.length * STEP_PX > HIGHEST_PX
  // Only who wants a file loads what writes it.
  const files = () => import('../../model/timeline/sequence-files.ts')
  const name = `conversation-${conversationId.slice(-8)}`
  const copyMermaid = async () => {
    const { toMermaid } = await files()
    await copy(toMermaid(sequence), 'Copied as Mermaid.')
  }
  const draw = async () => (await files()).toSvg(sequence, colourOf)
  const saveSvg = async () => saveFile(`${name}.svg`, new Blob([(await draw()).svg], { type: 'image/svg+xml' }))
  const savePng = async () => {
    const { toPng } = await import('../to-png.ts')
    saveFile(`${name}.png`, await toPng(await draw()))
  }
  const told = (task: () => Promise<void>) => () =>
    void task().catch((error: unknown) => toast(`That did not work: ${String(error)}`))
  return (
    <>
      <Choice isOn={lanes === 'handler'} onClick={() => onLanes(lanes === 'handler' ? 'module' : 'handler')}>
        A lane for each handler
      </Choice>
      <Choice onClick={told(copyMermaid)}>Copy as Mermaid</Choice>
      <Choice onClick={told(saveSvg)}>SVG</Choice>
      <Choice
        isDisabled={isTooLong}
        title={isTooLong ? 'Too long for one picture: an SVG can be of any length.' : undefined}
        onClick={told(savePng)}
      >
        PNG
      </Choice>
    </>
  )
}

function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}
