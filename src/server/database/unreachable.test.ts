import { expect, test } from 'vitest'
import { unreachable } from './unreachable.ts'

const URL = 'postgresql://anna:hush@db.example/waybill'
const fault = (message: string, code?: string) => Object.assign(new Error(message), code && { code })

test.each([
  [fault('connect ECONNREFUSED', 'ECONNREFUSED'), 'db.example:5432 cannot be reached (ECONNREFUSED', 'host and port'],
  [fault('getaddrinfo ENOTFOUND', 'ENOTFOUND'), 'cannot be reached (ENOTFOUND', 'host and port'],
  [fault('Connection terminated due to connection timeout'), 'cannot be reached (Connection', 'host and port'],
  [fault('password authentication failed', '28P01'), 'does not let in the user anna', 'user and password'],
  [fault('no pg_hba.conf entry for host, no encryption', '28000'), 'user anna (no pg_hba.conf entry', 'sslmode'],
  [fault('database does not exist', '3D000'), 'no database waybill at db.example:5432', 'createdb waybill'],
  [fault('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), 'asks for a password', 'Add it'],
  [fault('The server does not support SSL connections'), 'no encrypted connections', 'sslmode'],
])('%s is told as: %s', (cause, problem, wayOut) => {
  const { name, message } = unreachable(URL, cause)
  const [first = '', second = ''] = message.split('\n')
  expect(name).toBe('StartupError')
  expect(first).toContain(problem)
  expect(second).toContain(wayOut)
  expect(message).not.toContain('hush')
})
