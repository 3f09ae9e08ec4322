import { afterEach, expect, test, vi } from 'vitest'
import { isReadOnTheWay, tlsFault } from './tls.ts'

const elsewhere = (query: string) => `postgresql://me@db.example/waybill?${query}`

afterEach(() => void vi.unstubAllEnvs())

test.each([
  ['', true],
  ['sslmode=disable', true],
  ['sslmode=disable&sslnegotiation=postgres', true],
  ['ssl=0', true],
  ['ssl=', true],
  ['ssl=1&sslmode=disable', true],
  // Each of these asks for TLS, and gives up where the server has none.
  ['sslmode=allow', false],
  ['sslmode=prefer', false],
  ['sslmode=require', false],
  ['sslmode=verify-ca', false],
  ['sslmode=verify-full', false],
  ['sslmode=no-verify', false],
  ['uselibpqcompat=true&sslmode=prefer', false],
  ['ssl=0&sslmode=require', false],
  ['ssl=true', false],
  ['ssl=1', false],
  ['ssl=no-verify', false],
  ['sslnegotiation=direct', false],
  ['host=127.0.0.1', false],
])('whether what goes to a database elsewhere with ?%s can be read on the way: %s', (query, isRead) => {
  expect(tlsFault(elsewhere(query))).toBeNull()
  expect(isReadOnTheWay(elsewhere(query))).toBe(isRead)
})

test.each([
  ['postgresql://me@127.0.0.1/waybill', false],
  ['postgresql://me@[::1]:5433/waybill', false],
  ['postgresql://me@localhost/waybill?host=db.example', true],
  ['postgresql:///waybill?host=/var/run/postgresql', false],
  ['postgresql://me@%2Fvar%2Frun%2Fpostgresql/waybill', false],
])('whether what goes to %s can be read on the way: %s', (url, isRead) => {
  expect(isReadOnTheWay(url)).toBe(isRead)
})

test('what the environment says of TLS holds where the address says nothing', () => {
  vi.stubEnv('PGSSLMODE', 'require')
  expect(isReadOnTheWay(elsewhere(''))).toBe(false)
  expect(isReadOnTheWay(elsewhere('sslmode=disable'))).toBe(true)
})

test.each([
  ['ssl=false', 'sslmode=disable instead of ssl'],
  ['sslrootcert=/nowhere/ca.pem', 'no such file'],
  ['uselibpqcompat=true&sslmode=verify-ca', 'sslrootcert'],
  ['sslnegotiation=maybe', 'Invalid sslnegotiation value'],
  ['sslmode=disable&sslnegotiation=direct', 'requires SSL'],
])('an address with ?%s cannot be followed, and it is said why', (query, reason) => {
  expect(tlsFault(elsewhere(query))).toContain(reason)
})
