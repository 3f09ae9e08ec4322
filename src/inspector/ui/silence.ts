/** The server says every second that it is there; after so long without a word it is silent. */
const SILENT_MS = 5_000

/** Tells when a server that should have said something has not. */
export class Silence {
  readonly #onSilent: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onSilent: () => void) {
    this.#onSilent = onSilent
  }

  /** From the first moment on, and anew at every word: a server that never says anything is silent, too. */
  expectSign(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onSilent, SILENT_MS)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
