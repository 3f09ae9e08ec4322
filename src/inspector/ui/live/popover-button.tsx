import { type ReactNode, type RefObject, Suspense, useRef } from 'react'
import { Button } from '../../../web/components/button.tsx'

interface Props {
  isOpen: boolean
  onOpenChange(isOpen: boolean): void
  /** Has come what it opens, before it is pressed. */
  preload(): void
  className: string
  label: ReactNode
  /** What it opens, below itself. */
  children(button: RefObject<HTMLElement | null>): ReactNode
}

/** A button that opens what comes when it is wanted. */
export function PopoverButton({ isOpen, onOpenChange, preload, className, label, children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={button}
        variant="quiet"
        size="small"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={preload}
        onClick={() => onOpenChange(!isOpen)}
        className={className}
      >
        {label}
      </Button>
      {isOpen && <Suspense>{children(button)}</Suspense>}
    </>
  )
}
