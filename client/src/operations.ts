/* Made from docs/openapi.json by `npm run docs`. */

export type Problem = {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined
  readonly message: string
  readonly hint?: string | undefined
}

export type Binding = {
  readonly businessId: string
  readonly accountType: 'miniprogram' | 'official' | 'any'
  readonly status: 'none' | 'pending' | 'bound' | 'revoked'
  readonly appid?: string | undefined
  readonly nickName?: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly boundAt?: string | undefined
  readonly problem?: Problem | undefined
}

export type Authorizer = {
  readonly appid: string
  readonly nickName: string
  readonly accountType: 'miniprogram' | 'official'
  readonly principalName: string
  readonly funcInfo: readonly number[]
  readonly missing: readonly number[]
  readonly status: 'active' | 'revoked' | 'reauthorize'
  readonly accountStatus: {
    readonly name: 'normal' | 'warned' | 'banned' | 'frozen' | 'closed' | 'unknown'
    readonly code?: number | undefined
  }
  readonly authorizedAt: string
  readonly tokenExpiresAt?: string | undefined
  readonly businessId?: string | undefined
  readonly currentRelease?:
    | { readonly releaseId: string; readonly templateId: number; readonly version: string; readonly releasedAt: string }
    | undefined
}

export type Release = {
  readonly releaseId: string
  readonly appid: string
  readonly templateId: number
  readonly version: string
  readonly description: string
  readonly state:
    | 'committing'
    | 'committed'
    | 'failed'
    | 'submitting'
    | 'auditing'
    | 'delayed'
    | 'approved'
    | 'rejected'
    | 'withdrawn'
    | 'gray'
    | 'released'
    | 'rolledBack'
    | 'superseded'
  readonly auditId?: number | undefined
  readonly reason?: string | undefined
  readonly screenshots?: readonly string[] | undefined
  readonly createdAt: string
  readonly updatedAt: string
  readonly extJson?: string | undefined
  readonly submittedAt?: string | undefined
  readonly auditedAt?: string | undefined
  readonly releasedAt?: string | undefined
  readonly autoRelease?: boolean | undefined
  readonly grayPercentage?: number | undefined
  readonly rolloutId?: string | undefined
  readonly problem?: Problem | undefined
}

export type Rollout = {
  readonly rolloutId: string
  readonly name: string
  readonly templateId: number
  readonly version: string
  readonly description: string
  readonly state: 'running' | 'paused' | 'waitingForQuota' | 'awaitingRelease' | 'completed' | 'cancelled'
  readonly wave: number
  readonly waves: readonly number[]
  readonly total: number
  readonly counts: {
    readonly pending: number
    readonly committing: number
    readonly committed: number
    readonly submitting: number
    readonly auditing: number
    readonly delayed: number
    readonly rejected: number
    readonly withdrawn: number
    readonly approved: number
    readonly gray: number
    readonly released: number
    readonly rolledBack: number
    readonly failed: number
    readonly skipped: number
  }
  readonly progress: number
  readonly perHour: number
  readonly startedAt: string
  readonly nextWaveWhen: 'approved' | 'released'
  readonly autoSubmit: boolean
  readonly autoRelease: boolean
  readonly quotaReserve: number
  readonly maxFailures?: number | undefined
  readonly endedAt?: string | undefined
  readonly expectedEndAt?: string | undefined
  readonly problem?: Problem | undefined
}

export type Draft = {
  readonly draft_id: number
  readonly create_time: number
  readonly user_version?: string | undefined
  readonly user_desc?: string | undefined
  readonly source_miniprogram?: string | undefined
  readonly source_miniprogram_appid?: string | undefined
  readonly developer?: string | undefined
}

export type Template = {
  readonly template_id: number
  readonly draft_id?: number | undefined
  readonly template_type?: number | undefined
  readonly create_time: number
  readonly user_version?: string | undefined
  readonly user_desc?: string | undefined
  readonly source_miniprogram?: string | undefined
  readonly source_miniprogram_appid?: string | undefined
  readonly developer?: string | undefined
}

