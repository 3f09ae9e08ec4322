'use client'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { handOver } from './handed-file.ts'

export const OPEN_PLACE = '/inspector/open'

/** A recording may be dropped on any page of the inspector. */
export function RecordingDrop() {
  const [isOver, setOver] = useState(false)
  const depth = useRef(0)
  const router = useRouter()
  const here = usePathname()
  useEffect(() => {
    const move = (by: number) => {
      depth.current = Math.max(0, depth.current + by)
      setOver(depth.current > 0)
    }
    const enter = (event: DragEvent) => hasFile(event) && move(1)
    const leave = (event: DragEvent) => hasFile(event) && move(-1)
    const over = (event: DragEvent) => hasFile(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      if (!hasFile(event)) return
      // Otherwise the browser would show the file in place of the page.
      event.preventDefault()
      depth.current = 0
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (!file) return
      handOver(file)
      if (here !== OPEN_PLACE) router.push(OPEN_PLACE)
    }
    const kinds = { dragenter: enter, dragleave: leave, dragover: over, drop }
    for (const [kind, listen] of Object.entries(kinds)) window.addEventListener(kind, listen as EventListener)
    return () => {
      for (const [kind, listen] of Object.entries(kinds)) window.removeEventListener(kind, listen as EventListener)
    }
  }, [router, here])
  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-black/40 p-6">
      <p className="rounded-md border-2 border-dashed border-accent bg-raised px-8 py-6 text-lg font-semibold">
        Drop a recording to open it
      </p>
    </div>
  )
}

function hasFile({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
