'use client'
import { Button } from '../../web/components/button.tsx'

interface Props {
  isLoading?: boolean
  onLoad(): void
  /** What there is more of. */
  children: string
}

/** The foot of a list whose newest are shown: the way to those before. */
export function OlderButton({ isLoading = false, onLoad, children }: Props) {
  return (
    <Button variant="quiet" size="small" className="mt-4" pending={isLoading} onClick={onLoad}>
      Older {children}
    </Button>
  )
}
