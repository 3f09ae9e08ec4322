import { describe, expect, it } from 'vitest'
import { type RecordedError, recordError } from './errors.ts'
import { fingerprintOf, firstOwnFrame } from './fingerprint.ts'

const error = (changes: Partial<RecordedError> = {}): RecordedError => ({
  name: 'TypeError',
  message: 'x is not a function',
  code: null,
  cause: null,
  stack: [
    'TypeError: x is not a function',
    '    at new Promise (<anonymous>)',
    '    at connect (node:net:12:3)',
    '    at Pool.query (/app/node_modules/pg/lib/pool.js:45:11)',
    '    at async sendMail (file:///app/src/modules/communication/email.ts:30:5)',
    '    at async run (/app/src/bus/pipeline.ts:9:1)',
  ].join('\n'),
  ...changes,
})

describe('the fingerprint of a failure', () => {
  it('is the same for another text, another line and another place of the same code', () => {
    const moved = error().stack!.replaceAll('/app/', '/srv/waybill/').replace(':30:5', ':31:7')
    expect(fingerprintOf(error({ message: 'y', stack: moved }), 'a.b')).toBe(fingerprintOf(error(), 'a.b'))
  })

  it('I3: is another one for another class, code, place of our own, or handler', () => {
    const others = [
      fingerprintOf(error({ name: 'RangeError' }), 'a.b'),
      fingerprintOf(error({ code: 'ECONNREFUSED' }), 'a.b'),
      fingerprintOf(error({ stack: error().stack!.replace('sendMail', 'sendText') }), 'a.b'),
      fingerprintOf(error(), 'a.c'),
    ]
    expect(new Set([...others, fingerprintOf(error(), 'a.b')]).size).toBe(5)
  })

  it('knows our own code from that of libraries and of Node', () => {
    expect(firstOwnFrame(error().stack)).toBe('sendMail src/modules/communication/email.ts')
    expect(firstOwnFrame('Error: x\n    at C:\\work\\waybill\\src\\a.ts:1:2')).toBe('src/a.ts')
    expect(firstOwnFrame('Error: x\n    at connect (node:net:1:2)')).toBe('')
    expect(firstOwnFrame(null)).toBe('')
  })

  it('reads the stack of a real error', () => {
    const thrower = () => new Error('here')
    expect(firstOwnFrame(recordError(thrower()).stack)).toMatch(/^thrower .*fingerprint\.test\.ts$/)
  })
})
