import clsx from 'clsx'

/** A row of choices of which one holds, joined into one piece. */
export const SEGMENTS = 'flex w-fit rounded-md border border-edge'

const SIZES = { small: 'h-7 px-2.5 text-xs', normal: 'h-8 px-3 text-sm' } as const

/** One of the choices: dark where it holds. */
export function segmentLook(isOn: boolean, size: keyof typeof SIZES = 'normal'): string {
  return clsx(
    'flex items-center whitespace-nowrap transition-colors first-of-type:rounded-l-[5px] last-of-type:rounded-r-[5px]',
    SIZES[size],
    isOn ? 'bg-ink font-medium text-paper' : 'bg-raised text-muted hover:bg-tint hover:text-ink',
  )
}
