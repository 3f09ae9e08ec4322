import { Bookmark, Bug, Clock, Flame, Mail, Star, TriangleAlert, User } from 'lucide-react'
import type { ViewIcon } from '../../model/saved-view.ts'

const MARKS = {
  bookmark: Bookmark,
  star: Star,
  bug: Bug,
  flame: Flame,
  warning: TriangleAlert,
  mail: Mail,
  person: User,
  clock: Clock,
} as const

/** The sign of a saved view. */
export function ViewMark({ icon, size = 14 }: { icon: ViewIcon; size?: number }) {
  const Mark = MARKS[icon]
  return <Mark size={size} aria-hidden="true" className="shrink-0" />
}
