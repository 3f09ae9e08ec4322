'use client'
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { offersPasskeys, signWhereTyped } from './passkey-ceremony.ts'

/** Less than a challenge holds on the server. */
const RENEW_MS = 4 * 60_000

interface Offer {
  ask(): Promise<PublicKeyCredentialRequestOptionsJSON>
  take(answer: AuthenticationResponseJSON): void
  /** Whether the device is asked already: a second question would end the first. */
  isBusy(): boolean
}

/**
 * Has the browser offer the passkeys it has where the address is typed, for as long as the page is looked at. Says
 * nothing where that cannot be done: the button is there.
 *
 * @returns ends it
 */
export function offerPasskeys({ ask, take, isBusy }: Offer): () => void {
  let isOver = false
  let askedAt = 0
  const offer = async () => {
    if (isOver || document.hidden || isBusy() || Date.now() - askedAt < RENEW_MS) return
    askedAt = Date.now()
    if (!(await offersPasskeys())) return
    const options = await ask().catch(() => null)
    if (options === null || isOver || isBusy()) return
    const answer = await signWhereTyped(options)
    if (answer !== null && !isOver) take(answer)
  }
  const look = () => {
    offer().catch(() => {})
  }
  const timer = setInterval(look, RENEW_MS)
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    isOver = true
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
