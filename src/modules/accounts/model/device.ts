import Bowser from 'bowser'

export interface Device {
  /** Like `Firefox on Windows`. */
  words: string
  kind: 'computer' | 'phone' | 'tablet' | 'unknown'
}

const KINDS: Record<string, Device['kind']> = { desktop: 'computer', mobile: 'phone', tablet: 'tablet' }

/** What a browser says of itself, in words that its owner knows it by. */
export function deviceOf(userAgent: string | null): Device {
  if (!userAgent) return { words: 'An unknown browser', kind: 'unknown' }
  const { browser, os, platform } = Bowser.parse(userAgent)
  const name = browser.name || 'An unknown browser'
  return { words: os.name ? `${name} on ${os.name}` : name, kind: KINDS[platform.type ?? ''] ?? 'unknown' }
}
