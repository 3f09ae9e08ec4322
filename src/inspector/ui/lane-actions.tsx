'use client'
import { Button } from '../../web/components/button.tsx'
import type { LaneView } from '../model/view.ts'
import { onlyOperators } from './only-operators.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import type { Actions } from './use-actions.ts'

interface Props {
  lane: LaneView
  mayAct: boolean
  actions: Actions
}

/** What can be done about a delivery that was given up. What is not allowed is disabled, and says why. */
export function LaneActions({ lane, mayAct, actions }: Props) {
  // Not while it is busy: a button that is disabled under its reader's hands loses the focus.
  const disabled = { disabled: !mayAct, title: onlyOperators(mayAct) }
  if (lane.state === 'discarded') {
    return (
      <Button variant="quiet" size="small" {...disabled} onClick={() => actions.undo(lane.deliveryId)}>
        Undo
      </Button>
    )
  }
  if (lane.parkedReason !== null) {
    return (
      <Button variant="quiet" size="small" {...disabled} onClick={() => actions.unpark(lane.deliveryId)}>
        Unpark
      </Button>
    )
  }
  if (lane.state !== 'dead') return null
  return (
    <>
      <Button size="small" {...disabled} onClick={() => actions.retry(lane.deliveryId)}>
        Retry
      </Button>
      <ReasonDialog
        does="Discard"
        disabled={disabled}
        title="Discard this delivery?"
        onConfirm={(reason) => actions.discard(lane.deliveryId, reason)}
      >
        Its handler will not run.
      </ReasonDialog>
    </>
  )
}
