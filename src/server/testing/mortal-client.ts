import pg from 'pg'

/** `unsent`: the statement never reaches the server. `unheard`: the server performs it, and nobody hears of it. */
export type Death = 'unsent' | 'unheard'

/**
 * The life of a node in this process, as its database sees it: at a chosen statement every connection breaks off and
 * nothing that was asked is ever answered. That is what a `kill -9` leaves behind, many times faster.
 */
export class Life {
  /** What was asked so far, in order. */
  readonly statements: string[] = []
  readonly died = Promise.withResolvers<void>()
  isOver = false
  readonly #dieAt: number
  readonly #death: Death
  readonly #clients = new Set<Client>()

  /** @param dieAt number of the statement at which it ends, 1 for the first; `Infinity` for a life without an end. */
  constructor(dieAt: number, death: Death) {
    this.#dieAt = dieAt
    this.#death = death
  }

  /** All connections of the node share this life. */
  begin(node: string): void {
    lives.set(node, this)
  }

  share(client: Client): void {
    this.#clients.add(client)
  }

  /** Counts a statement; tells what becomes of it. `silence`: whoever asks is dead or dying, and is not answered. */
  ask(statement: string): 'lives' | 'silence' | Death {
    if (this.isOver || this.statements.length >= this.#dieAt) return 'silence'
    // Other nodes are told on a timer of its own, which may open a connection: both change nothing, and would make the
    // count depend on time.
    if (statement.includes('pg_notify') || statement.startsWith('SET ')) return 'lives'
    this.statements.push(statement)
    return this.statements.length === this.#dieAt ? this.#death : 'lives'
  }

  readonly end = (): void => {
    if (this.isOver) return
    this.isOver = true
    for (const client of this.#clients) cutOff(client)
    this.died.resolve()
  }
}

type Client = pg.Client & {
  connectionParameters: { application_name?: string }
  connection: { stream: NodeJS.ReadWriteStream & { destroy(): void } }
}

const lives = new Map<string, Life>()
const NEVER = new Promise<never>(() => {})

/** Whatever pool a connection belongs to: it names its node. */
function lifeOf({ connectionParameters }: Client): Life | undefined {
  const [, node = ''] = connectionParameters.application_name?.split(' ') ?? []
  return lives.get(node)
}

const { query, connect } = pg.Client.prototype as unknown as {
  query(this: Client, statement: string | { text: string }, ...rest: unknown[]): Promise<unknown> | undefined
  connect(this: Client, ...rest: unknown[]): Promise<unknown> | undefined
}

Object.assign(pg.Client.prototype, {
  query(this: Client, statement: string | { text: string }, ...rest: unknown[]) {
    const life = lifeOf(this)
    const fate = life?.ask(typeof statement === 'string' ? statement : statement.text) ?? 'lives'
    if (!life || fate === 'lives') return query.call(this, statement, ...rest)
    // The pool asks with a callback, everybody else awaits: neither is ever answered. What would be sent along with a
    // statement, without a wait for its answer, does not get out any more.
    if (fate === 'unsent') life.end()
    else if (fate === 'unheard')
      void query.call(this, statement, ...rest.filter(isNoCallback))?.then(life.end, life.end)
    return NEVER
  },
  connect(this: Client, ...rest: unknown[]) {
    const life = lifeOf(this)
    life?.share(this)
    return life?.isOver ? NEVER : connect.call(this, ...rest)
  },
})

function isNoCallback(argument: unknown): boolean {
  return typeof argument !== 'function'
}

/** Nobody is told: whoever was killed hears nothing. */
function cutOff({ connection: { stream } }: Client): void {
  stream.removeAllListeners()
  stream.on('error', () => {})
  stream.destroy()
}
