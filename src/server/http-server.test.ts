import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createHttpServer, HTTP_LIMITS } from './http-server.ts'

const SOON = { headersMs: 150, requestMs: 300, lookEveryMs: 20, keepAliveMs: 100, headerBytes: 2_048 }

/** A client that is still writing may see the connection end before it reads why. */
const LET_GO = /^$|^HTTP.1.1 408 Request Timeout/

let server: Server

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** What a connection is told until it is closed, when it writes `parts`, one every 40 ms. */
async function toldTo(parts: Iterable<string>): Promise<string> {
  server = createHttpServer(SOON)
  server.on('request', (request, response) => request.resume().on('end', () => response.end('taken')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let told = ''
  socket.on('data', (chunk) => {
    told += String(chunk)
  })
  socket.on('error', () => undefined)
  const dribbling = dribble(socket, parts[Symbol.iterator]())
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(dribbling)
  return told
}

function dribble(socket: Socket, parts: Iterator<string>): NodeJS.Timeout {
  const write = () => {
    const { value, done } = parts.next()
    if (!done && socket.writable) socket.write(value)
  }
  write()
  return setInterval(write, 40)
}

function* endlessly(first: string, next: string): Iterable<string> {
  yield first
  for (;;) yield next
}

it('lets go who sends headers without end, a line now and then', async () => {
  expect(await toldTo(endlessly('GET / HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'))).toMatch(LET_GO)
})

it('lets go who connects and says nothing', async () => {
  expect(await toldTo([])).toMatch(LET_GO)
})

it('lets go who sends a body without end, a byte now and then', async () => {
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n'
  expect(await toldTo(endlessly(head, 'x'))).toMatch(LET_GO)
})

it('takes no headers longer than it says', async () => {
  expect(await toldTo([`GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(4_000)}\r\n\r\n`])).toContain('431 ')
})

it('takes no request that ends in two ways', async () => {
  const twice = ['Content-Length: 3\r\nTransfer-Encoding: chunked', 'Content-Length: 3\r\nContent-Length: 4']
  for (const headers of twice)
    expect(await toldTo([`POST / HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n0\r\n\r\n`])).toContain(' 400 Bad Request')
})

it('answers who is in time, and keeps the connection only for a moment', async () => {
  expect(await toldTo(['GET / HTTP/1.1\r\nHost: a\r\n\r\n'])).toMatch(/^HTTP.1.1 200 OK[\s\S]*taken$/)
})

it('gives real people enough time', () => {
  expect(HTTP_LIMITS).toMatchObject({ headersMs: 10_000, requestMs: 30_000, headerBytes: 16_384 })
})
