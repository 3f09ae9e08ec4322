import path from 'node:path'
import { z } from 'zod'
import { changeLimits, LIMITS, type LimitTable } from '../web/limits.ts'
import { isNetwork } from './client-address.ts'
import { tlsFault } from './database/tls.ts'
import { LOG_LEVELS, type LogLevel } from './logger.ts'
import { isOwnMachine } from './own-machine.ts'
import { StartupError } from './startup-error.ts'

/** What a node does: serve people, handle messages, or both. */
export type Role = 'all' | 'web' | 'worker'

/** Everything the environment decides, parsed once. */
export interface Config {
  /** `next dev` instead of the build. */
  readonly development: boolean
  readonly host: string
  readonly port: number
  /** Where people reach the app; no slash at the end. Links in mails begin with it. */
  readonly appUrl: string
  /** `null`: start the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null
  /** Absolute. */
  readonly dataDir: string
  /** `null`: the one kept in `dataDir`. */
  readonly appSecret: string | null
  /** What was sealed with it is read as well, until `waybill rotate-secret` has sealed it anew. */
  readonly appSecretPrevious: string | null
  /** `null`: mail goes to the built-in sink. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  /** `null`: text messages go to the built-in sink. */
  readonly smsUrl: string | null
  /** Lower case. */
  readonly operatorEmails: readonly string[]
  readonly role: Role
  readonly logLevel: LogLevel
  /** Whether operators may tell handlers to fail. */
  readonly faults: boolean
  /** What a reader of the node's figures must show; `null`: see `mayReadMetrics`. */
  readonly metricsToken: string | null
  /** Addresses and networks of proxies that are believed when they say who asks. */
  readonly trustedProxies: readonly string[]
  readonly limits: LimitTable
}

const MIN_SECRET_LENGTH = 32
const SWITCH = { '1': true, true: true, on: true, yes: true, '0': false, false: false, off: false, no: false } as const
const PORT_HINT = 'Give a number from 1 to 65535.'
const SMS_HINT =
  "Give the address of a provider with Twilio's API, like https://account:token@api.twilio.com/2010-04-01?From=%2B15005550006."
const UNSHOWN = ['DATABASE_URL', 'APP_SECRET', 'APP_SECRET_PREVIOUS', 'SMTP_URL', 'SMS_URL', 'METRICS_TOKEN']

