import { type Logger, pino } from 'pino'
import { linesForPeople } from './log-lines.ts'

export type { Logger } from 'pino'

/** From the quietest to the most talkative. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

const SECRETS = ['password', 'passwordHash', 'token', 'confirmationToken', 'secret', 'cookie', 'authorization']

/**
 * Writes to standard output: JSON lines, or lines for people where that is a terminal.
 *
 * Fields with the name of a secret are struck out, also one level down.
 */
export function createLogger(options: { level: LogLevel }): Logger {
  const redact = { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' }
  const settings = { level: options.level, base: null, redact, timestamp: pino.stdTimeFunctions.isoTime }
  return process.stdout.isTTY ? pino(settings, linesForPeople(process.stdout)) : pino(settings)
}

/** For tests, and wherever nobody listens. */
export const silentLogger: Logger = pino({ level: 'silent' })
