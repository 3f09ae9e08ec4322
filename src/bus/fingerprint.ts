import { createHash } from 'node:crypto'
import type { RecordedError } from './errors.ts'

const LENGTH = 16

/**
 * What makes two failures the same to whoever has to decide about them: the same kind of error, from the same place
 * in our own code, in the same handler. Texts and line numbers are left out: they change while the cause does not.
 */
export function fingerprintOf({ name, code, stack }: RecordedError, subscription: string): string {
  const parts = [name, code ?? '', firstOwnFrame(stack), subscription]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, LENGTH)
}

const FRAME = /^\s*at (?:async )?(?:(.+?) \()?(.+?):\d+:\d+\)?$/

/** Function and file of the first frame that is neither a library's nor Node's; empty where there is none. */
export function firstOwnFrame(stack: string | null): string {
  for (const line of (stack ?? '').split('\n')) {
    const [, called = '', file = ''] = FRAME.exec(line) ?? []
    if (!file || isForeign(file)) continue
    return `${called} ${fromSources(file)}`.trim()
  }
  return ''
}

function isForeign(file: string): boolean {
  return file.startsWith('node:') || file.includes('node_modules') || file.startsWith('internal/')
}

/** Two nodes may keep the same code in different places. */
function fromSources(file: string): string {
  const path = file
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .replace(/\?.*$/, '')
  const sources = path.lastIndexOf('/src/')
  return sources >= 0 ? path.slice(sources + 1) : path.split('/').slice(-2).join('/')
}
