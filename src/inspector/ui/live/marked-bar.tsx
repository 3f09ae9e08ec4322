import { Button } from '../../../web/components/button.tsx'
import type { Marks } from './use-marks.ts'
import type { RowActions } from './use-row-actions.ts'

/** How many are marked, and what can be done to all of them. It floats: nothing gives way to it. */
export function MarkedBar({ marks, actions }: { marks: Marks; actions: RowActions }) {
  const { messages, clear } = marks
  if (messages.length === 0) return null
  return (
    <div className="absolute inset-x-0 bottom-3 z-10 flex justify-center">
      <div className="flex flex-wrap items-center gap-2 rounded-md border border-muted bg-raised py-1.5 pr-1.5 pl-3.5 text-sm shadow-[0_4px_16px_rgb(0_0_0/0.12)]">
        <span className="tabular-nums">{messages.length} marked</span>
        <Button variant="quiet" size="small" onClick={() => actions.copyIds(messages)}>
          Copy ids
        </Button>
        <Button size="small" onClick={() => actions.retry(messages)}>
          Retry what died
        </Button>
        <Button variant="quiet" size="small" onClick={clear}>
          Clear
        </Button>
      </div>
    </div>
  )
}
