/** Name, picture, introduction, search, prefetched data and order page of one mini program. */
import { docs, get, post } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { fixed, flag, list, may, oneOf, says, share, takes, text, upTo, whole, words } from './fields.ts'

const permissionSets = [18]

export const names = {
  set: post('authorizer', '/wxa/setnickname', {
    title: { en: 'Set the name', zh: '设置名称' },
    changes: 'names.set',
    body: () =>
      takes({
        nick_name: text,
        id_card: may(text),
        license: may(text),
        naming_other_stuff_1: may(text),
        naming_other_stuff_2: may(text),
        naming_other_stuff_3: may(text),
        naming_other_stuff_4: may(text),
        naming_other_stuff_5: may(text),
      }),
    reply: () => says({ audit_id: whole, wording: text }),
    repeat: 'never',
    permissionSets: [30, 61],
    link: docs('miniprogram-management/basic-info-management/setNickName'),
  }),
  audit: post('authorizer', '/wxa/api_wxa_querynickname', {
    title: { en: 'State of a name under review', zh: '名称审核状态' },
    reads: 'names.audit',
    body: () => takes({ audit_id: may(whole) }),
    reply: () => says({ nickname: text, audit_stat: whole, fail_reason: text, audit_time: whole, create_time: whole }),
    repeat: 'safe',
    permissionSets: [30, 61],
    link: docs('miniprogram-management/basic-info-management/getNickNameStatus'),
  }),
  check: post('authorizer', '/cgi-bin/wxverify/checkwxverifynickname', {
    title: { en: 'Whether a name may be taken', zh: '名称是否可用' },
    reads: 'names.check',
    body: () => takes({ nick_name: text }),
    reply: () => says({ hit_condition: flag, wording: text }),
    repeat: 'safe',
    permissionSets: [3, 31, 62],
    link: docs('miniprogram-management/basic-info-management/checkNickName'),
  }),
}

export const pictures = {
  set: post('authorizer', '/cgi-bin/account/modifyheadimage', {
    title: { en: 'Set the picture; the crop box runs from 0 to 1', zh: '设置头像，裁剪框坐标为 0 到 1' },
    changes: 'pictures.set',
    body: () => takes({ head_img_media_id: text, x1: share, y1: share, x2: share, y2: share }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets: [3, 30, 61],
    link: docs('miniprogram-management/basic-info-management/setHeadImage'),
  }),
}

export const introductions = {
  set: post('authorizer', '/cgi-bin/account/modifysignature', {
    title: { en: 'Set the introduction, 4 to 120 characters', zh: '设置介绍，4 到 120 个字符' },
    changes: 'introductions.set',
    body: () => takes({ signature: words(4, 120) }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets: [3, 30, 61],
    link: docs('miniprogram-management/basic-info-management/setSignature'),
  }),
}

export const searches = {
  get: get('authorizer', '/wxa/getwxasearchstatus', {
    title: { en: 'Whether search finds the mini program (0 yes, 1 no)', zh: '是否可被搜索（0 可以，1 不可以）' },
    reads: 'searches.get',
    reply: () => says({ status: whole }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/basic-info-management/getSearchStatus'),
  }),
  set: post('authorizer', '/wxa/changewxasearchstatus', {
    title: { en: 'Let search find the mini program (0) or not (1)', zh: '设置能否被搜索（0 可以，1 不可以）' },
    changes: 'searches.set',
    body: () => takes({ status: oneOf([0, 1]) }),
    reply: () => says({ status: whole }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/basic-info-management/setSearchStatus'),
  }),
}

export const dataPrefetches = {
  get: post('authorizer', '/wxa/fetchdatasetting', {
    title: { en: 'Settings of data that is fetched in advance or now and then', zh: '数据预拉取和周期性更新的设置' },
    reads: 'dataPrefetches.get',
    body: () => takes({ action: fixed('get') }),
    reply: () =>
      says({
        is_pre_fetch_open: flag,
        pre_fetch_type: whole,
        pre_fetch_url: text,
        pre_env: text,
        pre_function_name: text,
        is_period_fetch_open: flag,
        period_fetch_type: whole,
        period_fetch_url: text,
        period_env: text,
        period_function_name: text,
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/basic-info-management/getFetchdataSetting'),
  }),
  setEarly: post('authorizer', '/wxa/fetchdatasetting', {
    title: { en: 'Set what is fetched before the mini program opens', zh: '设置数据预拉取' },
    changes: 'dataPrefetches.setEarly',
    body: () =>
      takes({
        action: fixed('set_pre_fetch'),
        is_pre_fetch_open: may(flag),
        pre_fetch_type: may(whole),
        pre_fetch_url: may(text),
        pre_env: may(text),
        pre_function_name: may(text),
      }),
    reply: () =>
      says({
        is_pre_fetch_open: flag,
        pre_fetch_type: whole,
        pre_fetch_url: text,
        pre_env: text,
        pre_function_name: text,
        is_period_fetch_open: flag,
        period_fetch_type: whole,
        period_fetch_url: text,
        period_env: text,
        period_function_name: text,
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/basic-info-management/getFetchdataSetting'),
  }),
  setPeriodic: post('authorizer', '/wxa/fetchdatasetting', {
    title: { en: 'Set what is fetched now and then', zh: '设置数据周期性更新' },
    changes: 'dataPrefetches.setPeriodic',
    body: () =>
      takes({
        action: fixed('set_period_fetch'),
        is_period_fetch_open: may(flag),
        period_fetch_type: may(whole),
        period_fetch_url: may(text),
        period_env: may(text),
        period_function_name: may(text),
      }),
    reply: () =>
      says({
        is_pre_fetch_open: flag,
        pre_fetch_type: whole,
        pre_fetch_url: text,
        pre_env: text,
        pre_function_name: text,
        is_period_fetch_open: flag,
        period_fetch_type: whole,
        period_fetch_url: text,
        period_env: text,
        period_function_name: text,
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/basic-info-management/getFetchdataSetting'),
  }),
}

export const orderPaths = {
  apply: post('component', '/wxa/security/applysetorderpathinfo', {
    title: { en: 'Apply for an order page of up to 100 mini programs', zh: '为最多 100 个小程序申请订单页' },
    changes: 'orderPaths.apply',
    body: () =>
      takes({
        batch_req: takes({
          path: text,
          appid_list: may(upTo(100, text)),
          img_list: may(list(text)),
          video: may(text),
          test_account: may(text),
          test_pwd: may(text),
          test_remark: may(text),
        }),
      }),
    reply: acknowledged,
    repeat: 'never',
    link: docs('miniprogram-management/basic-info-management/applySetOrderPathInfo'),
  }),
  get: post('authorizer', '/wxa/security/getorderpathinfo', {
    title: { en: 'Order page of a mini program (0 live, 1 under review)', zh: '小程序的订单页（0 线上，1 审核中）' },
    reads: 'orderPaths.get',
    body: () => takes({ info_type: oneOf([0, 1]) }),
    reply: () =>
      says({
        msg: says({
          path: text,
          img_list: list(text),
          video: text,
          test_account: text,
          test_pwd: text,
          test_remark: text,
          status: whole,
          apply_time: whole,
        }),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/basic-info-management/getOrderPathInfo'),
  }),
}
