import { createBatcher } from './batching.ts'
import type { Catalog } from './catalog.ts'
import { dispatchEagerly, type EagerDispatch } from './eager-dispatch.ts'
import { BusError } from './errors.ts'
import type { BodyOf, CommandDefinition, EventDefinition, MessageDefinition, ReplyOf } from './message.ts'
import type { Added, Clock, Intervention, PlannedMessage, Storage, Tx } from './ports.ts'
import { checkTime, planMessage, type SendOptions } from './publishing.ts'
import type { Registry } from './registry.ts'
import type { Replies } from './replies.ts'

export interface InTransaction extends SendOptions {
  /** Joins the caller's transaction: row and message become one fact. Without it the message commits on its own. */
  tx?: Tx
}

export interface ExecuteOptions extends Omit<SendOptions, 'at'> {
  /** How long to wait for the reply, in milliseconds. Default 5,000. */
  timeoutMs?: number
}

export interface Bus {
  /** Asks for something to be done, once, by the command's handler. Resolves when it is stored. */
  send<D extends CommandDefinition>(command: D, body: BodyOf<D>, options?: InTransaction): Promise<Added>
  /** Tells what has happened: a delivery for every subscription there is now. Resolves when it is stored. */
  publish<D extends EventDefinition>(event: D, body: BodyOf<D>, options?: InTransaction): Promise<Added>
  /**
   * Sends a command and waits for its reply, which comes after its handler's transaction has committed.
   *
   * @throws BusError `reply-timeout` (the command is stored and will be handled; details hold its ids),
   * `handler-fault` (the command is dead, or will not be handled because it is stale or was taken back; details hold its
   * ids and the recorded error).
   */
  execute<D extends CommandDefinition>(
    command: D,
    body: BodyOf<D>,
    options?: ExecuteOptions,
  ): Promise<{ reply: ReplyOf<D>; messageId: string; conversationId: string }>
  /** Takes back a message that no handler has tried yet. It can be restored. Says what really happened. */
  cancel(messageId: string, reason: string, options?: { tx?: Tx }): Promise<Intervention>
  /** Gives a message that no handler has tried yet another time. Says what really happened. */
  reschedule(messageId: string, at: Date, options?: { tx?: Tx }): Promise<Intervention>
}

export interface BusParts {
  registry: Registry
  catalog: Catalog
  clock: Clock
  storage: Pick<Storage, 'unitOfWork' | 'outbox' | 'deliveries'>
  replies: Replies
  eager: EagerDispatch
}

const DEFAULT_REPLY_TIMEOUT_MS = 5_000
const BATCH_MESSAGES = 200
const PARALLEL_BATCHES = 2

export function createBus({ storage, replies, eager, ...planning }: BusParts): Bus {
  const { outbox, unitOfWork, deliveries } = storage
  const commit = (messages: readonly PlannedMessage[], options?: { isAwaited: boolean }) =>
    dispatchEagerly(
      eager,
      (lease) => outbox.commit(lease(messages), options),
      (added) => {
        const isNew = new Set(added.filter((each) => each.isNew).map((each) => each.messageId))
        return ({ envelope }) => isNew.has(envelope.messageId)
      },
    )
  const commits = createBatcher<PlannedMessage, Added>({
    maxItems: BATCH_MESSAGES,
    maxParallel: PARALLEL_BATCHES,
    perform: commit,
  })
  const plan = (expected: 'command' | 'event', definition: MessageDefinition, body: unknown, options: SendOptions) =>
    planMessage(planning, { expected, definition, body, options, cause: null })
  const add = async (
    kind: 'command' | 'event',
    definition: MessageDefinition,
    body: unknown,
    { tx, ...options }: InTransaction = {},
  ): Promise<Added> => {
    const message = plan(kind, definition, body, options)
    if (tx) return only(await outbox.add(tx, [message]))
    // A key may have to wait for another transaction; nobody else's message should wait with it.
    if (options.idempotencyKey !== undefined) return only(await commit([message]))
    return commits.add(message)
  }
  /** Without a reply it is this that the caller relies on: what a crash of the database has lost is stored once more. */
  const accepted = async (message: PlannedMessage, ids: Ids): Promise<Ids> =>
    (await outbox.isDurable(ids.messageId)) ? ids : idsOf(only(await commit([message])))
  const within = <T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>) => (tx ? work(tx) : unitOfWork.run(work))
  return {
    cancel: (messageId, reason, { tx } = {}) => within(tx, (own) => deliveries.cancel(own, messageId, reason)),
    reschedule: async (messageId, at, { tx } = {}) => {
      checkTime(messageId, at)
      return within(tx, (own) => deliveries.reschedule(own, messageId, at))
    },
    send: (command, body, options) => add('command', command, body, options),
    publish: (event, body, options) => add('event', event, body, options),
    execute: async (command, body, { timeoutMs = DEFAULT_REPLY_TIMEOUT_MS, ...options } = {}) => {
      const message = plan('command', command, body, options)
      const ids = idsOf(only(await commit([message], { isAwaited: true })))
      const settlement = await replies.wait(ids.messageId, timeoutMs)
      if (settlement === null) {
        throw new BusError('reply-timeout', `${command.name} was accepted, but not answered within ${timeoutMs} ms.`, {
          details: await accepted(message, ids),
        })
      }
      if (settlement.state === 'dead') {
        const details = { ...ids, error: settlement.error }
        throw new BusError('handler-fault', `${command.name} failed: ${settlement.error.message}`, { details })
      }
      return { reply: planning.catalog.openReply(command, settlement.reply) as ReplyOf<typeof command>, ...ids }
    },
  }
}

type Ids = Pick<Added, 'messageId' | 'conversationId'>

function idsOf({ messageId, conversationId }: Added): Ids {
  return { messageId, conversationId }
}

function only([added]: Added[]): Added {
  if (!added) throw new Error('The outbox gave no answer for the message.')
  return added
}
