import type { ItemCounts, OperationKind, OperationState, Pace } from './operation.ts'
import type { Intervention, Tx } from './ports.ts'

/** Which dead deliveries are meant. */
export type DeadSelection =
  | { by: 'ids'; deliveryIds: readonly string[] }
  | { by: 'group'; fingerprint: string }
  | { by: 'groups'; fingerprints: readonly string[] }
  /** `text`: part of the newest error's first line. */
  | { by: 'filter'; subscription: string | null; text: string | null }

export interface NewOperation {
  operationId: string
  kind: OperationKind
  actorId: string
  /** ISO time. What died later is not in it. */
  asOf: string
  pace: Pace
  /** With which its deliveries are discarded. */
  reason: string | null
}

/** An operation of which a step is to be taken. */
export interface DueOperation {
  operationId: string
  kind: OperationKind
  state: OperationState
  reason: string | null
  pace: Pace
  /** The one it is in. */
  stage: number
}

/**
 * What is kept of operations on dead deliveries. Whoever changes one holds it until the transaction ends; whatever
 * is done to a delivery is done only if nobody else took it up since the set was frozen, and noted as it really was.
 */
export interface OperationStore {
  /** Decides once what is in it: whatever changes later, the set does not. Returns how many; of nothing none is kept. */
  freeze(tx: Tx, operation: NewOperation, selection: DeadSelection): Promise<number>
  /** The same of what an operation has discarded and that is discarded by it still. */
  freezeDiscarded(tx: Tx, operation: NewOperation, discardedBy: string): Promise<number>
  /** Holds one whose step is due; those in other hands are passed over. */
  takeDue(tx: Tx): Promise<DueOperation | null>
  /** Of what was retried: what became of it, where that is known by now. */
  noteOutcomes(tx: Tx, operationId: string): Promise<void>
  /** What waits of all of it, and what became of what the stage it is in has taken. */
  count(tx: Tx, operation: DueOperation): Promise<ItemCounts>
  beginStage(tx: Tx, operationId: string, stage: number): Promise<void>
  /** Does to the next so many what the operation is for. `attempts`: what a retry grants, by subscription. */
  take(tx: Tx, operation: DueOperation, count: number, attempts: ReadonlyMap<string, number>): Promise<void>
  /** What waits is left as it is. */
  leaveWaiting(tx: Tx, operationId: string, note: string): Promise<void>
  /** Null: no step is due any more. */
  planNext(tx: Tx, operationId: string, inMs: number | null): Promise<void>
  /** It takes nothing more; what is on its way when it stops is watched until it has an outcome. */
  end(tx: Tx, operationId: string, state: 'completed' | 'stopped', note: string | null): Promise<void>
  pause(tx: Tx, operationId: string): Promise<Intervention>
  resume(tx: Tx, operationId: string): Promise<Intervention>
  /** What waits is left as it is; what is on its way is watched until it has an outcome. */
  abort(tx: Tx, operationId: string): Promise<Intervention>
}
