import { expect, test } from 'vitest'
import { dialableNumber } from './phone-number.ts'
import { isFinal, rejectionOf } from './sms-answer.ts'
import { bounceOf, isPermanent, isTemporary } from './smtp-answer.ts'

const smtp = (response: string) => ({ response, responseCode: Number(response.slice(0, 3)) })

test.each([
  ['550 5.1.1 <anna@example.com>: user unknown', '550 5.1.1'],
  ['550-5.1.1 The email account that you tried to reach does not exist.', '550 5.1.1'],
  ['553 5.1.3 bad address syntax', '553 5.1.3'],
  ['550 5.2.1 mailbox disabled', '550 5.2.1'],
  ['550 5.7.1 rejected as spam', null],
  ['552 5.2.2 mailbox full', null],
  ['550 no', null],
  ['450 4.1.1 not now', null],
])('%j means that nobody is there: %j', (response, expected) => {
  expect(bounceOf(smtp(response))).toBe(expected)
})

test.each([
  [smtp('550 5.7.1 spam'), true, false],
  [smtp('421 4.3.2 closing'), false, true],
  [new Error('connect ECONNREFUSED'), false, false],
])('%j is final: %s, temporary: %s', (error, final, temporary) => {
  expect([isPermanent(error), isTemporary(error), bounceOf(error)]).toEqual([final, temporary, null])
})

test.each([
  [400, 21_211, '400 21211'],
  [400, 21_610, '400 21610'],
  [400, 21_408, null],
  [401, undefined, null],
])('an answer %s with code %s means never: %s', (status, code, expected) => {
  expect(rejectionOf(status, code)).toBe(expected)
})

test.each([
  [400, true],
  [408, false],
  [429, false],
  [500, false],
])('an answer %s is final: %s', (status, expected) => {
  expect(isFinal(status)).toBe(expected)
})

test.each([
  ['+49 170 1234567', '+491701234567'],
  ['+41790000000', '+41790000000'],
  ['0170 1234567', null],
  ['+49', null],
  ['+1 23', null],
  ['call me', null],
])('%j can be dialled as %j', (typed, expected) => {
  expect(dialableNumber(typed)).toBe(expected)
})
