import type { Page, WebSocketRoute } from '@playwright/test'
import type { Changes, Cursor, Subscribed } from '../src/inspector/model/feed-protocol.ts'
import type { MessageRow } from '../src/inspector/model/view.ts'

/** The line between a page and its server, in the hands of a test: it falls silent, is cut, or says more than was said. */
export class Line {
  /** Whether the server's signs of life are kept from the page. */
  isMuted = false
  #socket: WebSocketRoute | undefined
  /** Answers to questions of the page that wait, where they are held back. */
  #held: string[] | null = null
  #end: Cursor | null = null
  /** Up to where the page has asked: what is forged before anything was pushed goes on from there. */
  #cursor: Cursor = 'forged'
  #isForged = false

  static async of(page: Page): Promise<Line> {
    const line = new Line()
    await page.routeWebSocket(/\/socket\.io\//, (socket) => line.#join(socket))
    return line
  }

  #join(socket: WebSocketRoute): void {
    const server = socket.connectToServer()
    this.#socket = socket
    socket.onMessage((frame) => server.send(frame))
    server.onMessage((frame) => this.#pass(String(frame)))
  }

  #pass(frame: string): void {
    if (this.isMuted && frame.startsWith('42["head"')) return
    if (this.#isForged && frame.startsWith('42["changes"')) return
    this.#note(frame)
    if (this.#held && /^43\d/.test(frame)) this.#held.push(frame)
    else this.#socket?.send(frame)
  }

  /** Remembers where the newest batch ended: a forged one goes on from there. */
  #note(frame: string): void {
    const json = /^4[23]\d*(\[.*)$/s.exec(frame)?.[1]
    if (!json) return
    const said = JSON.parse(json) as unknown[]
    if (frame.startsWith('43')) {
      const answer = said[0] as Subscribed
      if (!answer?.ok) return
      this.#end = answer.end
      this.#cursor = answer.cursor
    } else if (said[0] === 'changes') this.#end = (said[1] as Changes).to
  }

  /** What really comes from now on is kept from the page. */
  keepNewsBack(): void {
    this.#isForged = true
  }

  /** Tells the page of messages as if they had just come, and from now on of nothing else. */
  tell(messages: readonly MessageRow[]): void {
    this.keepNewsBack()
    const to = this.#end ?? this.#cursor
    const changes: Changes = { room: 'live', from: this.#end, to, messages: [...messages], deliveries: [] }
    this.#end = to
    this.#socket?.send(`42${JSON.stringify(['changes', changes])}`)
  }

  holdAnswers(): void {
    this.#held = []
  }

  releaseAnswers(): void {
    for (const frame of this.#held ?? []) this.#socket?.send(frame)
    this.#held = null
  }

  async cut(): Promise<void> {
    await this.#socket?.close({ code: 1001 })
  }
}
