'use client'
import { ContextMenu } from '@base-ui/react/context-menu'
import type { ReactElement } from 'react'
import { ITEM_LOOK, MENU_LOOK, type MenuChoice } from '../../../web/components/menu.tsx'

/** What can be done with a value of a payload, where one right-clicks it, or presses the menu key on it. */
export function ValueMenu({ choices, children }: { choices: readonly MenuChoice[]; children: ReactElement }) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="z-50">
          <ContextMenu.Popup className={MENU_LOOK}>
            {choices.map(({ title, run }) => (
              <ContextMenu.Item key={title} onClick={run} className={ITEM_LOOK}>
                {title}
              </ContextMenu.Item>
            ))}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}
