import clsx from 'clsx'
import type { CSSProperties } from 'react'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { StateWord } from '../../../web/components/state-glyph.tsx'
import { formatMs } from '../../model/durations.ts'
import type { Aftermath } from '../../model/timeline/aftermath.ts'
import type { Axis } from '../../model/timeline/axis.ts'
import type { DeliveryNode, TreeNode } from '../../model/timeline/cause-tree.ts'
import type { PathStep } from '../../model/timeline/critical-path.ts'
import { stateAt } from '../../model/timeline/parts.ts'
import { type Hidden, levelOf, type TreeRow as Row } from '../../model/timeline/tree-rows.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import type { TitleOf } from '../use-title-of.ts'
import { MessageLink } from './message-link.tsx'
import { WaterfallBar } from './waterfall-bar.tsx'

export const ROW_PX = 28
/** A process that talks to itself is thousands deep: from here on the level is written, not indented. */
const DEEPEST = 16

interface Props {
  id: string
  row: Row
  index: number
  axis: Axis
  now: number
  time: number | null
  step: PathStep | undefined
  aftermath: Aftermath | undefined
  titleOf: TitleOf
  isSelected: boolean
  onSelect(id: string): void
  onFold(ids: readonly string[], isFolded: boolean): void
  onHide(subscription: string): void
}

/** A message, or one of its deliveries, beside its bar. */
export function TreeRow(props: Props) {
  const { id, row, index, isSelected, onSelect } = props
  const lights = useLights()
  const style = { top: index * ROW_PX, '--level': Math.min(levelOf(row) - 1, DEEPEST) } as CSSProperties
  if (row.kind === 'pruned') {
    return (
      <div role="row" id={id} aria-rowindex={index + 2} aria-level={row.level} className="waterfall-row" style={style}>
        <div role="gridcell" className="waterfall-cell pl-7 text-xs text-muted">
          {row.count} not shown{words(row.hidden)}
        </div>
      </div>
    )
  }
  const { node, hasChildren, isFolded } = row
  const isGhost = props.time !== null && props.time < node.message.at
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-level={node.level}
      aria-posinset={node.position}
      aria-setsize={node.siblings}
      aria-expanded={hasChildren ? !isFolded : undefined}
      aria-selected={isSelected}
      {...lit(lights?.message({ messageId: node.message.id }))}
      className={clsx('waterfall-row', isGhost && 'opacity-35')}
      style={style}
      onClick={() => onSelect(row.id)}
    >
      <div role="gridcell" className="waterfall-cell group flex items-center gap-1.5">
        <Fold {...props} row={row} />
        {levelOf(row) - 1 > DEEPEST && <span className="font-mono text-[0.6875rem] text-muted">{node.level}</span>}
        <Name node={node} titleOf={props.titleOf} onHide={props.onHide} />
      </div>
      <div role="gridcell" className="flex items-center overflow-hidden pl-3 text-sm whitespace-nowrap">
        {isFolded ? (
          <span className="text-xs text-muted">{words(row.hidden).slice(2)}</span>
        ) : (
          <State {...props} node={node} />
        )}
      </div>
      <div role="gridcell" className="waterfall-time">
        {node.kind === 'delivery' ? (
          <WaterfallBar node={node} axis={props.axis} now={props.now} step={props.step} aftermath={props.aftermath} />
        ) : (
          <Sent node={node} axis={props.axis} />
        )}
      </div>
    </div>
  )
}

function words({ rows, failing }: Hidden): string {
  if (rows === 0) return ''
  return `, ${rows} hidden${failing > 0 ? `, ${failing} failing` : ''}`
}

function Fold({ row, onFold }: Props & { row: Extract<Row, { kind: 'node' }> }) {
  if (!row.hasChildren) return <span className="w-5 shrink-0" />
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation()
        onFold([row.id], !row.isFolded)
      }}
      aria-label={`${row.isFolded ? 'Unfold' : 'Fold'} ${nameOf(row.node)}`}
      className="grid size-5 shrink-0 place-items-center rounded text-muted hover:bg-tint hover:text-ink"
    >
      <span aria-hidden="true" className={row.isFolded ? '' : 'rotate-90'}>
        ›
      </span>
    </button>
  )
}

function nameOf(node: TreeNode): string {
  return node.kind === 'message' ? node.message.name : node.delivery.subscription
}

function Name({ node, titleOf, onHide }: { node: TreeNode } & Pick<Props, 'titleOf' | 'onHide'>) {
  const name = nameOf(node)
  if (node.kind === 'message') {
    return (
      <>
        <KindMark kind={node.message.kind} />
        <MessageLink
          messageId={node.id}
          title={titleOf(name)}
          className="min-w-0 truncate text-[0.8125rem] font-semibold underline-offset-4 hover:underline"
        >
          <DottedName name={name} isCut />
        </MessageLink>
      </>
    )
  }
  return (
    <>
      <span title={name} className="min-w-0 truncate text-[0.8125rem]">
        <DottedName name={name} isCut />
      </span>
      <button
        type="button"
        tabIndex={-1}
        onClick={() => onHide(name)}
        title={`Do not show ${name}`}
        aria-label={`Hide ${name}`}
        className="invisible shrink-0 rounded px-1 text-xs text-muted group-hover:visible hover:text-ink"
      >
        hide
      </button>
    </>
  )
}

function State({ node, time }: { node: TreeNode; time: number | null }) {
  if (node.kind === 'message') return null
  const { message, delivery } = node
  const state = time === null ? delivery.state : stateAt(message, delivery, time)
  if (state === null) return null
  return (
    <span title={delivery.reason ?? delivery.lastError ?? undefined}>
      <StateWord state={state} attempts={delivery.attempt} />
    </span>
  )
}

/** When a message was sent, written where that is, as long as there is room to its right. */
function Sent({ node, axis }: { node: Exclude<TreeNode, DeliveryNode>; axis: Axis }) {
  const share = axis.share(node.message.at)
  if (share < 0 || share > 1) return null
  const place = share > 0.75 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` }
  return (
    <span
      className={clsx(
        'absolute top-1.5 font-mono text-[0.6875rem] leading-4 text-muted',
        share > 0.75 ? 'border-r border-muted pr-1.5' : 'border-l border-muted pl-1.5',
      )}
      style={place}
    >
      +{formatMs(node.message.at - axis.scale.start)}
    </span>
  )
}
