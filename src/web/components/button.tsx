import clsx from 'clsx'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'

type Variant = 'primary' | 'quiet' | 'danger'

const LOOKS: Record<Variant, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover border-transparent',
  quiet: 'border-edge bg-raised text-ink hover:border-muted',
  danger: 'border-edge bg-raised text-danger hover:border-danger',
}

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55'

const SIZES = { small: 'h-8 px-3 text-sm', normal: 'h-11 px-5 text-base' } as const

interface Look {
  variant?: Variant
  size?: keyof typeof SIZES
}

export function buttonLook({ variant = 'primary', size = 'normal' }: Look = {}): string {
  return clsx(BASE, LOOKS[variant], SIZES[size])
}

interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Something is under way: the button waits, and says so. */
  pending?: boolean
  children?: ReactNode
}

export function Button({ variant, size, pending = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      // One that is disabled loses the focus, and whoever pressed it by key is nowhere.
      {...(pending && { 'aria-disabled': true, 'aria-busy': true, onClick: hold })}
      className={clsx(buttonLook({ ...(variant && { variant }), ...(size && { size }) }), className)}
    >
      {pending && (
        <span
          aria-hidden="true"
          className="turning size-3.5 rounded-full border-2 border-current border-t-transparent"
        />
      )}
      {children}
    </button>
  )
}

/** What was asked for is not asked for again, nor a form sent again. */
function hold(event: MouseEvent): void {
  event.preventDefault()
}
