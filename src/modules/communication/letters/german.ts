import { type LetterFacts, lastOf, type PhoneChange, type Phrasebook } from '../model/letters.ts'

const hello = (name: string) => (name ? `Guten Tag ${name},` : 'Guten Tag,')
const STRANGER = 'Wenn Sie sich nicht angemeldet haben, müssen Sie nichts tun.'
const ACCOUNT = 'Sie erhalten dies, weil es Ihr Waybill-Konto betrifft.'
const NOT_ME = 'Wenn Sie das waren, müssen Sie nichts tun.'
const optIn = (what: string, appUrl: string) =>
  `Sie erhalten dies, weil Sie ${what} wollten. Sie können das jederzeit beenden: ${appUrl}/account/messages`

export const GERMAN: Phrasebook = {
  confirmation: ({ name, validUntil }) => ({
    subject: 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
    greeting: hello(name),
    paragraphs: ['Ihr Waybill-Konto ist bereit. Bitte bestätigen Sie, dass dies Ihre Adresse ist.'],
    button: 'Adresse bestätigen',
    notes: [`Der Link gilt ${validUntil ? `bis ${validUntil}` : '7 Tage'}. ${STRANGER}`],
    why: ACCOUNT,
  }),
  'confirmation-reminder': ({ name, validUntil }) => ({
    subject: 'Ihre E-Mail-Adresse ist noch nicht bestätigt',
    greeting: hello(name),
    paragraphs: [
      'Ihrem Waybill-Konto fehlt noch ein letzter Schritt. Bitte bestätigen Sie, dass dies Ihre Adresse ist.',
    ],
    button: 'Adresse bestätigen',
    notes: [`Der Link gilt bis ${validUntil}. Danach endet die Anmeldung von selbst. ${STRANGER}`],
    why: ACCOUNT,
  }),
  'password-reset': ({ name, validUntil }) => ({
    subject: 'Neues Passwort wählen',
    greeting: hello(name),
    paragraphs: [
      'jemand möchte für Ihr Waybill-Konto ein neues Passwort wählen. Wenn Sie das sind, geht es hier weiter.',
    ],
    button: 'Neues Passwort wählen',
    notes: [
      `Der Link gilt einmal, bis ${validUntil}.`,
      'Wenn Sie nicht darum gebeten haben, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.',
    ],
    why: ACCOUNT,
  }),
  'password-changed': ({ name, passkeys, appUrl }) => ({
    subject: 'Ihr Passwort wurde geändert',
    greeting: hello(name),
    paragraphs: ['das Passwort Ihres Waybill-Kontos wurde soeben geändert.', ...passkeysOf(passkeys, appUrl), NOT_ME],
    button: null,
    notes: [`Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort: ${appUrl}/forgot`],
    why: ACCOUNT,
  }),
  'email-change': ({ name, validUntil }) => ({
    subject: 'Bitte bestätigen Sie Ihre neue E-Mail-Adresse',
    greeting: hello(name),
    paragraphs: ['diese Adresse wurde für ein Waybill-Konto angegeben. Bitte bestätigen Sie, dass es Ihre ist.'],
    button: 'Neue Adresse bestätigen',
    notes: [
      `Der Link gilt bis ${validUntil}. Bis dahin behält das Konto seine alte Adresse.`,
      'Wenn Sie davon nichts wissen, müssen Sie nichts tun.',
    ],
    why: ACCOUNT,
  }),
  'email-change-notice': ({ name, newEmail, appUrl }) => ({
    subject: 'Ihre E-Mail-Adresse soll geändert werden',
    greeting: hello(name),
    paragraphs: [
      `jemand, der in Ihrem Waybill-Konto eingeloggt ist, möchte ihm die Adresse ${newEmail} geben. Sie gilt, sobald sie dort bestätigt ist.`,
      NOT_ME,
    ],
    button: null,
    notes: [`Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort: ${appUrl}/forgot`],
    why: ACCOUNT,
  }),
  'email-changed': ({ name, newEmail, appUrl }) => ({
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    greeting: hello(name),
    paragraphs: [`Ihr Waybill-Konto hat jetzt die Adresse ${newEmail}. An diese hier schreiben wir nicht mehr.`],
    button: null,
    notes: [`Wenn Sie das nicht waren, sagen Sie es sofort denen, die dieses Waybill betreiben: ${appUrl}`],
    why: ACCOUNT,
  }),
  'phone-changed': ({ name, phone, phoneChange = 'changed', appUrl }) => ({
    subject: `Ihre Telefonnummer wurde ${PHONE_CHANGES[phoneChange]}`,
    greeting: hello(name),
    paragraphs: [
      phone
        ? `Ihr Waybill-Konto hat jetzt die Telefonnummer, die auf ${lastOf(phone)} endet. Sie wurde durch einen Code bestätigt.`
        : 'Ihr Waybill-Konto hat keine Telefonnummer mehr: Sie wurde soeben entfernt.',
      NOT_ME,
    ],
    button: null,
    notes: [`Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort: ${appUrl}/forgot`],
    why: ACCOUNT,
  }),
  'role-changed': ({ name, role, appUrl }) => ({
    subject: 'Ihre Rolle wurde geändert',
    greeting: hello(name),
    paragraphs: [
      `Sie haben bei diesem Waybill jetzt die Rolle „${ROLE_NAMES[role ?? ''] ?? 'Mitglied'}“: Sie können ${MAY[role ?? ''] ?? MAY.member}.`,
      'Sie wurden überall ausgeloggt. Loggen Sie sich neu ein, um weiterzumachen.',
    ],
    button: null,
    notes: [`Wenn Sie das überrascht, fragen Sie die, die dieses Waybill betreiben: ${appUrl}`],
    why: ACCOUNT,
  }),
  invitation: ({ name, role, validUntil }) => ({
    subject: 'Einladung zu Waybill',
    greeting: hello(name),
    paragraphs: [`Sie sind zu diesem Waybill eingeladen, ${ROLES[role ?? ''] ?? 'als Mitglied'}.`],
    button: 'Konto anlegen',
    notes: [`Der Link gilt bis ${validUntil}. Wenn Sie nicht mitmachen möchten, müssen Sie nichts tun.`],
    why: 'Sie erhalten dies, weil jemand, der dieses Waybill betreibt, Ihre Adresse angegeben hat.',
  }),
  'passkey-added': ({ name, label, appUrl }) => ({
    subject: 'Ein Passkey wurde hinzugefügt',
    greeting: hello(name),
    paragraphs: [`Ihrem Waybill-Konto wurde ein Passkey hinzugefügt: ${label}. Man kann sich damit einloggen.`, NOT_ME],
    button: null,
    notes: [`Wenn Sie das nicht waren, entfernen Sie ihn und ändern Sie Ihr Passwort: ${appUrl}/account/security`],
    why: ACCOUNT,
  }),
  'passkey-removed': ({ name, label, appUrl }) => ({
    subject: 'Ein Passkey wurde entfernt',
    greeting: hello(name),
    paragraphs: [
      `von Ihrem Waybill-Konto wurde ein Passkey entfernt: ${label}. Man kann sich damit nicht mehr einloggen.`,
      NOT_ME,
    ],
    button: null,
    notes: [`Wenn Sie das nicht waren, ändern Sie Ihr Passwort: ${appUrl}/account/security`],
    why: ACCOUNT,
  }),
  'account-deleted': ({ name }) => ({
    subject: 'Ihr Konto wurde gelöscht',
    greeting: hello(name),
    paragraphs: [
      'Ihr Waybill-Konto wurde gelöscht, wie Sie es wollten. Sie sind überall ausgeloggt, und dies ist der letzte Brief.',
    ],
    button: null,
    notes: ['Danke, dass Sie da waren.'],
    why: 'Sie erhalten dies, weil Sie ein Waybill-Konto hatten.',
  }),
  tips: ({ name, appUrl }) => ({
    subject: 'Drei Dinge, die man wissen sollte',
    greeting: hello(name),
    paragraphs: [
      'Sie wollten Tipps. Hier sind die drei beliebtesten.',
      `Sehen Sie Ihre eigene Anmeldung, Halt für Halt: ${appUrl}/welcome`,
      `Loggen Sie sich ohne Passwort ein, mit einem Passkey: ${appUrl}/account/security`,
      `Sagen Sie, wann wir schreiben dürfen, und in welcher Sprache: ${appUrl}/account/messages`,
    ],
    button: null,
    notes: [],
    why: optIn('Tipps', appUrl),
  }),
  news: ({ name, headline, text, appUrl }) => ({
    subject: headline ?? 'Neues von Waybill',
    greeting: hello(name),
    paragraphs: paragraphsOf(text),
    button: null,
    notes: [],
    why: optIn('Neuigkeiten', appUrl),
  }),
}

