import { expect, test } from './people.ts'

test('O6: an operator sees which nodes are alive, and which of them leads', async ({ operator: page }) => {
  await page.goto('/inspector/live')
  await page.getByRole('navigation', { name: 'Inspector' }).getByRole('link', { name: 'Nodes' }).click()
  const node = page.getByRole('table', { name: 'Nodes' }).getByRole('row').filter({ hasText: 'alive' })
  await expect(node).toHaveCount(1)
  await expect(node).toContainText('leader')
})
