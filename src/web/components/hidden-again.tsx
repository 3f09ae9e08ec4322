'use client'
import { EyeOff } from 'lucide-react'
import { Button } from './button.tsx'
import { useHiddenAgain } from './use-hidden-again.ts'

/** Says for how long something stays shown, and hides it then, or when somebody wants it. */
export function HiddenAgain({ onHide }: { onHide(): void }) {
  const left = useHiddenAgain(onHide)
  return (
    <>
      <span>Hidden again in {left} s</span>
      <Button variant="quiet" size="small" onClick={onHide}>
        <EyeOff size={14} aria-hidden="true" />
        Hide now
      </Button>
    </>
  )
}
