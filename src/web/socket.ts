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
  })
  return socket
}
