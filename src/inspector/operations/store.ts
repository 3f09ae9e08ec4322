import type { OperationStore } from '../../bus/index.ts'
import { abortOperation, leaveWaiting, pauseOperation, resumeOperation } from './control.ts'
import { freezeDiscarded, freezeSelection } from './freeze.ts'
import { beginStage, countItems, endOperation, lockDue, noteOutcomes, planNext } from './step.ts'
import { takeItems } from './take.ts'

/** Operations in the tables that the inspector shows. */
export const storedOperations: OperationStore = {
  freeze: freezeSelection,
  freezeDiscarded,
  takeDue: lockDue,
  noteOutcomes,
  count: countItems,
  beginStage,
  take: takeItems,
  leaveWaiting,
  planNext,
  end: endOperation,
  pause: pauseOperation,
  resume: resumeOperation,
  abort: abortOperation,
}
