import { expect, test as setup } from '@playwright/test'
import { OPERATOR, OPERATOR_STATE, signUp } from './people.ts'

setup('the first account of a fresh database becomes the operator', async ({ page }) => {
  await signUp(page, OPERATOR)
  await page.goto('/inspector/live')
  await expect(page.getByRole('grid', { name: 'Messages' })).toBeVisible()
  await page.context().storageState({ path: OPERATOR_STATE })
})