const PHONE_CHANGES: Record<PhoneChange, string> = { added: 'hinzugefügt', changed: 'geändert', removed: 'entfernt' }

const ROLE_NAMES: Record<string, string> = {
  operator: 'Betreiberin oder Betreiber',
  viewer: 'Zuschauerin oder Zuschauer',
  member: 'Mitglied',
}
const MAY: Record<string, string> = {
  operator: 'Ihr eigenes Konto sehen und ändern, den Inspector lesen, darin handeln und sagen, wer das darf',
  viewer: 'Ihr eigenes Konto sehen und ändern und den Inspector lesen',
  member: 'Ihr eigenes Konto sehen und ändern',
}

const ROLES: Record<string, string> = {
  operator: 'als Betreiberin oder Betreiber',
  viewer: 'um zuzusehen',
  member: 'als Mitglied',
}

function passkeysOf(passkeys: LetterFacts['passkeys'], appUrl: string): string[] {
  if (passkeys === 'removed') return ['Ihre Passkeys wurden entfernt: Keiner öffnet das Konto mehr.']
  if (passkeys === 'kept')
    return [`Ihre Passkeys öffnen es weiterhin. Entfernen Sie, was Sie nicht kennen: ${appUrl}/account/security`]
  return []
}

function paragraphsOf(text = ''): string[] {
  return text.split(/\n\s*\n/).flatMap((each) => each.trim() || [])
}
