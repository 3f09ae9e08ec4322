import { Boxes, Clock, SquareFunction } from 'lucide-react'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import type { NodeKind } from '../../model/topology/graph.ts'

/** Tells kinds of nodes apart by shape. */
export function NodeMark({ kind }: { kind: NodeKind }) {
  if (kind === 'command' || kind === 'event') return <KindMark kind={kind} />
  const Icon = kind === 'handler' ? SquareFunction : kind === 'recurring' ? Clock : Boxes
  return <Icon size={14} aria-hidden="true" className="shrink-0 text-muted" />
}
