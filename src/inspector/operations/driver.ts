import { type Bus, type OperationParts, type Registry, stepOperation, type UnitOfWork } from '../../bus/index.ts'
import { OperationEnded } from '../operation-messages.ts'
import { storedOperations } from './store.ts'

interface DriverParts {
  bus: Bus
  registry: Registry
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
    const { bus, registry, unitOfWork } = this.#parts
    const onEnded: OperationParts['onEnded'] = (tx, operationId, state) =>
      bus.publish(OperationEnded, { operationId, state }, { tx })
    return unitOfWork.run((tx) => stepOperation({ operations: storedOperations, registry, onEnded }, tx))
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
