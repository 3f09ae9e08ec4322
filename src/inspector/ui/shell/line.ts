'use client'
import { useSyncExternalStore } from 'react'
import { feedSocket } from '../../../web/socket.ts'
import { Silence } from '../silence.ts'

/** What the page's line to its server is doing. */
export interface Line {
  state: 'connecting' | 'live' | 'stale' | 'reconnecting' | 'refused'
  /** When the server was heard of last. */
  heardAt: number | null
}

const AT_FIRST: Line = { state: 'connecting', heardAt: null }
const listeners = new Set<() => void>()
let line: Line = AT_FIRST
const silence = new Silence(() => show({ ...line, state: 'stale' }))

/** Listens on the connection that the page has anyway; the server says every second that it is there. */
export function useLine(): Line {
  return useSyncExternalStore(
    subscribe,
    () => line,
    () => AT_FIRST,
  )
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) open()
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) close()
  }
}

function open(): void {
  const socket = feedSocket()
  socket.on('connect', expectSign)
  socket.on('head', onHead)
  socket.on('disconnect', onDisconnect)
  socket.on('connect_error', onRefused)
  if (socket.connected) expectSign()
  else socket.connect()
}

function close(): void {
  const socket = feedSocket()
  socket.off('connect', expectSign)
  socket.off('head', onHead)
  socket.off('disconnect', onDisconnect)
  socket.off('connect_error', onRefused)
  silence.stop()
}

function expectSign(): void {
  silence.expectSign()
}

function onHead(): void {
  expectSign()
  show({ state: 'live', heardAt: Date.now() })
}

function onDisconnect(reason: string): void {
  silence.stop()
  show({ ...line, state: reason === 'io server disconnect' ? 'refused' : 'reconnecting' })
}

function onRefused(error: Error): void {
  show({ ...line, state: error.message === 'not-signed-in' ? 'refused' : 'reconnecting' })
}

function show(next: Line): void {
  line = next
  for (const listener of listeners) listener()
}
