/** Puts the parts of a node together. Only wiring: what a part does stands in the part. */
import { randomUUID } from 'node:crypto'
import os from 'node:os'
import {
  adviseOnNames,
  busModule,
  createCatalog,
  createRegistry,
  createSealer,
  openEnvelope,
  planEdited,
  planReplay,
  protectPersonal,
  recordError,
  retentionOf,
  unparkReadable,
} from '../bus/index.ts'
import {
  createFaults,
  createInspectorModule,
  createInspectorQueries,
  inspectorTables,
  OperationsDriver,
  rollUpJobs,
} from '../inspector/index.ts'
import { accountsTables, createAccountsModule, createSessions, emailKeyOf } from '../modules/accounts/index.ts'
import { auditChainJob, auditTables, createAuditModule } from '../modules/audit/index.ts'
import { communicationTables, createCommunicationModule, createSinks } from '../modules/communication/index.ts'
import { createInsightsModule } from '../modules/insights/index.ts'
import { createPracticeModule } from '../modules/practice/index.ts'
import { createPrivacyModule } from '../modules/privacy/index.ts'
import { createRegistrationModule } from '../modules/registration/index.ts'
import { busTables, createPostgresStorage, type PrivateStorage } from '../postgres/index.ts'
import {
  cleanUpJobs,
  createHandling,
  type Handling,
  NodeLife,
  nextDueTimes,
  Scheduler,
  Unparking,
} from '../runtime/index.ts'
import { checkSecret } from './check-secret.ts'
import type { Config } from './config.ts'
import { createLimits } from './limits.ts'
import type { Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { atMostEvery, logAuditChain, logDispatcher, logNode, logOutage, SAME_LINE_EVERY_MS } from './observe.ts'
import { rotateSecret, sealOldRowsJob } from './resealing/index.ts'
import { version } from './version.ts'

/** A crashed node's work is taken up after this time, plus a second for the look. */
const LEASE_MS = 8_000
const POLL_MS = 1_000
const GRACE_MS = 10_000
const BEAT_MS = 2_000
const UNPARK_EVERY_MS = 30_000
/** When the leader dies another takes over after this time and a beat. */
const LEAD_MS = 8_000
/** Of all handlers together; what each takes of it is its concurrency. */
const MAX_IN_FLIGHT = 200
const POOL_SIZE = 20
const DEFAULT_ATTEMPTS = 6
const HOUR_MS = 60 * 60_000
const SIGN_UP_DELAYS = { remindAfterMs: 24 * HOUR_MS, expireAfterMs: 7 * 24 * HOUR_MS }
const CONNECTION_LINE_EVERY_MS = 10_000

/** What keeps something about people, in every module: what the key seals, what is exported, what is erased. */
const PERSONAL_TABLES = [...accountsTables, ...communicationTables, ...inspectorTables, ...busTables, ...auditTables]

export interface Environment {
  config: Config
  logger: Logger
  databaseUrl: string
  secret: string
}

export type Application = Awaited<ReturnType<typeof compose>>

export async function compose({ config, logger, databaseUrl, secret }: Environment) {
  const clock = { now: () => new Date() }
  const sealer = createSealer(secret, config.appSecretPrevious)
  const mayComplain = atMostEvery(CONNECTION_LINE_EVERY_MS)
  const node = `${os.hostname()}:${process.pid}:${randomUUID().slice(0, 4)}`
  let isStopping = false
  const storage: PrivateStorage = createPostgresStorage({
    url: databaseUrl,
    node,
    poolSize: POOL_SIZE,
    maxAttemptsOf: (subscription) => registry.subscriptions.get(subscription)?.retry.maxAttempts ?? DEFAULT_ATTEMPTS,
    privacy: { sealer, tables: PERSONAL_TABLES },
    onConnectionError: (error) => {
      // A server that goes away breaks all of them at once.
      if (!isStopping && mayComplain.now()) logger.warn({ error: error.message }, 'a database connection broke')
    },
  })
  const people = storage.people
  // The modules are put together before the catalog of their messages is.
  const privacy = {
    people,
    get catalog() {
      return catalog
    },
  }
  const guarded = protectPersonal(storage, privacy)
  // Without a real gateway a sink in this process speaks the same protocol, so that the same client code runs.
  const sinks = createSinks(storage.prisma)
  const gateways = {
    smtpUrl: config.smtpUrl ?? (await sinks.smtp.start()),
    smsUrl: config.smsUrl ?? (await sinks.sms.start()),
  }
  const faults = createFaults(storage.pool)
  const registration = createRegistrationModule({ processes: guarded.processes, delays: SIGN_UP_DELAYS })
  const communication = createCommunicationModule({ ...gateways, mailFrom: config.mailFrom, appUrl: config.appUrl })
  const registry = createRegistry([
    busModule,
    createAccountsModule({
      clock,
      firstAccountIsOperator: config.databaseUrl === null,
      operatorEmails: config.operatorEmails,
      secret,
      keys: storage.personKeys,
    }),
    communication,
    createAuditModule(),
    createInsightsModule(),
    createPracticeModule(),
    createPrivacyModule({ clock, keys: storage.personKeys, tables: PERSONAL_TABLES }),
    registration,
    createInspectorModule({
      clock,
      deliveries: storage.deliveries,
      outbox: guarded.outbox,
      planEdited: async (edit) => {
        const { envelope: original } = await openEnvelope(privacy, edit.original)
        return planEdited({ catalog, registry, clock }, { ...edit, original })
      },
      planReplay: async (stored, subscription) =>
        planReplay({ catalog, registry }, (await openEnvelope(privacy, stored)).envelope, subscription),
      messageOf: (subscription) => registry.subscriptions.get(subscription)?.subscription.message.name,
      handlerSettings: storage.handlerSettings,
      findHandler: (name) => registry.subscriptions.get(name)?.subscription,
    }),
  ])
  for (const { message, text } of adviseOnNames(registry.definitions)) logger.warn({ message }, text)
  const catalog = createCatalog(registry.definitions, sealer)
  const metrics = createMetrics(() => handling.dispatcher.inFlight)
  const log = logDispatcher(logger)
  const handling: Handling = createHandling({
    registry,
    catalog,
    clock,
    storage,
    people,
    interceptors: config.faults ? [faults.before] : [],
    observeOutage: logOutage(logger),
    observe: (event) => {
      log(event)
      metrics.observe(event)
    },
    leaseMs: LEASE_MS,
    pollMs: POLL_MS,
    graceMs: GRACE_MS,
    maxInFlight: MAX_IN_FLIGHT,
  })
  const { bus, pipeline, dispatcher } = handling
  const scheduler = new Scheduler({
    recurring: registry.recurring,
    store: storage.recurring,
    unitOfWork: storage.unitOfWork,
    bus,
    clock,
    onError: (error) =>
      logger.error({ error: recordError(error).message }, 'recurring messages could not be looked at'),
  })
  const mayTellOfSteps = atMostEvery(SAME_LINE_EVERY_MS)
  const operations = new OperationsDriver({
    bus,
    registry,
    unitOfWork: storage.unitOfWork,
    onError: (error) => {
      if (mayTellOfSteps.now()) {
        logger.warn({ error: (error as Error).message }, 'a step of an operation failed; it is taken again')
      }
    },
  })
  const unparking = new Unparking({
    unpark: () => unparkReadable({ registry, catalog, storage: guarded }),
    everyMs: UNPARK_EVERY_MS,
    observe: log,
  })
  const resealing = { storage, catalog, people, sealer, tables: PERSONAL_TABLES, emailKeyOf }
  const observeNode = logNode(logger)
  const typeOf = (handler: string) => registry.subscriptions.get(handler)?.subscription.message.name
  const life = new NodeLife({
    nodes: storage.nodes,
    description: { host: os.hostname(), pid: process.pid, role: config.role, version },
    jobs: [
      ...cleanUpJobs({
        history: storage.history,
        nodes: storage.nodes,
        retention: retentionOf(registry.definitions),
        processRetention: retentionOf(registration.processes),
        observe: observeNode,
      }),
      auditChainJob({ pool: storage.pool, sealer }, logAuditChain(logger)),
      ...rollUpJobs({ pool: storage.pool, catalog, clock, typeOf }, [...registry.subscriptions.keys()]),
      sealOldRowsJob(resealing, version),
    ],
    inFlight: () => dispatcher.inFlight,
    observe: observeNode,
    beatMs: BEAT_MS,
    leadMs: LEAD_MS,
  })
  return {
    node,
    clock,
    sealer,
    people,
    personalTables: PERSONAL_TABLES,
    rotateSecret: () => rotateSecret(resealing),
    storage: guarded,
    registry,
    catalog,
    bus,
    pipeline,
    faults,
    dispatcher,
    metrics,
    queries: createInspectorQueries({
      ...{ pool: storage.pool, planned: storage.planned, catalog, people, registry, faults, clock },
      processes: registration.processes,
      emailKeysOf: (email) => storage.personal.lookUps(emailKeyOf(email)),
      handlerSettings: storage.handlerSettings,
      recurring: storage.recurring,
      nextDueTimes,
    }),
    limits: createLimits({ pool: storage.pool, secret, table: config.limits }),
    sessions: createSessions({ prisma: storage.prisma, clock, operatorEmails: config.operatorEmails }),
    start: async () => {
      await checkSecret({ pool: storage.pool, catalog })
      await storage.start()
      life.start()
      if (config.role === 'web') return
      dispatcher.start()
      unparking.start()
      operations.start()
      scheduler.start()
    },
    stop: async () => {
      isStopping = true
      await scheduler.stop()
      await operations.stop()
      await handling.stop()
      await unparking.stop()
      await life.stop()
      communication.close()
      if (!config.smtpUrl) await sinks.smtp.stop()
      if (!config.smsUrl) await sinks.sms.stop()
      await storage.stop()
    },
  }
}
