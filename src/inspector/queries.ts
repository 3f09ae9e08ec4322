import type { Pool } from 'pg'
import type {
  Catalog,
  Clock,
  HandlerSettingsStore,
  PersonKeys,
  ProcessDefinition,
  Recurring,
  RecurringStore,
  Registry,
} from '../bus/index.ts'
import type { Faults } from './faults.ts'
import type { AuditPage } from './model/audit.ts'
import type { ColumnValues } from './model/column-values.ts'
import type { DeadLetterGroupDetail, DeadLetterGroups } from './model/dead-letters.ts'
import type { DeadLettersFile } from './model/dead-letters-export.ts'
import type { DiscardedPage } from './model/discarded.ts'
import type { Cursor } from './model/feed-protocol.ts'
import type { CompletedField } from './model/filter/completion.ts'
import type { Clause } from './model/filter/language.ts'
import type { FollowedNews } from './model/followed.ts'
import type { HandlerView } from './model/handler-view.ts'
import type { KeyView } from './model/key-view.ts'
import type { Hit } from './model/lookup.ts'
import type { Neighbours } from './model/neighbours.ts'
import type { NodeView } from './model/node-view.ts'
import type { OperationDetail, OperationUnderway, OperationView } from './model/operation.ts'
import type { Comparable } from './model/payload/payload-view.ts'
import type { RevealedField } from './model/payload/revealed.ts'
import type { PriorState } from './model/prior-state.ts'
import type { ProcessDetail, ProcessRow, RevisionRequest, SteppedProcess } from './model/process-view.ts'
import type { SavedView, ViewAlerts } from './model/saved-view.ts'
import type { RecurringView, ScheduledDelivery } from './model/scheduled-view.ts'
import type { SideLine } from './model/side-by-side.ts'
import type { PackedFailure } from './model/timeline/packed.ts'
import type { Topology } from './model/topology/topology.ts'
import type { ConversationView, MessageDetail, MessageRow, PlacedAttempt, SampleView } from './model/view.ts'
import type { Selection } from './operation-messages.ts'
import { type AuditRequest, findAudit } from './queries/audit.ts'
import { type ChangesPage, countNewSince, findChangesSince, findNow, isRemembered } from './queries/changes.ts'
import { findColumnValues } from './queries/column-values.ts'
import { plainPaths } from './queries/contract.ts'
import {
  createDeadLetterCounter,
  findDeadLetterGroup,
  findDeadLetterGroups,
  type GroupRequest,
  type GroupsRequest,
  previewSelection,
  type SelectionPreview,
} from './queries/dead-letters.ts'
import { type ExportRequest, exportDeadLetters } from './queries/dead-letters-export.ts'
import { findAttempt, findMessage } from './queries/detail.ts'
import { type DiscardedRequest, findDiscarded } from './queries/discarded.ts'
import { createFilterValues, type FilterValue } from './queries/filter-values.ts'
import { type FollowedRequest, followedSince } from './queries/followed-versions.ts'
import { findAny } from './queries/go.ts'
import { createHandlersQuery } from './queries/handlers.ts'
import { findFollowed, findKey } from './queries/key.ts'
import { findByIds, findConversation, findPage, ownsConversation, type PageRequest } from './queries/messages.ts'
import { findNeighbours } from './queries/neighbours.ts'
import { findNodes } from './queries/nodes.ts'
import { findOperation, findOperations, type OperationRequest, type OperationsRequest } from './queries/operations.ts'
import { createHealthQueries, type HealthQueries } from './queries/overview.ts'
import { findComparables, findPayload, findRevealed, findSubject, type MessageSubject } from './queries/payloads.ts'
import { findPriorState } from './queries/prior-state.ts'
import { findProcess, findProcesses, findProcessesOf, type ProcessesRequest } from './queries/processes.ts'
import { findRecording } from './queries/recording.ts'
import { findRecurring } from './queries/recurring.ts'
import { findRevision } from './queries/revision.ts'
import { createSampler } from './queries/sample.ts'
import { findSavedViews, findViewAlerts } from './queries/saved-views.ts'
import { findScheduled, type ScheduledRequest } from './queries/scheduled.ts'
import { keepMatching, type SearchPage, type SearchRequest, search } from './queries/search.ts'
import { shared } from './queries/shared.ts'
import { findFailures, findTimeline } from './queries/timeline.ts'
import { createTopologyQuery } from './queries/topology.ts'
import { createTrafficQuery } from './queries/traffic.ts'
import { createTypeQueries, type TypeQueries } from './queries/types.ts'
import { findUnderway } from './queries/underway.ts'
import { createUsual } from './queries/usual.ts'

