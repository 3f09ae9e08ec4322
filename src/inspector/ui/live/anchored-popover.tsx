import { Popover } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'

interface Props {
  title: string
  /** Below it it opens. The button itself is not in it: a page has it before this is loaded. */
  button: RefObject<HTMLElement | null>
  className: string
  onOpenChange(isOpen: boolean): void
  children: ReactNode
}

/** What a button has opened. */
export function AnchoredPopover({ title, button, className, onOpenChange, children }: Props) {
  return (
    <Popover.Root
      open
      onOpenChange={(isOpen, { event }) => {
        // A press on the button itself is the button's to answer.
        const isOfButton = event.target instanceof Node && button.current?.contains(event.target)
        if (!isOfButton || event instanceof KeyboardEvent) onOpenChange(isOpen)
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={button} sideOffset={6} align="end" className="z-40">
          <Popover.Popup className={className}>
            <Popover.Title className="font-semibold">{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
