/**
 * Tells an attempt to stop. Its signal is made when somebody asks for it: few handlers do, and one for each delivery is
 * most of what a quick one leaves to be cleared away.
 */
export class Interruption {
  #controller: AbortController | undefined
  #reason: Error | undefined

  get isAborted(): boolean {
    return this.#reason !== undefined
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.isAborted) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  /** The first reason stands. */
  abort(reason: Error): void {
    if (this.isAborted) return
    this.#reason = reason
    this.#controller?.abort(reason)
  }

  throwIfAborted(): void {
    if (this.#reason) throw this.#reason
  }
}