/** Whoever looks within this time is shown the same. */
const UNDERWAY_HOLD_MS = 1_000
/** Whoever follows a key within this time is shown the same. */
const KEY_HOLD_MS = 500

/** What the inspector reads. Every query is bounded; bodies are masked. */
export interface InspectorQueries extends HealthQueries, TypeQueries {
  message(messageId: string): Promise<MessageDetail | null>
  /** Its body as masked JSON, all of it. */
  payload(messageId: string): Promise<string | null>
  /** What is masked of it, in clear: only after it was noted who looks, and why. */
  revealed(of: { messageId: string; field: string | null }): Promise<RevealedField[]>
  /** Whom a message is about; null where there is none such. */
  subject(messageId: string): Promise<MessageSubject | null>
  attempt(of: { deliveryId: string; number: number }): Promise<PlacedAttempt | null>
  /** Where the instance of a process was before a delivery reached it. */
  priorState(deliveryId: string): Promise<PriorState | null>
  columnValues(request: { ids: readonly string[]; paths: readonly string[] }): Promise<ColumnValues>
  neighbours(messageId: string): Promise<Neighbours | null>
  comparables(messageId: string): Promise<Comparable[]>
  conversation(conversationId: string): Promise<ConversationView | null>
  /** A whole conversation, packed; see model/timeline. */
  timeline(conversationId: string): Promise<string | null>
  /** A whole conversation as a file, masked; see model/recording. */
  recording(conversationId: string): Promise<string | null>
  /** Failures of these deliveries, packed like those of a timeline. */
  failures(deliveryIds: readonly string[]): Promise<PackedFailure[]>
  /** Processes that the conversation started. */
  processesOf(conversationId: string): Promise<SteppedProcess[]>
  page(request: PageRequest): Promise<MessageRow[]>
  search(request: SearchRequest): Promise<SearchPage>
  filterValues(field: CompletedField): Promise<FilterValue[]>
  savedViews(userId: string): Promise<SavedView[]>
  viewAlerts(userId: string): Promise<ViewAlerts>
  messages(ids: readonly string[]): Promise<MessageRow[]>
  /** Of the given messages those that fit. */
  fitting(clauses: readonly Clause[], messages: readonly MessageRow[]): Promise<MessageRow[]>
  processes(request: ProcessesRequest): Promise<ProcessRow[]>
  process(of: { name: string; key: string }): Promise<ProcessDetail | null>
  /** A step of it, with all of its state before and after. */
  revision(of: RevisionRequest): Promise<SideLine[] | null>
  followed(request: FollowedRequest): Promise<FollowedNews | null>
  nodes(): Promise<NodeView[]>
  sample(): Promise<SampleView | null>
  /** What a text could mean: an id, a part of one, a key, an address, a piece of an error. */
  go(text: string): Promise<Hit[]>
  key(key: string): Promise<KeyView>
  audit(request: AuditRequest): Promise<AuditPage>
  handlers(): Promise<HandlerView[]>
  topology(range: string): Promise<Topology>
  scheduled(request: ScheduledRequest): Promise<ScheduledDelivery[]>
  recurring(): Promise<RecurringView[]>
  ownsConversation(userId: string, conversationId: string): Promise<boolean>
  deadLetters(request: GroupsRequest): Promise<DeadLetterGroups>
  deadLetterGroup(request: GroupRequest): Promise<DeadLetterGroupDetail | null>
  exportDeadLetters(request: ExportRequest): Promise<DeadLettersFile>
  deadLetterCount(): Promise<number>
  /** What died and was discarded, by whom, and until when there is a way back. */
  discarded(request: DiscardedRequest): Promise<DiscardedPage>
  preview(selection: Selection): Promise<SelectionPreview>
  /** Names of the subscriptions to events, in order. */
  eventSubscriptions(): string[]
  operations(request: OperationsRequest): Promise<OperationView[]>
  /** Those that are not over. */
  operationsUnderway(): Promise<OperationUnderway[]>
  operation(request: OperationRequest): Promise<OperationDetail | null>
  now(): Promise<Cursor>
  isRemembered(since: Cursor): Promise<boolean>
  countNewSince(since: Cursor): Promise<number>
  changesSince(since: Cursor, limit: number, conversationId?: string | null): Promise<ChangesPage>
  /** The same for the one who asks again and again: on a connection that plans the statements once. */
  pollChanges(since: Cursor, limit: number): Promise<ChangesPage>
}

