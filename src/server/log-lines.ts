import { pino } from 'pino'
import { z } from 'zod'
import { inOneLine } from '../web/hidden-characters.ts'

const entrySchema = z.looseObject({ level: z.number(), time: z.string(), msg: z.string().optional() })

/** Turns the logger's JSON into `14:03:07 info  what happened  field=value`, one line each. */
export function linesForPeople(out: { write(text: string): unknown }): { write(json: string): void } {
  return { write: (json) => void out.write(`${toLine(json)}\n`) }
}

function toLine(json: string): string {
  const { level, time, msg, ...fields } = entrySchema.parse(JSON.parse(json))
  const rest = Object.entries(fields).map(([name, value]) => `  ${name}=${toText(value)}`)
  return `${time.slice(11, 19)} ${(pino.levels.labels[level] ?? '').padEnd(5)} ${msg ?? ''}${rest.join('')}`
}

function toText(value: unknown): string {
  if (typeof value === 'string') return inOneLine(value)
  const stack = z.object({ stack: z.string() }).safeParse(value)
  return stack.success ? stack.data.stack.split('\n').map(inOneLine).join('\n') : JSON.stringify(value)
}
