import { BlockList, isIP, isIPv6 } from 'node:net'

/** What tells where a request comes from. */
export interface Origin {
  /** Of the connection. */
  peer: string | undefined
  /** The header X-Forwarded-For: anybody can send one. */
  forwardedFor: string | undefined
}

/** A reader of the address that a request comes from, past proxies at the given addresses or networks alone. */
export function createAddressReader(proxies: readonly string[]): (origin: Origin) => string | null {
  const trusted = new BlockList()
  for (const proxy of proxies) {
    const [network = '', bits] = proxy.split('/')
    if (bits === undefined) trusted.addAddress(network, familyOf(network))
    else trusted.addSubnet(network, Number(bits), familyOf(network))
  }
  const isTrusted = (address: string) => trusted.check(address, familyOf(address))
  return ({ peer, forwardedFor }) => {
    let address = plain(peer ?? '')
    if (!isIP(address)) return null
    // Each proxy adds at the end whom it was asked by: from there backwards, for as long as it is one of ours that says so.
    const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()))
    for (let hop = hops.pop(); hop && isIP(hop) && isTrusted(address); hop = hops.pop()) address = hop
    return countedAs(address)
  }
}

/** Whether it is an address or a network that can be trusted. */
export function isNetwork(text: string): boolean {
  const [network = '', bits, ...rest] = text.split('/')
  if (!isIP(network) || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(network) ? 128 : 32))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}

const WITH_PORT = /^\[([^\]]+)\](?::\d+)?$|^(\d+\.\d+\.\d+\.\d+):\d+$/

/** Without port, zone and the way in which IPv6 sockets write IPv4. */
function plain(address: string): string {
  const [, six, four] = WITH_PORT.exec(address) ?? []
  return (six ?? four ?? address).replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}

/** One household has a whole /64 of IPv6 addresses. */
function countedAs(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address
}

/** The eight groups of an IPv6 address, or four and an embedded IPv4 one. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const before = head.split(':').filter(Boolean)
  if (tail === undefined) return before
  const after = tail.split(':').filter(Boolean)
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
}
