'use client'
import { io, type Socket } from 'socket.io-client'

let socket: Socket | undefined

/** The page's one connection to the feed. It connects when somebody follows something. */
export function feedSocket(): Socket {
  socket ??= io({
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    autoConnect: false,
    reconnectionDelayMax: 2_000,
    // An attempt that gets no answer is given up and made again: the default would wait 20 seconds for it.
    timeout: 4_000,
  })
  return socket
}
