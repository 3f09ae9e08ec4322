import { expect, test } from 'vitest'
import { failedAction } from './failed-action.ts'

test('what was refused has changed nothing', () => {
  expect(failedAction({ message: 'This needs an operator.', data: { code: 'FORBIDDEN' } })).toEqual({
    title: 'That did not work',
    description: 'This needs an operator. Nothing was changed.',
  })
})

test.each([
  [{ message: 'It goes on without you.', data: { code: 'TIMEOUT' } }, 'Not done yet', /^It goes on without you\.$/],
  [
    { message: 'Something went wrong.', data: { code: 'INTERNAL_SERVER_ERROR' } },
    'That did not work',
    /^Some.* wrong\.$/,
  ],
  [{ message: 'Failed to fetch' }, 'No answer', /may have been done/],
])('of what may have been done nobody says that nothing was: %j', (error, title, description) => {
  expect(failedAction(error)).toEqual({ title, description: expect.stringMatching(description) })
})
