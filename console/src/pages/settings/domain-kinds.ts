export const domainKinds = {
  server: 'platform.setServerDomains',
  webview: 'platform.setWebviewDomains',
} as const

/** What the platform takes in each. */
export const domainForms = { server: 'platformServer', webview: 'platformWebview' } as const

export type DomainKind = keyof typeof domainKinds
