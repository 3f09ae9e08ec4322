import { describe, expect, it } from 'vitest'
import { signUpForm } from './sign-up-form.ts'

const good = { name: 'Anna', email: 'anna@example.com', password: 'correct horse', phone: '' }
const problemsOf = (changes: Partial<typeof good>) =>
  signUpForm
    .safeParse({ ...good, ...changes })
    .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)

describe('the sign-up form', () => {
  it('takes what people type and tidies it', () => {
    expect(
      signUpForm.parse({ ...good, name: ' Anna ', email: ' Anna@Example.com ', phone: '+49 (170) 123-4567' }),
    ).toEqual({
      name: 'Anna',
      email: 'Anna@Example.com',
      password: 'correct horse',
      phone: '+491701234567',
    })
  })

  it('takes a name of any script, mark and emoji, and puts it on one line', () => {
    for (const name of ['مريم', 'שרה\u200f', "O'Brien <b>", '👩🏽‍🚀', 'Ж', '李小龍', '\u202eanna', '42'])
      expect(signUpForm.parse({ ...good, name }).name).toBe(name)
    expect(signUpForm.parse({ ...good, name: 'Anna\r\nBcc: all\u2028Berg' }).name).toBe('Anna Bcc: all Berg')
  })

  it('takes an address in any script that a mail server can be given', () => {
    expect(signUpForm.parse({ ...good, email: 'anna@bücher.example' }).email).toBe('anna@xn--bcher-kva.example')
  })

  it.each([
    [{ name: '  ' }, 'name: Please enter your name.'],
    [{ name: 'An\0na' }, 'name: There is a control character in it. Please type the name anew.'],
    [{ name: 'An\u001b[31mna' }, 'name: There is a control character in it. Please type the name anew.'],
    [{ name: '\u200b\u200d' }, 'name: Please enter a name that can be seen.'],
    [{ email: '' }, 'email: Please enter your e-mail address.'],
    [{ email: `${'a'.repeat(250)}@example.com` }, 'email: That address is too long.'],
    [{ email: 'anna@' }, 'email: That does not look like an e-mail address. It should read like anna@example.com.'],
    [{ password: 'short' }, 'password: Please use at least 10 characters.'],
    [{ phone: '0170 1234567' }, 'phone: Please start with + and the country code, like +49 170 1234567.'],
  ])('explains %j', (changes, problem) => {
    expect(problemsOf(changes)).toEqual([problem])
  })
})