interface Parts {
  pool: Pool
  /** Plans each statement once. */
  planned: Pool
  catalog: Catalog
  people: PersonKeys
  registry: Registry
  faults: Faults
  handlerSettings: HandlerSettingsStore
  recurring: RecurringStore
  nextDueTimes(recurring: Recurring, after: Date, count: number): Date[]
  clock: Clock
  processes: readonly ProcessDefinition[]
  /** Under what somebody with the address may be stored. */
  emailKeysOf(email: string): string[]
}

export function createInspectorQueries(parts: Parts): InspectorQueries {
  const { pool, clock, registry } = parts
  const handlers = createHandlersQuery(parts)
  const health = createHealthQueries({ ...parts, handlers })
  const trafficIn = createTrafficQuery(pool, clock)
  const usualOf = createUsual(pool, clock)
  const underway = shared(clock, UNDERWAY_HOLD_MS, () => findUnderway(pool))
  const processNames = parts.processes.map((each) => each.name)
  const typeOf = (handler: string) => registry.subscriptions.get(handler)?.subscription.message.name
  return {
    message: (messageId) => findMessage({ ...parts, usualOf }, messageId),
    payload: (messageId) => findPayload(pool, parts.catalog, messageId),
    revealed: (of) => findRevealed(parts, of),
    subject: (messageId) => findSubject(pool, messageId),
    attempt: (of) => findAttempt(pool, of),
    priorState: (deliveryId) => findPriorState(parts, deliveryId),
    columnValues: (request) => findColumnValues(parts, request),
    neighbours: (messageId) => findNeighbours(pool, messageId),
    comparables: (messageId) => findComparables(pool, messageId),
    conversation: (conversationId) => findConversation(pool, conversationId),
    timeline: (conversationId) => findTimeline(pool, conversationId),
    recording: (conversationId) => findRecording(parts, conversationId),
    failures: (deliveryIds) => findFailures(pool, deliveryIds),
    processesOf: (conversationId) => findProcessesOf(parts, conversationId),
    page: (request) => findPage(pool, request),
    search: (request) => search({ ...parts, typeOf }, request),
    filterValues: createFilterValues(pool, clock, {
      types: [...new Set([...registry.subscriptions.values()].map((each) => each.subscription.message.name))],
      handlers: [...registry.subscriptions.keys()],
      paths: plainPaths(registry.definitions),
    }),
    savedViews: (userId) => findSavedViews(parts, userId),
    viewAlerts: (userId) => findViewAlerts(parts, userId),
    messages: (ids) => findByIds(pool, ids),
    fitting: (clauses, messages) => keepMatching(parts, clauses, messages, clock.now().getTime()),
    processes: (request) => findProcesses(pool, request),
    process: (of) => findProcess(parts, of),
    revision: (of) => findRevision(parts, of),
    nodes: () => findNodes(pool),
    sample: createSampler(pool, clock),
    go: (text) => findAny({ ...parts, processes: processNames }, text),
    audit: (request) => findAudit(parts, request),
    key: shared(clock, KEY_HOLD_MS, (key: string) => findKey(pool, key, processNames)),
    followed: followedSince(shared(clock, KEY_HOLD_MS, (key: string) => findFollowed(pool, key, processNames))),
    handlers,
    ...health,
    ...createTypeQueries({ pool, registry, clock, trafficIn }),
    topology: createTopologyQuery({ ...parts, trafficIn, handlersIn: health.handlersIn }),
    recurring: () => findRecurring(parts),
    scheduled: (request) => findScheduled(pool, [...registry.subscriptions.keys()], request),
    ownsConversation: (userId, conversationId) => ownsConversation(pool, userId, conversationId),
    deadLetters: (request) => findDeadLetterGroups(pool, request),
    deadLetterGroup: (request) => findDeadLetterGroup(pool, request),
    exportDeadLetters: (request) => exportDeadLetters(parts, request),
    deadLetterCount: createDeadLetterCounter(pool, clock),
    discarded: (request) => findDiscarded(parts, request),
    preview: (selection) => previewSelection(parts, selection),
    eventSubscriptions: () =>
      [...parts.registry.subscriptions.values()]
        .filter((each) => each.subscription.message.kind === 'event')
        .map((each) => each.subscription.name)
        .sort(),
    operations: (request) => findOperations(pool, request),
    operationsUnderway: () => underway('all'),
    operation: (request) => findOperation(pool, request),
    now: () => findNow(pool),
    isRemembered: (since) => isRemembered(pool, since),
    countNewSince: (since) => countNewSince(pool, since),
    changesSince: (since, limit, conversationId) => findChangesSince(pool, since, limit, conversationId),
    pollChanges: (since, limit) => findChangesSince(parts.planned, since, limit),
  }
}
