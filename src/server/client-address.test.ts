import { describe, expect, it } from 'vitest'
import { createAddressReader, isNetwork } from './client-address.ts'

const read = (proxies: string[], peer: string | undefined, forwardedFor?: string) =>
  createAddressReader(proxies)({ peer, forwardedFor })

describe('the address that a request comes from', () => {
  it('is that of the connection, whatever a header says, where no proxy is trusted', () => {
    expect(read([], '203.0.113.7', '198.51.100.1')).toBe('203.0.113.7')
    expect(read([], '127.0.0.1', '198.51.100.1')).toBe('127.0.0.1')
  })

  it('is the last that a trusted proxy names', () => {
    expect(read(['127.0.0.1'], '127.0.0.1', '198.51.100.1')).toBe('198.51.100.1')
    expect(read(['127.0.0.1'], '::ffff:127.0.0.1', '6.6.6.6, 198.51.100.1')).toBe('198.51.100.1')
    expect(read(['127.0.0.1', '10.0.0.0/8'], '127.0.0.1', '6.6.6.6, 198.51.100.1, 10.1.2.3')).toBe('198.51.100.1')
    expect(read(['10.0.0.0/8'], '10.0.0.1', '198.51.100.1:51234')).toBe('198.51.100.1')
  })

  it('is not what somebody says who is no proxy of ours', () => {
    expect(read(['10.0.0.0/8'], '203.0.113.7', '198.51.100.1')).toBe('203.0.113.7')
    expect(read(['10.0.0.0/8'], '10.0.0.1', '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7')
  })

  it('is that of the proxy where the header makes no sense', () => {
    for (const header of [undefined, '', ',', 'unknown', '<script>', '198.51.100.1, nonsense'])
      expect(read(['10.0.0.0/8'], '10.0.0.1', header)).toBe('10.0.0.1')
  })

  it('is of IPv6 the network that one household has', () => {
    expect(read([], '2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(read([], '2001:0DB8:0001:0002::9')).toBe('2001:db8:1:2::/64')
    expect(read([], '2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(read([], 'fe80::1%eth0')).toBe('fe80:0:0:0::/64')
    expect(read(['::1'], '::1', '[2001:db8:1:2::3]:443')).toBe('2001:db8:1:2::/64')
  })

  it('is none where there is no connection any more', () => {
    expect(read([], undefined)).toBeNull()
  })
})

it.each([
  ['127.0.0.1', true],
  ['10.0.0.0/8', true],
  ['fd00::/8', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/8/8', false],
  ['10.0.0.0/', false],
  ['proxy.example', false],
  ['1', false],
])('%s names a network: %s', (text, is) => {
  expect(isNetwork(text)).toBe(is)
})
