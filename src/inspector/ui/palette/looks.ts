/** The palette looks the same while its code is on the way, and after. */
export const PALETTE_BACKDROP = 'fixed inset-0 z-40 bg-black/40'

export const PALETTE_POPUP =
  'fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[min(640px,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-field bg-raised'

export const PALETTE_FIELD = {
  type: 'text',
  'aria-label': 'Go to any id, page or action',
  autoComplete: 'off',
  spellCheck: false,
  placeholder: 'An id, a key, an e-mail, an error, a page, an action',
  className:
    'h-12 shrink-0 border-b border-line bg-transparent px-4 outline-none placeholder:text-muted focus-visible:outline-none',
} as const
