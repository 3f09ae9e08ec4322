import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Ends a process, if it still runs, and waits until it is gone. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** Rejects when the process ends before the promise settles. */
export async function whileAlive<T>(child: ChildProcess, promise: Promise<T>): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A process that is needed ended with ${code}.`)
  })
  return Promise.race([promise, ended])
}
