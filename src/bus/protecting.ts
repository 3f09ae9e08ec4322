/**
 * Keeps what is personal sealed at rest: between the kernel, which works with clear values, and a storage, which never
 * sees them. Messages without personal fields, and contexts of processes that are empty, pass as they are.
 */
import type { Catalog } from './catalog.ts'
import type { EagerDispatch } from './eager-dispatch.ts'
import type { Envelope } from './envelope.ts'
import { BusError } from './errors.ts'
import type { PersonKeys, Seal } from './person-keys.ts'
import type {
  ClaimedDelivery,
  Conclusion,
  DeliveryStore,
  Outbox,
  PlannedMessage,
  ReplyStore,
  Settlement,
  Storage,
} from './ports.ts'
import type { ProcessInstance, ProcessStore } from './process-store.ts'

interface Parts {
  catalog: Catalog
  people: PersonKeys
}

/** The same storage, in which personal fields of bodies and replies are sealed, and what processes remember of people. */
export function protectPersonal<S extends Storage>(storage: S, parts: Parts): S {
  return {
    ...storage,
    outbox: protectOutbox(storage.outbox, parts),
    deliveries: protectDeliveries(storage.deliveries, parts),
    replies: protectReplies(storage.replies, parts),
    processes: protectProcesses(storage.processes, parts),
  }
}

/** A stored message with its personal fields in clear, and whether nobody can read them any more. */
export async function openEnvelope(
  { catalog, people }: Parts,
  envelope: Envelope,
): Promise<{ envelope: Envelope; isErased: boolean }> {
  if (!catalog.holdsPersonal(envelope.name, envelope.version, 'body')) return { envelope, isErased: false }
  const { value: body, isErased } = await people.open(envelope.body)
  return { envelope: { ...envelope, body }, isErased }
}

/**
 * What goes from the sender straight to a handler passes no storage: about somebody who was erased it does not go, but
 * waits for its claim, which says so.
 */
export function protectEager(eager: EagerDispatch, { catalog, people }: Parts): EagerDispatch {
  const isErased = ({ envelope: { name, version, subjectId } }: PlannedMessage) =>
    subjectId !== null && catalog.holdsPersonal(name, version, 'body') && people.isErased(subjectId)
  return {
    lease: (messages) => {
      const leases = eager.lease(messages)
      return { ...leases, begin: (isStored) => leases.begin((each) => isStored(each) && !isErased(each)) }
    },
  }
}

function protectOutbox(outbox: Outbox, parts: Parts): Outbox {
  return {
    add: async (tx, messages) => outbox.add(tx, await sealMessages(parts, messages)),
    addLast: async (tx, messages) => outbox.addLast(tx, await sealMessages(parts, messages)),
    commit: async (messages, options) => outbox.commit(await sealMessages(parts, messages), options),
    isDurable: (messageId) => outbox.isDurable(messageId),
  }
}

function protectDeliveries(deliveries: DeliveryStore, parts: Parts): DeliveryStore {
  const open = (claimed: ClaimedDelivery[]) => Promise.all(claimed.map((each) => openDelivery(parts, each)))
  return {
    ...deliveries,
    claim: async (capacities, leaseMs) => open(await deliveries.claim(capacities, leaseMs)),
    takeOrphans: async (subscriptions, leaseMs) => open(await deliveries.takeOrphans(subscriptions, leaseMs)),
    findParked: async (subscriptions, after, limit) => {
      const parked = await deliveries.findParked(subscriptions, after, limit)
      return Promise.all(
        parked.map(async (each) => {
          if (!parts.catalog.holdsPersonal(each.name, each.version, 'body')) return each
          return { ...each, body: (await parts.people.open(each.body)).value }
        }),
      )
    },
    settle: async (tx, delivery, outcome, durationMs) => {
      const [sealed] = await sealReplies(parts, [{ delivery, outcome }])
      return deliveries.settle(tx, delivery, sealed!.outcome, durationMs)
    },
    settleAll: async (tx, succeeded, durationMs) => {
      const settled = succeeded.map(({ delivery, reply }) => {
        return { delivery, outcome: { outcome: 'succeeded', reply } as const }
      })
      const sealed = await sealReplies(parts, settled)
      const replies = sealed.map(({ delivery, outcome: { reply } }) => ({ delivery, reply }))
      return deliveries.settleAll(tx, replies, durationMs)
    },
    conclude: async (conclusions) => {
      const sealed = await sealReplies(parts, conclusions)
      return deliveries.conclude(
        sealed.some((each) => holds(parts, each.messages))
          ? await Promise.all(
              sealed.map(async (each) => ({ ...each, messages: await sealMessages(parts, each.messages) })),
            )
          : sealed,
      )
    },
  }
}

