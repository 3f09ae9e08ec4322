import { Interruption, newId } from '../../bus/index.ts'
import type { PriorState } from '../../inspector/model/prior-state.ts'
import { createSinks } from '../../modules/communication/index.ts'
import { createPostgresStorage } from '../../postgres/index.ts'
import type { Application } from '../compose.ts'
import { createTestDatabase } from '../database/testing.ts'
import { composeNode } from './node.ts'
import { withoutMasks } from './without-masks.ts'

/** A message and the handler that is to get it, as the inspector copies them. */
export interface Delivered {
  subscription: string
  message: { name: string; version: number; body: unknown; key?: string | null; occurredAt?: string }
  /** Where the instance of its process was before, where the handler is one of a process. */
  process?: PriorState
}

export interface DeliveredAlone {
  state: string
  lastError: string | null
  reason: string | null
}

/**
 * Hands one message to one handler of the app, once, on a database of its own in which nothing else ever happened
 * than what made its process what it was.
 * What was masked in the copy is made up: whatever the contract takes.
 */
export async function deliverAlone(delivered: Delivered): Promise<DeliveredAlone> {
  const opened = new AsyncDisposableStack()
  try {
    return await deliver(delivered, await openApp(opened))
  } finally {
    await opened.disposeAsync()
  }
}

async function openApp(opened: AsyncDisposableStack): Promise<Application> {
  const database = await createTestDatabase()
  opened.defer(() => database.drop())
  const observer = createPostgresStorage({
    url: database.url,
    node: 'observer',
    poolSize: 4,
    maxAttemptsOf: () => 1,
    onConnectionError: () => {},
  })
  opened.defer(() => observer.stop())
  const sinks = createSinks(observer.prisma)
  const gateways = { smtpUrl: await sinks.smtp.start(), smsUrl: await sinks.sms.start() }
  opened.defer(async () => {
    await sinks.smtp.stop()
    await sinks.sms.stop()
  })
  const app = await composeNode(database.url, gateways)
  opened.defer(() => app.stop())
  return app
}

async function deliver({ subscription, message, process }: Delivered, app: Application): Promise<DeliveredAlone> {
  const definition = app.registry.definitions.find((each) => each.name === message.name)
  if (!definition) throw new Error(`No message of this build is called ${message.name}.`)
  if (definition.version !== message.version)
    throw new Error(
      `${message.name} is at version ${definition.version} by now: the copy has version ${message.version}.`,
    )
  if (!app.registry.subscriptions.has(subscription))
    throw new Error(`No handler of this build is called ${subscription}.`)
  if (process) await seed(app, process)
  const body = withoutMasks(definition.body, message.body)
  const options = message.key ? { key: message.key } : {}
  if (definition.kind === 'command') await app.bus.send(definition, body as never, options)
  else await app.bus.publish(definition, body as never, options)

  const { pool, deliveries } = app.storage
  const { order } = app.registry.subscriptions.get(subscription)!.subscription
  const [claimed] = await deliveries.claim([{ subscription, free: 1, order }], LEASE_MS)
  if (claimed) await app.pipeline.run(claimed, new Interruption())
  const { rows } = await pool.query<DeliveredAlone>(
    'SELECT state, last_error AS "lastError", reason FROM deliveries WHERE subscription = $1',
    [subscription],
  )
  return rows[0]!
}

const SEED = `
  INSERT INTO processes (name, key, definition_version, version, status, state, context, timers, waiting_for,
                         conversation_id, started_at, changed_at, finished_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '[]', $9, now(), now(), CASE WHEN $5 = 'running' THEN NULL ELSE now() END)`

async function seed({ storage }: Application, process: PriorState): Promise<void> {
  const { name, key, definitionVersion, version, status, state, context, timers } = process
  const json = [state, context, timers].map((each) => JSON.stringify(each))
  await storage.pool.query(SEED, [name, key, definitionVersion, version, status, ...json, newId()])
}

const LEASE_MS = 60_000
