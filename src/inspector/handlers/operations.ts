import { type Clock, handle, type Intervention, newId, type Subscription, type Tx } from '../../bus/index.ts'
import {
  AbortOperation,
  OperationAborted,
  OperationPaused,
  OperationResumed,
  OperationStarted,
  PauseOperation,
  ResumeOperation,
  StartOperation,
  UndoOperation,
} from '../operation-messages.ts'
import { storedOperations as operations } from '../operations/store.ts'

const AT_ONCE = { stages: [], perSecond: 1_000, stopShare: null }

/** What operators do to many deliveries. The reply says how many there are really; nothing is done where there are none. */
export function operationHandlers(clock: Clock): Subscription[] {
  return [
    handle(StartOperation, {}, async function startOperation({ kind, selection, ...rest }, { tx, publish }) {
      const operationId = newId()
      const total = await operations.freeze(tx, { operationId, kind, ...rest }, selection)
      if (total === 0) return { operationId: null, total }
      publish(OperationStarted, { operationId, actorId: rest.actorId, kind, total })
      return { operationId, total }
    }),
    handle(UndoOperation, {}, async function undoOperation({ operationId: discarded, actorId }, { tx, publish }) {
      const operationId = newId()
      const asOf = clock.now().toISOString()
      const operation = { operationId, kind: 'restore' as const, actorId, asOf, pace: AT_ONCE, reason: null }
      const total = await operations.freezeDiscarded(tx, operation, discarded)
      if (total === 0) return { operationId: null, total }
      publish(OperationStarted, { operationId, actorId, kind: 'restore', total })
      return { operationId, total }
    }),
    control(PauseOperation, OperationPaused, operations.pause),
    control(ResumeOperation, OperationResumed, operations.resume),
    control(AbortOperation, OperationAborted, operations.abort),
  ]
}

function control(
  command: typeof PauseOperation,
  done: typeof OperationPaused,
  perform: (tx: Tx, operationId: string) => Promise<Intervention>,
): Subscription {
  return handle(command, {}, async (body, { tx, publish }) => {
    const outcome = await perform(tx, body.operationId)
    if (outcome === 'done') publish(done, body)
    return { outcome }
  })
}
