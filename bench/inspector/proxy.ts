import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A line to the app that can be cut. */
export class CuttableLine {
  readonly #sockets = new Set<Socket>()
  #target: URL | null = null
  #isCut = false
  readonly #server = createServer((inner) => {
    if (this.#isCut || !this.#target) return inner.destroy()
    const outer = connect(Number(this.#target.port), this.#target.hostname)
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
      socket.on('error', () => other.destroy())
      socket.pipe(other)
    }
  })

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (typeof address !== 'object' || !address) throw new Error('There is no free port.')
    return `http://127.0.0.1:${address.port}`
  }

  leadTo(origin: string): void {
    this.#target = new URL(origin)
  }

  /** Ends all connections at once, and lets none through until {@link mend}. */
  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}
