import * as v from 'valibot'
/** The operation centre (运维中心): errors, logs, speed, users' reports. */
import { get, post, site } from '../endpoints/endpoint.ts'
import { either, list, may, oneOf, says, takes, text, upToNumber, whole } from './fields.ts'

const permissionSets = [18]

export const diagnostics = {
  listErrors: post('authorizer', '/wxaapi/log/jserr_list', {
    title: { en: 'JavaScript errors of a mini program, by version', zh: '小程序的 JS 错误，每个版本' },
    reads: 'diagnostics.listErrors',
    body: () =>
      takes({
        startTime: text,
        endTime: text,
        errType: oneOf(['0', '1', '2', '3']),
        appVersion: may(text, '0'),
        openid: text,
        keyword: text,
        orderby: oneOf(['uv', 'pv']),
        desc: oneOf(['1', '2']),
        offset: whole,
        limit: upToNumber(30),
      }),
    reply: () =>
      says({
        data: list(
          says({
            errorMsg: text,
            errorMsgMd5: text,
            errorStack: text,
            errorStackMd5: text,
            uv: whole,
            uvPercent: text,
            pv: whole,
            pvPercent: text,
          }),
        ),
        totalCount: whole,
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getjserrlist'),
  }),
  errorDetails: post('authorizer', '/wxaapi/log/jserr_detail', {
    title: { en: 'Where and when one JavaScript error happened', zh: '一个 JS 错误的每次发生' },
    reads: 'diagnostics.errorDetails',
    role: 'owner',
    body: () =>
      takes({
        startTime: text,
        endTime: text,
        errorMsgMd5: text,
        errorStackMd5: text,
        appVersion: may(text, '0'),
        sdkVersion: may(text, '0'),
        osName: oneOf(['0', '1', '2', '3']),
        clientVersion: may(text, '0'),
        openid: text,
        desc: oneOf(['0', '1']),
        offset: whole,
        limit: may(whole, 10),
      }),
    reply: () =>
      says({
        data: list(
          says({
            Uin: text,
            appId: text,
            openId: text,
            nickname: text,
            source: text,
            route: text,
            errorMsg: text,
            errorMsgMd5: text,
            errorStack: text,
            errorStackMd5: text,
            appVersion: text,
            sdkVersion: text,
            osName: text,
            clientVersion: text,
            pluginversion: text,
            DeviceModel: text,
            Count: either,
            Ds: text,
            TimeStamp: text,
          }),
        ),
        totalCount: whole,
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getjserrdetail'),
  }),
  searchLogs: get('authorizer', '/wxaapi/userlog/userlog_search', {
    title: { en: 'Search the realtime logs of the last 7 days', zh: '查询实时日志，最近 7 天' },
    reads: 'diagnostics.searchLogs',
    role: 'owner',
    query: () =>
      takes({
        date: text,
        begintime: whole,
        endtime: whole,
        traceId: may(text),
        url: may(text),
        id: may(text),
        filterMsg: may(text),
        level: may(whole),
        start: may(whole),
        limit: may(whole),
      }),
    reply: () =>
      says({
        data: says({
          list: list(
            says({
              level: whole,
              libraryVersion: text,
              clientVersion: text,
              id: text,
              platform: whole,
              traceid: text,
              url: text,
              filterMsg: text,
              msg: list(says({ level: whole, msg: list(text), time: whole })),
              timestamp: whole,
            }),
          ),
          total: whole,
        }),
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_realtimelogsearch'),
  }),
  performance: post('authorizer', '/wxaapi/log/get_performance', {
    title: { en: 'How long starting and downloading take, day by day', zh: '启动和下载耗时，每天' },
    reads: 'diagnostics.performance',
    body: () =>
      takes({
        cost_time_type: oneOf([1, 2, 3]),
        default_start_time: whole,
        default_end_time: whole,
        device: may(text, '@_all'),
        is_download_code: may(text, '@_all'),
        networktype: may(text, '@_all'),
        scene: text,
      }),
    reply: () => says({ default_time_data: text, compare_time_data: text }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getperformance'),
  }),
  startup: post('authorizer', '/wxa/business/performance/boot', {
    title: { en: 'Rates and phases of opening, page switches, memory', zh: '打开率、启动、切页和内存指标' },
    reads: 'diagnostics.startup',
    body: () =>
      takes({
        module: v.union([
          oneOf([10016, 10017, 10021, 10022, 10023]),
          v.pipe(v.string(), v.regex(/^100(?:16|17|2[123])$/)),
        ]),
        time: takes({ begin_timestamp: whole, end_timestamp: whole }),
        params: may(list(takes({ field: oneOf(['networktype', 'device_level', 'device']), value: text }))),
      }),
    reply: () =>
      says({
        data: says({
          body: says({
            tables: list(
              says({ id: text, zh: text, lines: list(says({ fields: list(says({ refdate: text, value: text })) })) }),
            ),
            count: whole,
          }),
        }),
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/data-analysis/others/api_getperformancedata'),
  }),
  listFeedback: get('authorizer', '/wxaapi/feedback/list', {
    title: { en: 'What users reported', zh: '用户反馈' },
    reads: 'diagnostics.listFeedback',
    role: 'owner',
    query: () => takes({ type: may(whole), page: whole, num: whole }),
    reply: () =>
      says({
        list: list(
          says({
            record_id: whole,
            openid: text,
            nickname: text,
            head_url: text,
            phone: either,
            type: whole,
            content: text,
            mediaIds: list(text),
            systemInfo: text,
            create_time: whole,
          }),
        ),
        total_num: whole,
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getfeedback'),
  }),
  feedbackPicture: get('authorizer', '/cgi-bin/media/getfeedbackmedia', {
    title: { en: 'Picture of what a user reported', zh: '用户反馈中的图片' },
    reads: 'diagnostics.feedbackPicture',
    role: 'owner',
    query: () => takes({ record_id: whole, media_id: text }),
    reply: 'binary',
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getfeedbackmedia'),
  }),
  listScenes: get('authorizer', '/wxaapi/log/get_scene', {
    title: { en: 'Scenes in which the mini program is opened', zh: '打开小程序的场景' },
    reads: 'diagnostics.listScenes',
    reply: () => says({ scene: list(says({ name: text, value: either })) }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getscenelist'),
  }),
  listClientVersions: get('authorizer', '/wxaapi/log/get_client_version', {
    title: { en: 'Versions of WeChat that users have', zh: '用户的微信客户端版本' },
    reads: 'diagnostics.listClientVersions',
    reply: () => says({ cvlist: list(says({ type: whole, client_version_list: list(text) })) }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getversionlist'),
  }),
}