/**
 * Reads the settings out of `env`; an empty variable counts as not set.
 *
 * @throws StartupError naming every variable that does not fit, its value (unless that could hold a secret) and
 * what would fit.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environment.safeParse(set)
  if (!parsed.success) throw unfit(set, parsed.error)
  const { DATABASE_URL: databaseUrl = null, APP_SECRET: appSecret = null, ...settings } = parsed.data
  const appUrl = settings.APP_URL ?? `http://localhost:${settings.PORT}`
  return Object.freeze({
    development: settings.NODE_ENV === 'development',
    host: settings.HOST,
    port: settings.PORT,
    appUrl,
    databaseUrl,
    dataDir: path.resolve(settings.DATA_DIR),
    appSecret,
    appSecretPrevious: settings.APP_SECRET_PREVIOUS ?? null,
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom: settings.MAIL_FROM ?? `Waybill <waybill@${new URL(appUrl).hostname}>`,
    smsUrl: settings.SMS_URL ?? null,
    operatorEmails: Object.freeze(settings.OPERATOR_EMAILS),
    role: settings.ROLE,
    logLevel: settings.LOG_LEVEL,
    faults: settings.FAULTS ?? (databaseUrl === null || settings.NODE_ENV === 'development'),
    metricsToken: settings.METRICS_TOKEN ?? null,
    trustedProxies: Object.freeze(settings.TRUST_PROXY),
    limits: Object.freeze(settings.LIMITS),
  })
}

const environment = z
  .object({
    NODE_ENV: z.string().optional(),
    PORT: z
      .string()
      .regex(/^\d+$/, PORT_HINT)
      .transform(Number)
      .pipe(z.number().min(1, PORT_HINT).max(65_535, PORT_HINT))
      .default(3000),
    HOST: z
      .string()
      .regex(/^[\w.:-]+$/, 'Give an address to listen on, like 127.0.0.1 or 0.0.0.0.')
      .default('127.0.0.1'),
    APP_URL: urlOf(['http:', 'https:'], 'Give the address people open, like https://waybill.example.')
      .refine((url) => new URL(url).pathname === '/', 'The app lives at the root of its host: leave the path away.')
      .transform((url) => new URL(url).origin)
      .optional(),
    DATABASE_URL: urlOf(['postgres:', 'postgresql:'], 'Give postgresql://user:password@host:5432/database.')
      .refine((url) => new URL(url).pathname.length > 1, 'The name of the database is missing at its end.')
      .refine(isDecodable, {
        message: 'A % in the user, the password or the name of the database must be written as %25.',
        abort: true,
      })
      .check(({ value, issues }) => {
        const message = tlsFault(value)
        if (message !== null) issues.push({ code: 'custom', input: value, message })
      })
      .optional(),
    DATA_DIR: z.string().default('.data'),
    APP_SECRET: z
      .string()
      .min(
        MIN_SECRET_LENGTH,
        `Give at least ${MIN_SECRET_LENGTH} characters, for example from: openssl rand -base64 32`,
      )
      .optional(),
    APP_SECRET_PREVIOUS: z.string().min(MIN_SECRET_LENGTH, 'Give the APP_SECRET that was used before.').optional(),
    SMTP_URL: urlOf(['smtp:', 'smtps:'], 'Give smtp://user:password@host:587 or smtps://….')
      .refine(
        checksCertificate,
        'Leave tls.rejectUnauthorized=false away: anybody on the way could read the mail. Name the authority of a certificate of your own with NODE_EXTRA_CA_CERTS.',
      )
      .transform(askingForTls)
      .optional(),
    MAIL_FROM: z
      .string()
      .regex(
        /^([^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
        'Give an address, like Waybill <hello@waybill.example>.',
      )
      .optional(),
    SMS_URL: urlOf(['http:', 'https:'], SMS_HINT)
      .refine((url) => Boolean(new URL(url).username && new URL(url).password), SMS_HINT)
      .refine(
        (url) => new URL(url).protocol === 'https:' || isOwnMachine(new URL(url).hostname),
        'Give an address that begins with https: the token and every text could be read on the way.',
      )
      .optional(),
    OPERATOR_EMAILS: z
      .string()
      .transform((list) => list.split(',').flatMap((item) => item.trim().toLowerCase() || []))
      .pipe(z.array(z.email('Give e-mail addresses with commas between them.')))
      .default([]),
    ROLE: z.enum(['all', 'web', 'worker'], 'Give all, web or worker.').default('all'),
    LOG_LEVEL: z.enum(LOG_LEVELS, `Give one of ${LOG_LEVELS.join(', ')}.`).default('info'),
    FAULTS: z
      .string()
      .toLowerCase()
      .pipe(z.enum(Object.keys(SWITCH) as (keyof typeof SWITCH)[], 'Give on or off.'))
      .transform((word) => SWITCH[word])
      .optional(),
    METRICS_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/, 'Give at least 16 characters without blanks, for example from: openssl rand -hex 16')
      .optional(),
    TRUST_PROXY: z
      .string()
      .transform((list) => list.split(',').flatMap((item) => item.trim() || []))
      .pipe(z.array(z.string().refine(isNetwork, 'Give addresses or networks of proxies, like 127.0.0.1, 10.0.0.0/8.')))
      .default([]),
    LIMITS: z
      .string()
      .transform((text, { addIssue }) => {
        const limits = changeLimits(text)
        if (!('problem' in limits)) return limits
        addIssue(limits.problem)
        return z.NEVER
      })
      .default(LIMITS),
  })
  .refine((set) => set.DATABASE_URL === undefined || set.APP_SECRET !== undefined, {
    path: ['APP_SECRET'],
    message:
      'All nodes on one DATABASE_URL must share one secret: give the same 32 characters or more to each, for example from: openssl rand -base64 32',
  })
  .refine((set) => set.ROLE === 'all' || set.DATABASE_URL !== undefined, {
    path: ['DATABASE_URL'],
    message:
      'A node that is only a web or a worker node (ROLE) shares a database with others: give postgresql://user:password@host:5432/database. Or leave ROLE away, for one node that does everything.',
  })

function urlOf(protocols: readonly string[], hint: string) {
  const fits = (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol)
  return z.string().refine(fits, { message: hint, abort: true })
}

function checksCertificate(smtpUrl: string): boolean {
  const { hostname, searchParams } = new URL(smtpUrl)
  return isOwnMachine(hostname) || searchParams.get('tls.rejectUnauthorized') !== 'false'
}

/** Without it, whoever is on the way to the server could strike out that it offers TLS. */
function askingForTls(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  if (url.protocol === 'smtps:' || isOwnMachine(url.hostname) || url.searchParams.has('requireTLS')) return smtpUrl
  url.searchParams.set('requireTLS', 'true')
  return url.href
}

function isDecodable(url: string): boolean {
  const { username, password, pathname } = new URL(url)
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}

function unfit(set: Record<string, string | undefined>, error: z.ZodError): StartupError {
  const problems = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]))
  const names = [...problems.keys()].map((name) => `${name} ${stateOf(name, set[name])}`)
  const hints = [...problems].map(([name, hint]) => `${name}: ${hint}`)
  return new StartupError(`Cannot start: ${names.join('; ')}.`, hints.join('\n'))
}

function stateOf(name: string, value: string | undefined): string {
  if (value === undefined) return 'is not set'
  return UNSHOWN.includes(name)
    ? 'does not fit (its value is not shown, it may hold a secret)'
    : `does not fit: ${JSON.stringify(value)}`
}
