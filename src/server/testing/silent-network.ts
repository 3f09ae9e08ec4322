import net from 'node:net'

/** A way to a server whose connections can fall silent: nobody is told, and nothing gets through any more. */
export interface SilentNetwork extends AsyncDisposable {
  /** The same place, by this way. */
  url: string
  /** Of all connections there are; new ones work. */
  silence(): void
}

export async function createSilentNetwork(url: string): Promise<SilentNetwork> {
  const target = new URL(url)
  const open = new Set<net.Socket>()
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname)
    for (const each of [near, far]) {
      open.add(each)
      each.on('error', () => {})
      each.on('close', () => open.delete(each))
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = new URL(url)
  place.hostname = '127.0.0.1'
  place.port = String((server.address() as net.AddressInfo).port)
  return {
    url: place.href,
    silence: () => {
      for (const each of open) each.unpipe().pause()
    },
    [Symbol.asyncDispose]: async () => {
      for (const each of open) each.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
