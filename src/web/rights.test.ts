import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isGranted, PAGES } from './rights.ts'

test('the table of rights names every page', async () => {
  const entries = await readdir('src/app', { withFileTypes: true, recursive: true })
  const pages = entries.filter((each) => each.name === 'page.tsx').map((each) => each.parentPath.split('/')[2] ?? '')
  expect(Object.keys(PAGES).toSorted()).toEqual([...new Set(pages)].map((first) => `/${first}`).toSorted())
})

test('each may do all that those before it may', () => {
  const roles = [null, 'member', 'viewer', 'operator'] as const
  const granted = (['anybody', 'member', 'viewer', 'operator'] as const).map((right) =>
    roles.filter((role) => isGranted(right, role)),
  )
  expect(granted).toEqual([roles, roles.slice(1), roles.slice(2), roles.slice(3)])
})
