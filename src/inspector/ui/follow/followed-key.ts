'use client'
import { useSyncExternalStore } from 'react'
import type { Lights } from '../../model/followed.ts'
import { putInAddress } from '../put-in-address.ts'

/**
 * The key that is followed, and what about it is known. It holds for the tab: another tab may follow another. Pages
 * put it into their addresses, so that a link shows its reader the same.
 */
const KEPT = 'waybill.followed'
const PARAMETER = 'follow'
const listeners = new Set<() => void>()
let key: string | null | undefined
let lights: Lights | null = null

export function useFollowedKey(): string | null {
  return useSyncExternalStore(subscribe, readKey, () => null)
}

/** What lights up on the page; null while nothing is followed, or nothing is known of it yet. */
export function useLights(): Lights | null {
  return useSyncExternalStore(
    subscribe,
    () => lights,
    () => null,
  )
}

/** Follows a key from now on, on every page; null follows none. */
export function follow(next: string | null): void {
  key = next
  if (lights?.key !== next) lights = null
  keep(next)
  putIntoAddress()
  announce()
}

export function light(next: Lights | null): void {
  lights = next
  announce()
}

/** Writes what is followed into the address of the page. */
export function putIntoAddress(): void {
  putInAddress({ [PARAMETER]: readKey() })
}

function readKey(): string | null {
  if (key === undefined) {
    const linked = new URLSearchParams(window.location.search).get(PARAMETER)
    key = linked ?? kept()
    if (linked !== null) keep(linked)
  }
  return key
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function announce(): void {
  for (const listener of listeners) listener()
}

function kept(): string | null {
  try {
    return sessionStorage.getItem(KEPT)
  } catch {
    return null
  }
}

/** What says who somebody is, an address as it was typed, is in the address of the page alone, and gone with it. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function keep(value: string | null): void {
  try {
    if (value === null || !ID.test(value)) sessionStorage.removeItem(KEPT)
    else sessionStorage.setItem(KEPT, value)
  } catch {
    // A browser that keeps nothing: it holds for this page, and for its address.
  }
}
