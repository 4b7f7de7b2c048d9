import { codeOfReason } from '../../shared/reasons.ts'
import { reasonOfErrcode } from '../../shared/wechat/errors.ts'
import { listErrcodes, type Move } from '../../shared/words/errcodes.ts'

const moves: Readonly<Record<Move, string>> = {
  retry: 'wait and retry 稍后重试',
  wait: 'wait 等待',
  token: 'the token is refreshed 自动刷新令牌',
  reauthorize: 'the merchant authorizes again 商户重新授权',
  merchant: 'the merchant 商户处理',
  provider: 'the platform 服务商处理',
  readBack: 'read the state back 先查询状态',
}

/** WeChat's errcodes with meaning and cure in both languages. */
export const renderErrcodes = (): string =>
  [
    '# WeChat’s errcodes 微信返回码',
    'Made from `shared/words/errcode-table.ts` by `npm run docs`. `code` is what operations answer; `message` and `hint` are these words.',
    [
      '| errcode | code | whose move | meaning | cure |',
      '| --- | --- | --- | --- | --- |',
      ...listErrcodes().map(
        ({ first, last, move, meaning, cure }) =>
          `| ${first === last ? first : `${first}–${last}`} | ${codeOfReason(reasonOfErrcode(first))} | ${moves[move]} | ${meaning.zh}<br>${meaning.en} | ${cure.zh}<br>${cure.en} |`,
      ),
    ].join('\n'),
  ].join('\n\n')
