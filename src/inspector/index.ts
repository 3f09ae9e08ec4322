/** The inspector's server side: it reads, and acts by commands. Remove it and the bus still works. */

import {
  alwaysRunning,
  type Clock,
  type DeliveryStore,
  type Edit,
  type Envelope,
  type HandlerSettingsStore,
  type Module,
  type Outbox,
  type PlannedDelivery,
  type PlannedMessage,
  type Subscription,
} from '../bus/index.ts'
import { AlertCleared, ClearAlert } from './alert-messages.ts'
import { EditAndRetry, EditedAndRetried } from './edit-messages.ts'
import { FailureMarked, MarkFailure } from './failure-messages.ts'
import { clearAlertHandler } from './handlers/clear-alert.ts'
import { editAndRetryHandler } from './handlers/edit-and-retry.ts'
import { handlerSettingsHandlers } from './handlers/handler-settings.ts'
import { interventionHandlers } from './handlers/interventions.ts'
import type { FindHandler } from './handlers/left-alone.ts'
import { markFailureHandler } from './handlers/mark-failure.ts'
import { operationHandlers } from './handlers/operations.ts'
import { replayHandlers } from './handlers/replay.ts'
import { noteReveal } from './handlers/reveal.ts'
import { schedulingHandlers } from './handlers/scheduling.ts'
import { setFaultHandler } from './handlers/set-fault.ts'
import { spreadRetriesHandler } from './handlers/spread-retries.ts'
import { viewHandlers } from './handlers/views.ts'
import {
  CancelMessage,
  DeliveryDiscarded,
  DeliveryRestored,
  DeliveryRetried,
  DeliveryUnparked,
  DiscardDelivery,
  FaultChanged,
  HandlerLimitsSet,
  HandlerPaused,
  HandlerResumed,
  MessageCancelled,
  MessageRescheduled,
  PauseHandler,
  RescheduleMessage,
  RestoreDelivery,
  ResumeHandler,
  RetriesSpread,
  RetryDelivery,
  SetFault,
  SetHandlerLimits,
  SpreadRetries,
  UnparkDelivery,
} from './messages.ts'
import {
  AbortOperation,
  OperationAborted,
  OperationEnded,
  OperationPaused,
  OperationResumed,
  OperationStarted,
  PauseOperation,
  ResumeOperation,
  StartOperation,
  UndoOperation,
} from './operation-messages.ts'
import { ContinueReplay, MessagesReplayed, Replay } from './replay-messages.ts'
import { NoteReveal, PersonalDataRevealed } from './reveal-messages.ts'
import { RemoveView, SaveView } from './view-messages.ts'

export { createFaults } from './faults.ts'
export { createFeed, type Feed, type FeedServer } from './feed.ts'
export { OperationsDriver } from './operations/driver.ts'
export { inspectorTables } from './personal-tables.ts'
export { createInspectorQueries } from './queries.ts'
export { rollUpJobs } from './roll-up/jobs.ts'

interface Parts {
  clock: Clock
  deliveries: DeliveryStore
  handlerSettings: HandlerSettingsStore
  outbox: Pick<Outbox, 'add'>
  planEdited(edit: Edit): Promise<PlannedMessage>
  planReplay(envelope: Envelope, subscription: string): Promise<PlannedDelivery>
  messageOf(subscription: string): string | undefined
  findHandler: FindHandler
}

export function createInspectorModule(parts: Parts): Module {
  const { clock, deliveries, handlerSettings, findHandler } = parts
  return {
    name: 'inspector',
    messages: [
      ...[NoteReveal, PersonalDataRevealed],
      RetryDelivery,
      DiscardDelivery,
      RestoreDelivery,
      UnparkDelivery,
      SetFault,
      PauseHandler,
      ResumeHandler,
      SetHandlerLimits,
      SpreadRetries,
      RetriesSpread,
      CancelMessage,
      RescheduleMessage,
      DeliveryRetried,
      DeliveryDiscarded,
      DeliveryRestored,
      DeliveryUnparked,
      FaultChanged,
      HandlerPaused,
      HandlerResumed,
      HandlerLimitsSet,
      MessageCancelled,
      MessageRescheduled,
      Replay,
      ContinueReplay,
      MessagesReplayed,
      EditAndRetry,
      EditedAndRetried,
      MarkFailure,
      FailureMarked,
      StartOperation,
      UndoOperation,
      PauseOperation,
      ResumeOperation,
      AbortOperation,
      OperationStarted,
      OperationPaused,
      OperationResumed,
      OperationAborted,
      OperationEnded,
      SaveView,
      RemoveView,
      ClearAlert,
      AlertCleared,
    ],
    subscriptions: [
      ...interventionHandlers(deliveries),
      noteReveal,
      setFaultHandler(findHandler),
      spreadRetriesHandler(findHandler),
      ...handlerSettingsHandlers(handlerSettings, findHandler),
      ...schedulingHandlers(deliveries),
      ...operationHandlers(clock),
      editAndRetryHandler(parts),
      markFailureHandler(),
      ...replayHandlers(parts),
      ...viewHandlers(),
      clearAlertHandler(),
    ].map(neverStopped),
  }
}

function neverStopped(subscription: Subscription): Subscription {
  return alwaysRunning(subscription, 'One must be able to take back what was set.')
}
