export const domainKinds = {
  server: 'platform.setServerDomains',
  webview: 'platform.setWebviewDomains',
} as const

export type DomainKind = keyof typeof domainKinds
