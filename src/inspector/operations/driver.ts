import type { UnitOfWork } from '../../bus/index.ts'
import { type StepParts, stepOperation } from './step.ts'

interface DriverParts extends StepParts {
  unitOfWork: UnitOfWork
  onError(error: unknown): void
}

const LOOK_MS = 500

/**
 * Takes the steps of operations. Every node has one; a step locks its operation, and what it knows stands in rows, so
 * that any node goes on where another one ended.
 */
export class OperationsDriver {
  readonly #parts: DriverParts
  #timer: NodeJS.Timeout | undefined
  #isStopped = true
  #looking: Promise<void> = Promise.resolve()

  constructor(parts: DriverParts) {
    this.#parts = parts
  }

  start(): void {
    this.#isStopped = false
    this.#plan()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#looking
  }

  /** Returns whether there was a step to take. */
  step(): Promise<boolean> {
    return this.#parts.unitOfWork.run((tx) => stepOperation(this.#parts, tx))
  }

  #plan(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#plan())
    }, LOOK_MS)
  }

  async #look(): Promise<void> {
    try {
      while (!this.#isStopped && (await this.step()));
    } catch (error) {
      this.#parts.onError(error)
    }
  }
}