function protectReplies(replies: ReplyStore, { people }: Parts): ReplyStore {
  return {
    findSettled: async (messageIds) => {
      const settled = await replies.findSettled(messageIds)
      const open = async (settlement: Settlement): Promise<Settlement> =>
        settlement.state === 'succeeded'
          ? { ...settlement, reply: (await people.open(settlement.reply)).value }
          : settlement
      return new Map(
        await Promise.all(
          [...settled].map(async ([id, each]) => [id, await open(each)] satisfies [string, Settlement]),
        ),
      )
    },
  }
}

type Context = ProcessInstance['context']

/** What a process about a person remembers is sealed as a whole: which of it is personal no contract says. */
function protectProcesses(processes: ProcessStore, parts: Parts): ProcessStore {
  return {
    ...processes,
    find: async (tx, process, key) => {
      const instance = await processes.find(tx, process, key)
      if (!instance) return null
      const { value, isErased } = await parts.people.open(instance.context)
      // Nobody knows any more what it remembered: it has ended, and what was on its way to it is dropped.
      if (isErased)
        return { ...instance, context: {}, status: instance.status === 'running' ? 'failed' : instance.status }
      return { ...instance, context: value as Context }
    },
    save: async (tx, instance, { before, after, ...revision }) => {
      const seal = await sealingContexts(parts, instance.subjectId, [instance.context, before?.context, after.context])
      await processes.save(
        tx,
        { ...instance, context: seal(instance.context) },
        {
          ...revision,
          before: before && { ...before, context: seal(before.context) },
          after: { ...after, context: seal(after.context) },
        },
      )
    },
  }
}

/** An empty one says nothing, and needs no key. */
async function sealingContexts(
  { people }: Parts,
  person: string | null,
  contexts: readonly (Context | undefined)[],
): Promise<(context: Context) => Context> {
  if (person === null || contexts.every((each) => !each || isEmpty(each))) return (context) => context
  const seal = await people.sealFor([person])
  return (context) => (isEmpty(context) ? context : { ...seal(person, context) })
}

function isEmpty(context: Context): boolean {
  return Object.keys(context).length === 0
}

async function openDelivery(parts: Parts, delivery: ClaimedDelivery): Promise<ClaimedDelivery> {
  if (!parts.catalog.holdsPersonal(delivery.envelope.name, delivery.envelope.version, 'body')) return delivery
  try {
    const { envelope, isErased } = await openEnvelope(parts, delivery.envelope)
    return isErased ? { ...delivery, isErased } : { ...delivery, envelope }
  } catch (error) {
    // One that cannot be opened must not take the others with it: its own attempt fails.
    if (error instanceof BusError) return delivery
    throw error
  }
}

function holds({ catalog }: Parts, messages: readonly PlannedMessage[]): boolean {
  return messages.some(({ envelope: { name, version } }) => catalog.holdsPersonal(name, version, 'body'))
}

/** A message of this build: planned, hence known. */
async function sealMessages(parts: Parts, messages: readonly PlannedMessage[]): Promise<readonly PlannedMessage[]> {
  if (!holds(parts, messages)) return messages
  const { catalog, people } = parts
  const seal = await people.sealFor(messages.flatMap(({ envelope }) => envelope.subjectId ?? []))
  return messages.map((each) => {
    const { name, version, subjectId, body } = each.envelope
    const definition = catalog.find(name, version)
    if (!definition) return each
    const sealed = catalog.sealPersonal(definition, 'body', body, sealingFor(seal, subjectId))
    return { ...each, envelope: { ...each.envelope, body: sealed } }
  })
}

type Ended = Pick<Conclusion, 'delivery' | 'outcome'>

async function sealReplies<E extends Ended>(parts: Parts, ended: readonly E[]): Promise<readonly E[]> {
  const { catalog, people } = parts
  const isPersonal = ({ outcome, delivery: { envelope } }: Ended) =>
    outcome.outcome === 'succeeded' && catalog.holdsPersonal(envelope.name, envelope.version, 'reply')
  if (!ended.some(isPersonal)) return ended
  const seal = await people.sealFor(ended.flatMap(({ delivery }) => delivery.envelope.subjectId ?? []))
  return ended.map((each) => {
    const { outcome, delivery } = each
    const { name, version, subjectId } = delivery.envelope
    const definition = catalog.find(name, version)
    if (!isPersonal(each) || outcome.outcome !== 'succeeded' || !definition) return each
    const reply = catalog.sealPersonal(definition, 'reply', outcome.reply, sealingFor(seal, subjectId))
    return { ...each, outcome: { ...outcome, reply } }
  })
}

function sealingFor(seal: Seal, person: string | null): (field: unknown) => unknown {
  return (field) => seal(person, field)
}
