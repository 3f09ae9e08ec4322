import type { ReactNode } from 'react'
import { Button } from '../../web/components/button.tsx'
import type { OlderState } from './use-older.ts'

interface Props {
  load(): void
  state: OlderState
  /** How many there are. */
  children: ReactNode
}

/** The foot of the live list: how much it holds, and the way further back. */
export function Older({ load, state, children }: Props) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 pt-3 text-sm text-muted">
      {state === 'all' ? (
        <span>That was the first message.</span>
      ) : (
        <Button variant="quiet" size="small" pending={state === 'loading'} onClick={load}>
          Load older messages
        </Button>
      )}
      {state === 'failed' && <span className="text-danger">They could not be loaded. Try again.</span>}
      <span className="ml-auto">{children}</span>
    </div>
  )
}
