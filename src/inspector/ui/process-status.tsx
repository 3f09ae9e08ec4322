import type { ProcessStatus } from '../../bus/index.ts'
import type { DeliveryState } from '../../bus/message.ts'
import { StateGlyph } from '../../web/components/state-glyph.tsx'

/** A running instance waits: it has the sign of what is pending. */
const SIGNS: Record<ProcessStatus, DeliveryState> = { running: 'pending', completed: 'succeeded', failed: 'dead' }

/** Sign and word of an instance's status. */
export function ProcessStatusWord({ status }: { status: ProcessStatus }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-sm">
      <StateGlyph state={SIGNS[status]} />
      {status}
    </span>
  )
}