export type Delivery = {
  readonly subscriptionId?: string | undefined
  readonly deliveryId: string
  readonly type: string
  readonly appid?: string | undefined
  readonly state: 'waiting' | 'delivered' | 'dead'
  readonly attempts: number
  readonly createdAt: string
  readonly dueAt?: string | undefined
  readonly endedAt?: string | undefined
  readonly lastError?: string | undefined
}

export type DeliveryOutcome = {
  readonly deliveryId: string
  readonly delivered: boolean
  readonly httpStatus?: number | undefined
  readonly error?: string | undefined
}

export type Token = { readonly accessToken: string; readonly expiresAt: string }

export type Image = { readonly contentType: string; readonly base64: string }

export type Event = {
  /** The same for every attempt; also the webhook-id */ readonly id: string
  /** wechat.<InfoType or Event>, binding.bound, binding.revoked, release.approved, release.rejected, release.released, rollout.completed, rollout.paused, problem.opened, problem.closed, subscription.test */ readonly type: string
  /** When it happened */ readonly timestamp: string
  readonly appid?: string | undefined
  readonly businessId?: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'REAUTHORIZATION_REQUIRED'
  | 'WECHAT_REJECTED'
  | 'QUOTA_EXCEEDED'
  | 'CONFIG_INVALID'
  | 'INTERNAL'
  | 'WECHAT_UNAVAILABLE'
  | 'TICKET_MISSING'
  | 'STORAGE_UNAVAILABLE'

export type Refusal = {
  readonly ok: false
  readonly error: {
    readonly code: ErrorCode
    /** Why, as a stable word; docs/reasons.md lists them */ readonly reason: string
    readonly params?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined
    /** What went wrong */ readonly message: string
    /** What to do next */ readonly hint?: string | undefined
    /** The same call may succeed later */ readonly retryable: boolean
    readonly requestId: string
    /** Path of the first bad field */ readonly field?: string | undefined
    readonly wechat?: { readonly errcode: number; readonly errmsg: string; readonly path: string } | undefined
  }
}

export interface Operations {
  /** Make an invite link with which a merchant authorizes the platform for a business. Role: operator. Changes something. */ 'bindings.createLink': {
    input: {
      readonly businessId: string
      readonly returnUrl?: string | undefined
      readonly accountType?: 'miniprogram' | 'official' | 'any' | undefined
      readonly appid?: string | undefined
      readonly attributes?: Readonly<Record<string, string>> | undefined
      readonly expiresInHours?: number | undefined
    }
    data: { readonly inviteUrl: string; readonly expiresAt: string }
  }

  /** Tie an authorizer to a business, by an authorization code or by its appid. Role: operator. Changes something. */ 'bindings.bind': {
    input: {
      readonly businessId: string
      readonly authCode?: string | undefined
      readonly appid?: string | undefined
      readonly attributes?: Readonly<Record<string, string>> | undefined
      readonly replace?: boolean | undefined
    }
    data: Binding
  }

  /** How the binding of a business stands: none, pending, bound or revoked. Role: viewer. */ 'bindings.get': {
    input: { readonly businessId: string; readonly accountType?: 'miniprogram' | 'official' | 'any' | undefined }
    data: Binding
  }

  /** All bindings. Role: viewer. */ 'bindings.list': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly status?: 'none' | 'pending' | 'bound' | 'revoked' | undefined
    }
    data: { readonly items: readonly Binding[]; readonly nextCursor?: string | undefined }
  }

  /** Untie the authorizer of a business; the authorization itself stays. Role: operator. Changes something. */ 'bindings.unbind': {
    input: { readonly businessId: string; readonly accountType?: 'miniprogram' | 'official' | undefined }
    data: Binding
  }

  /** Merchants that authorized the platform. Role: viewer. */ 'authorizers.list': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly status?: 'active' | 'revoked' | 'reauthorize' | undefined
      readonly query?: string | undefined
    }
    data: { readonly items: readonly Authorizer[]; readonly nextCursor?: string | undefined }
  }

  /** One merchant. Role: viewer. */ 'authorizers.get': { input: { readonly appid: string }; data: Authorizer }

  /** Compare with WeChat's own list of authorizers and repair what differs. Role: owner. Changes something. */ 'authorizers.sync': {
    input: Readonly<Record<string, never>>
    data: { readonly added: number; readonly updated: number; readonly revoked: number; readonly problems: number }
  }

  /** Lend an authorizer's access token. Role: operator. Written to the activity log each time. */ 'tokens.authorizer': {
    input: { readonly appid: string; readonly minValiditySeconds?: number | undefined }
    data: Token
  }

  /** Lend the platform's own access token. Role: owner. Written to the activity log each time. */ 'tokens.component': {
    input: Readonly<Record<string, never>>
    data: Token
  }

  /** Drafts that developers uploaded, newest first. Role: viewer. */ 'templates.listDrafts': {
    input: { readonly limit?: number | undefined; readonly cursor?: string | undefined }
    data: { readonly items: readonly Draft[]; readonly nextCursor?: string | undefined }
  }

  /** Make a draft a template. Role: operator. Changes something. */ 'templates.promote': {
    input: { readonly draftId: number; readonly type?: 0 | 1 | undefined }
    data: { readonly templateId: number }
  }

  /** Templates, newest first. Role: viewer. */ 'templates.list': {
    input: { readonly limit?: number | undefined; readonly cursor?: string | undefined }
    data: { readonly items: readonly Template[]; readonly nextCursor?: string | undefined }
  }

  /** Delete a template. Role: operator. Changes something. */ 'templates.delete': {
    input: { readonly templateId: number }
    data: Readonly<Record<string, unknown>>
  }

  /** How the platform stands: ticket, tokens, audits, queue, problems with their cures. Role: viewer. */ 'platform.status': {
    input: Readonly<Record<string, never>>
    data: {
      readonly ticket: { readonly receivedAt: string | null; readonly ageSeconds: number | null }
      readonly componentToken: { readonly expiresAt: string | null }
      readonly authorizers: { readonly active: number; readonly revoked: number; readonly reauthorize: number }
      readonly audits: { readonly auditing: number; readonly rejected: number }
      readonly queue: Readonly<Record<string, number>>
      readonly problems: readonly {
        readonly code: string
        readonly params?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined
        readonly message: string
        readonly hint?: string | undefined
        readonly since: string
        readonly seenAt?: string | undefined
        readonly appid?: string | undefined
      }[]
    }
  }

  /** Read or change the server domains that the platform may hand out. Role: owner. Changes something. */ 'platform.setServerDomains': {
    input: {
      readonly action: 'add' | 'delete' | 'set' | 'get'
      readonly domains?: readonly string[] | undefined
      readonly scope?: 'both' | 'test' | undefined
    }
    data: Readonly<Record<string, unknown>>
  }

  /** Read or change the web-view domains that the platform may hand out. Role: owner. Changes something. */ 'platform.setWebviewDomains': {
    input: {
      readonly action: 'add' | 'delete' | 'set' | 'get'
      readonly domains?: readonly string[] | undefined
      readonly scope?: 'both' | 'test' | undefined
    }
    data: Readonly<Record<string, unknown>>
  }

  /** Pushes as received, newest first, secrets removed. Role: viewer. */ 'events.list': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly appid?: string | undefined
      readonly type?: string | undefined
    }
    data: {
      readonly items: readonly {
        readonly id: string
        readonly type: string
        readonly appid?: string | undefined
        readonly createdAt: string
        readonly receivedAt: string
        readonly state: 'new' | 'done' | 'failed'
        readonly attempts: number
        readonly fields: Readonly<Record<string, unknown>>
      }[]
      readonly nextCursor?: string | undefined
    }
  }

  /** Who did what when, with the outcome, newest first. Role: viewer. */ 'activity.list': {
    input: { readonly limit?: number | undefined; readonly cursor?: string | undefined }
    data: {
      readonly items: readonly {
        readonly id: string
        readonly identity: string
        readonly operation: string
        readonly appid?: string | undefined
        readonly input: Readonly<Record<string, unknown>>
        readonly state: 'running' | 'ended'
        readonly startedAt: string
        readonly endedAt?: string | undefined
        readonly outcome?: string | undefined
      }[]
      readonly nextCursor?: string | undefined
    }
  }

  /** Read or change the server domains of a mini program; the platform must have them first. Role: operator. Changes something. */ 'miniprograms.setServerDomains': {
    input: {
      readonly appid: string
      readonly action: 'add' | 'delete' | 'set' | 'get'
      readonly requestDomains?: readonly string[] | undefined
      readonly wsRequestDomains?: readonly string[] | undefined
      readonly uploadDomains?: readonly string[] | undefined
      readonly downloadDomains?: readonly string[] | undefined
      readonly udpDomains?: readonly string[] | undefined
      readonly tcpDomains?: readonly string[] | undefined
    }
    data: Readonly<Record<string, unknown>>
  }

  /** Read or change the web-view domains of a mini program; the platform must have them first. Role: operator. Changes something. */ 'miniprograms.setWebviewDomains': {
    input: {
      readonly appid: string
      readonly action: 'add' | 'delete' | 'set' | 'get'
      readonly domains?: readonly string[] | undefined
    }
    data: Readonly<Record<string, unknown>>
  }

  /** Set the privacy guideline (用户隐私保护指引). Role: operator. Changes something. */ 'miniprograms.setPrivacy': {
    input: {
      readonly appid: string
      readonly version?: 1 | 2 | undefined
      readonly ownerSetting: {
        readonly contact_email?: string | undefined
        readonly contact_phone?: string | undefined
        readonly contact_qq?: string | undefined
        readonly contact_weixin?: string | undefined
        readonly notice_method: string
        readonly store_expire_timestamp?: string | undefined
        readonly ext_file_media_id?: string | undefined
        readonly store_region?: string | number | undefined
      }
      readonly settingList?: readonly { readonly privacy_key: string; readonly privacy_text: string }[] | undefined
      readonly sdkPrivacyInfoList?:
        | readonly {
            readonly sdk_name: string
            readonly sdk_biz_name?: string | undefined
            readonly sdk_list: readonly { readonly privacy_key: string; readonly privacy_text: string }[]
          }[]
        | undefined
    }
    data: Readonly<Record<string, unknown>>
  }

  /** The privacy guideline, and what the committed code needs besides. Role: viewer. */ 'miniprograms.getPrivacy': {
    input: { readonly appid: string; readonly version?: 1 | 2 | undefined }
    data: Readonly<Record<string, unknown>>
  }

  /** Let somebody open the trial version. Role: operator. Changes something. */ 'miniprograms.bindTester': {
    input: { readonly appid: string; readonly wechatId: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Take the trial version away from somebody. Role: operator. Changes something. */ 'miniprograms.unbindTester': {
    input: { readonly appid: string; readonly wechatId: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Who may open the trial version, by userstr. Role: operator. */ 'miniprograms.listTesters': {
    input: { readonly appid: string }
    data: { readonly items: readonly Readonly<Record<string, unknown>>[] }
  }

  /** Name, subject, versions and visibility of a mini program. Role: viewer. */ 'miniprograms.info': {
    input: { readonly appid: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Stop or resume the online version. Role: operator. Changes something. */ 'miniprograms.setVisibility': {
    input: { readonly appid: string; readonly visible: boolean }
    data: { readonly visible: boolean }
  }

  /** Exchange a js_code of wx.login for the user's session. Role: operator. */ 'miniprograms.login': {
    input: { readonly appid: string; readonly jsCode: string }
    data: { readonly openid: string; readonly unionid?: string | undefined; readonly sessionKey: string }
  }

  /** Make a template, with the merchant's settings, the trial version of its mini program. Role: operator. Changes something. */ 'releases.commit': {
    input: {
      readonly appid: string
      readonly templateId: number
      readonly ext?: Readonly<Record<string, unknown>> | undefined
      readonly extVars?: Readonly<Record<string, string>> | undefined
      readonly extJson?: Readonly<Record<string, unknown>> | undefined
      readonly version: string
      readonly description: string
    }
    data: Release
  }

  /** The ext_json that a commit would send, with every variable filled in; nothing is sent. Role: viewer. */ 'releases.render': {
    input: {
      readonly appid: string
      readonly templateId: number
      readonly ext?: Readonly<Record<string, unknown>> | undefined
      readonly extVars?: Readonly<Record<string, string>> | undefined
      readonly extJson?: Readonly<Record<string, unknown>> | undefined
    }
    data: { readonly extJson: string }
  }

  /** QR code of the trial version. Role: viewer. */ 'releases.preview': {
    input: { readonly appid: string; readonly path?: string | undefined }
    data: Image
  }

  /** Pages of the trial version. Role: viewer. */ 'releases.pages': {
    input: { readonly appid: string }
    data: { readonly pages: readonly string[] }
  }

  /** Categories that a submission may name. Role: viewer. */ 'releases.categories': {
    input: { readonly appid: string }
    data: { readonly categories: readonly Readonly<Record<string, unknown>>[] }
  }

  /** Whatever would fail on the way to the users, per merchant, asked before anything is sent. Role: viewer. */ 'releases.preflight': {
    input: { readonly appids: readonly string[]; readonly templateId?: number | undefined }
    data: {
      readonly items: readonly {
        readonly appid: string
        readonly ready: boolean
        readonly problems: readonly Problem[]
      }[]
    }
  }

  /** Submit the trial version for review. Role: operator. Changes something. */ 'releases.submit': {
    input: {
      readonly appid: string
      readonly items?:
        | readonly {
            readonly address?: string | undefined
            readonly tag?: string | undefined
            readonly title?: string | undefined
            readonly first_class: string
            readonly second_class: string
            readonly third_class?: string | undefined
            readonly first_id: number
            readonly second_id: number
            readonly third_id?: number | undefined
          }[]
        | undefined
      readonly versionDescription?: string | undefined
      readonly previewInfo?:
        | {
            readonly video_id_list?: readonly string[] | undefined
            readonly pic_id_list?: readonly string[] | undefined
          }
        | undefined
      readonly feedback?:
        | string
        | { readonly feedback_info?: string | undefined; readonly feedback_stuff?: string | undefined }
        | undefined
      readonly orderPath?: string | undefined
      readonly ugc?:
        | {
            readonly scene: readonly number[]
            readonly other_scene_desc?: string | undefined
            readonly method?: readonly number[] | undefined
            readonly has_audit_team?: 0 | 1 | undefined
            readonly audit_desc?: string | undefined
          }
        | undefined
      readonly privacyApiNotUse?: boolean | undefined
      readonly autoRelease?: boolean | undefined
    }
    data: Release
  }

  /** The release under review, else the newest. Role: viewer. */ 'releases.status': {
    input: { readonly appid: string }
    data: Release
  }

  /** Take back the version under review. Role: operator. Changes something. */ 'releases.withdraw': {
    input: { readonly appid: string }
    data: Release
  }

  /** Ask WeChat to review faster, from a quota shared by the whole platform. Role: operator. Changes something. */ 'releases.expedite': {
    input: { readonly appid: string }
    data: Release
  }

  /** Review quota of the month, shared by the whole platform. Role: operator. */ 'releases.quota': {
    input: { readonly appid: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Upload a picture or video for the reviewer. Role: operator. Changes something. */ 'releases.uploadMedia': {
    input: { readonly appid: string; readonly fileId?: string | undefined; readonly base64?: string | undefined }
    data: { readonly type: string; readonly mediaid: string }
  }

  /** A picture of a reviewer's rejection. Role: viewer. */ 'releases.screenshot': {
    input: { readonly appid: string; readonly mediaId: string }
    data: Image
  }

  /** Put the approved version online. Role: operator. Changes something. */ 'releases.release': {
    input: { readonly appid: string; readonly version?: string | undefined }
    data: Release
  }

  /** Take the online version back to an earlier one. Role: operator. Changes something. */ 'releases.rollback': {
    input: { readonly appid: string; readonly appVersion?: number | undefined }
    data: Readonly<Record<string, unknown>>
  }

  /** Versions that can be returned to. Role: viewer. */ 'releases.history': {
    input: { readonly appid: string }
    data: { readonly items: readonly Readonly<Record<string, unknown>>[] }
  }

  /** Put the approved version online for a percentage of the users. Role: operator. Changes something. */ 'releases.startGray': {
    input: { readonly appid: string; readonly percentage: number }
    data: Release
  }

  /** How the gray release stands. Role: operator. */ 'releases.getGray': {
    input: { readonly appid: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Cancel the gray release. Role: operator. Changes something. */ 'releases.cancelGray': {
    input: { readonly appid: string }
    data: Release
  }

  /** Releases, newest first. Role: viewer. */ 'releases.list': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly appid?: string | undefined
      readonly state?:
        | 'committing'
        | 'committed'
        | 'failed'
        | 'submitting'
        | 'auditing'
        | 'delayed'
        | 'approved'
        | 'rejected'
        | 'withdrawn'
        | 'gray'
        | 'released'
        | 'rolledBack'
        | 'superseded'
        | undefined
    }
    data: { readonly items: readonly Release[]; readonly nextCursor?: string | undefined }
  }

  /** Ship one template to many merchants, wave by wave. Role: operator. Changes something. */ 'rollouts.create': {
    input: {
      readonly name: string
      readonly templateId: number
      readonly version: string
      readonly description: string
      readonly appids?: readonly string[] | undefined
      readonly all?: true | undefined
      readonly filter?:
        | {
            readonly attributes?: Readonly<Record<string, string>> | undefined
            readonly liveVersion?: string | undefined
          }
        | undefined
      readonly ext?: Readonly<Record<string, unknown>> | undefined
      readonly setup?:
        | {
            readonly serverDomains?:
              | {
                  readonly requestDomains?: readonly string[] | undefined
                  readonly wsRequestDomains?: readonly string[] | undefined
                  readonly uploadDomains?: readonly string[] | undefined
                  readonly downloadDomains?: readonly string[] | undefined
                  readonly udpDomains?: readonly string[] | undefined
                  readonly tcpDomains?: readonly string[] | undefined
                }
              | undefined
            readonly webviewDomains?: readonly string[] | undefined
            readonly privacy?:
              | {
                  readonly ownerSetting: {
                    readonly contact_email?: string | undefined
                    readonly contact_phone?: string | undefined
                    readonly contact_qq?: string | undefined
                    readonly contact_weixin?: string | undefined
                    readonly notice_method: string
                    readonly store_expire_timestamp?: string | undefined
                    readonly ext_file_media_id?: string | undefined
                    readonly store_region?: string | number | undefined
                  }
                  readonly settingList?:
                    readonly { readonly privacy_key: string; readonly privacy_text: string }[] | undefined
                }
              | undefined
          }
        | undefined
      readonly waves?: readonly number[] | undefined
      readonly nextWaveWhen?: 'approved' | 'released' | undefined
      readonly maxFailures?: number | undefined
      readonly quotaReserve?: number | undefined
      readonly autoSubmit?: boolean | undefined
      readonly autoRelease?: boolean | undefined
    }
    data: Rollout
  }

  /** How a rollout stands; cheap to poll. Role: viewer. */ 'rollouts.get': {
    input: { readonly rolloutId: string }
    data: Rollout
  }

  /** Rollouts, newest first. Role: viewer. */ 'rollouts.list': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly state?:
        'running' | 'paused' | 'waitingForQuota' | 'awaitingRelease' | 'completed' | 'cancelled' | undefined
    }
    data: { readonly items: readonly Rollout[]; readonly nextCursor?: string | undefined }
  }

  /** The merchants of a rollout, each with its state. Role: viewer. */ 'rollouts.items': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly rolloutId: string
      readonly state?:
        | 'pending'
        | 'committing'
        | 'committed'
        | 'submitting'
        | 'auditing'
        | 'delayed'
        | 'rejected'
        | 'withdrawn'
        | 'approved'
        | 'gray'
        | 'released'
        | 'rolledBack'
        | 'failed'
        | 'skipped'
        | undefined
      readonly reason?: string | undefined
    }
    data: {
      readonly items: readonly {
        readonly appid: string
        readonly state:
          | 'pending'
          | 'committing'
          | 'committed'
          | 'submitting'
          | 'auditing'
          | 'delayed'
          | 'rejected'
          | 'withdrawn'
          | 'approved'
          | 'gray'
          | 'released'
          | 'rolledBack'
          | 'failed'
          | 'skipped'
        readonly wave: number
        readonly releaseId?: string | undefined
        readonly problem?: Problem | undefined
      }[]
      readonly nextCursor?: string | undefined
    }
  }

  /** What was rejected, grouped by what the reviewers said; one fix may serve a whole group. Role: viewer. */ 'rollouts.rejections': {
    input: { readonly rolloutId: string }
    data: {
      readonly groups: readonly {
        readonly reason: string
        readonly count: number
        readonly appids?: readonly string[] | undefined
      }[]
    }
  }

  /** Start no new step; reviews that run go on. Role: operator. Changes something. */ 'rollouts.pause': {
    input: { readonly rolloutId: string }
    data: Rollout
  }

  /** Go on after a pause. Role: operator. Changes something. */ 'rollouts.resume': {
    input: { readonly rolloutId: string }
    data: Rollout
  }

  /** End it: no new step, reviews are left alone. Role: operator. Changes something. */ 'rollouts.cancel': {
    input: { readonly rolloutId: string }
    data: Rollout
  }

  /** Send those on their way again that failed, were skipped or rejected. Role: operator. Changes something. */ 'rollouts.retry': {
    input: {
      readonly rolloutId: string
      readonly states?: readonly ('failed' | 'skipped' | 'rejected' | 'withdrawn')[] | undefined
      readonly reason?: string | undefined
    }
    data: Rollout
  }

  /** Release all that are approved. Role: operator. Changes something. */ 'rollouts.release': {
    input: { readonly rolloutId: string }
    data: Rollout
  }

  /** Take back what this rollout released. Role: operator. Changes something. */ 'rollouts.rollback': {
    input: { readonly rolloutId: string }
    data: Rollout
  }

  /** Call any API of WeChat's on an authorizer's or the platform's behalf. Role: owner. Changes something. */ 'wechat.call': {
    input: {
      readonly appid?: string | undefined
      readonly path: string
      readonly method?: 'GET' | 'POST' | undefined
      readonly query?: Readonly<Record<string, string | number | boolean>> | undefined
      readonly body?: Readonly<Record<string, unknown>> | undefined
    }
    data: Readonly<Record<string, unknown>>
  }

  /** Have events delivered to a URL; the signing secret is answered once, when it is new. Role: owner. Changes something. */ 'subscriptions.put': {
    input: {
      readonly subscriptionId?: string | undefined
      readonly url: string
      readonly match: {
        readonly type?: string | undefined
        readonly infoType?: string | undefined
        readonly event?: string | undefined
        readonly appid?: string | undefined
      }
      readonly enabled?: boolean | undefined
      readonly rotateSecret?: boolean | undefined
    }
    data: { readonly subscriptionId: string; readonly secret?: string | undefined }
  }

  /** Subscriptions with their newest deliveries, without secrets. Role: owner. */ 'subscriptions.list': {
    input: { readonly limit?: number | undefined; readonly cursor?: string | undefined }
    data: {
      readonly items: readonly {
        readonly subscriptionId: string
        readonly url: string
        readonly match: {
          readonly type?: string | undefined
          readonly infoType?: string | undefined
          readonly event?: string | undefined
          readonly appid?: string | undefined
        }
        readonly enabled: boolean
        readonly createdAt: string
        readonly failingSince?: string | undefined
        readonly nextAttemptAt?: string | undefined
        readonly lastError?: string | undefined
        readonly switchedOffAt?: string | undefined
        readonly formerSecretUntil?: string | undefined
        readonly waiting: number
        readonly dead: number
        readonly deliveries: readonly Delivery[]
      }[]
      readonly nextCursor?: string | undefined
    }
  }

  /** Deliveries with their state, newest first; the events themselves are in events.list. Role: viewer. */ 'subscriptions.deliveries': {
    input: {
      readonly limit?: number | undefined
      readonly cursor?: string | undefined
      readonly subscriptionId?: string | undefined
      readonly state?: 'waiting' | 'delivered' | 'dead' | undefined
    }
    data: { readonly items: readonly Delivery[]; readonly nextCursor?: string | undefined }
  }

  /** End a subscription and what waits for it. Role: owner. Changes something. */ 'subscriptions.delete': {
    input: { readonly subscriptionId: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Send a test event now and tell how it went. Role: owner. Changes something. */ 'subscriptions.test': {
    input: { readonly subscriptionId: string }
    data: DeliveryOutcome
  }

  /** Send a stored event once more, now. Role: owner. Changes something. */ 'subscriptions.redeliver': {
    input: { readonly deliveryId: string }
    data: DeliveryOutcome
  }

  /** Who calls, and in which role. Role: viewer. */ 'admins.me': {
    input: Readonly<Record<string, never>>
    data: { readonly id: string; readonly role: 'viewer' | 'operator' | 'owner' }
  }

  /** People who may use the platform, those of ADMIN_OPENIDS first. Role: owner. */ 'admins.list': {
    input: { readonly limit?: number | undefined; readonly cursor?: string | undefined }
    data: {
      readonly items: readonly {
        readonly id: string
        readonly role: 'viewer' | 'operator' | 'owner'
        readonly name?: string | undefined
        readonly fixed?: boolean | undefined
      }[]
      readonly nextCursor?: string | undefined
    }
  }

  /** Give a person a role. Role: owner. Changes something. */ 'admins.put': {
    input: { readonly id: string; readonly role: 'viewer' | 'operator' | 'owner'; readonly name?: string | undefined }
    data: { readonly id: string; readonly role: 'viewer' | 'operator' | 'owner'; readonly name?: string | undefined }
  }

  /** Take a person's role away. Role: owner. Changes something. */ 'admins.delete': {
    input: { readonly id: string }
    data: Readonly<Record<string, unknown>>
  }

  /** Make an API key; it is shown this once. Role: owner. Changes something. */ 'apiKeys.create': {
    input: {
      readonly name: string
      readonly role: 'viewer' | 'operator' | 'owner'
      readonly operations?: readonly string[] | undefined
      readonly appids?: readonly string[] | undefined
      readonly expiresAt?: string | undefined
    }
    data: { readonly keyId: string; readonly key: string }
  }

  /** API keys, without the keys themselves. Role: owner. */ 'apiKeys.list': {
    input: { readonly limit?: number | undefined; readonly cursor?: string | undefined }
    data: {
      readonly items: readonly {
        readonly keyId: string
        readonly name: string
        readonly role: 'viewer' | 'operator' | 'owner'
        readonly createdAt: string
        readonly operations?: readonly string[] | undefined
        readonly appids?: readonly string[] | undefined
        readonly expiresAt?: string | undefined
        readonly revokedAt?: string | undefined
        readonly lastUsedAt?: string | undefined
      }[]
      readonly nextCursor?: string | undefined
    }
  }

  /** Revoke an API key at once. Role: owner. Changes something. */ 'apiKeys.revoke': {
    input: { readonly keyId: string }
    data: Readonly<Record<string, unknown>>
  }
}

export type OperationName = keyof Operations

/** Those that take an idempotency key. */

export const changing: ReadonlySet<OperationName> = new Set<OperationName>([
  'bindings.createLink',
  'bindings.bind',
  'bindings.unbind',
  'authorizers.sync',
  'templates.promote',
  'templates.delete',
  'platform.setServerDomains',
  'platform.setWebviewDomains',
  'miniprograms.setServerDomains',
  'miniprograms.setWebviewDomains',
  'miniprograms.setPrivacy',
  'miniprograms.bindTester',
  'miniprograms.unbindTester',
  'miniprograms.setVisibility',
  'releases.commit',
  'releases.submit',
  'releases.withdraw',
  'releases.expedite',
  'releases.uploadMedia',
  'releases.release',
  'releases.rollback',
  'releases.startGray',
  'releases.cancelGray',
  'rollouts.create',
  'rollouts.pause',
  'rollouts.resume',
  'rollouts.cancel',
  'rollouts.retry',
  'rollouts.release',
  'rollouts.rollback',
  'wechat.call',
  'subscriptions.put',
  'subscriptions.delete',
  'subscriptions.test',
  'subscriptions.redeliver',
  'admins.put',
  'admins.delete',
  'apiKeys.create',
  'apiKeys.revoke',
])
