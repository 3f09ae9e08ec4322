import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { Subscribed } from '../../src/inspector/model/feed-protocol.ts'
import { median } from '../measure.ts'
import type { Server } from '../server.ts'

const VIEWERS = 10
/** Connections are made and snapshots are read before it counts. */
const SETTLE_MS = 2_000

interface Watched {
  server: Server
  origin: string
  cookie: string
  /** Of each side, and how often they take turns. */
  ms: number
  rounds: number
}

/** The database's processor time, without its vacuum, with ten viewers of the live list, as a multiple of that with none. */
export async function viewersRatio({ server, origin, cookie, ms, rounds }: Watched): Promise<number> {
  const without: number[] = []
  const withViewers: number[] = []
  const sides = [
    async () => without.push(await secondsIn(server, ms)),
    async () => {
      const viewers = await Promise.all(Array.from({ length: VIEWERS }, () => follow(origin, cookie)))
      withViewers.push(await secondsIn(server, ms))
      for (const viewer of viewers) viewer.close()
    },
  ]
  // What is stored grows meanwhile: another side is first in each round.
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side()
  }
  return median(withViewers) / median(without)
}

async function secondsIn(server: Server, ms: number): Promise<number> {
  await delay(SETTLE_MS)
  const seconds = await server.secondsWithoutVacuum(ms)
  if (seconds === null) throw new Error('This system does not tell the processor time of others.')
  return seconds
}

async function follow(origin: string, cookie: string): Promise<Socket> {
  const socket = io(origin, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } })
  const answer = (await socket.timeout(10_000).emitWithAck('subscribe', { room: 'live' }, null)) as Subscribed
  if (!answer.ok) throw new Error(`Not allowed to watch: ${answer.reason}`)
  return socket
}
