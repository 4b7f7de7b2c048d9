/** Shopping orders, logistics, live streams, the service market. */
import { docs, post, site } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { anything, either, fixed, flag, list, may, says, takes, text, whole } from './fields.ts'

const orderKey = () =>
  takes({ order_number_type: whole, mchid: may(text), out_trade_no: may(text), transaction_id: may(text) })

const buyerSaid = () =>
  says({ appid: text, service_id: either, spec_list: list(says({ specification_id: text, expire_time: whole })) })

const shippingList = () =>
  takes({
    express_company: text,
    tracking_no: text,
    contact: may(takes({ consignor_contact: may(text), receiver_contact: may(text) })),
    item_list: may(list(takes({ merchant_item_id: text }))),
  })

const itemList = () =>
  takes({
    merchant_item_id: text,
    name: text,
    description: may(text),
    unit_price: whole,
    quantity: whole,
    image_url: list(text),
    item_detail_jump_link: may(takes({ type: text, appid: may(text), path: may(text), url: may(text) })),
  })

export const shoppingOrders = {
  upload: post('authorizer', '/user-order/orders', {
    title: { en: 'Hand in a shopping order', zh: '上传购物订单' },
    changes: 'shoppingOrders.upload',
    role: 'owner',
    body: () =>
      takes({
        order_key: orderKey(),
        order_list: list(
          takes({
            merchant_order_no: text,
            order_detail_jump_link: may(takes({ type: text, appid: may(text), path: may(text), url: may(text) })),
            item_list: list(itemList()),
          }),
        ),
        payer: takes({ openid: text }),
        logistics_type: may(text),
        upload_time: text,
      }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [120, 121],
    link: docs('miniprogram-management/shopping-orders/uploadShoppingInfo'),
  }),
  uploadCombined: post('authorizer', '/user-order/combine-orders', {
    title: { en: 'Hand in several shopping orders that were paid together', zh: '上传合单购物订单' },
    changes: 'shoppingOrders.uploadCombined',
    role: 'owner',
    body: () =>
      takes({
        order_key: orderKey(),
        sub_orders: list(
          takes({
            order_key: orderKey(),
            merchant_order_no: text,
            order_detail_jump_link: may(takes({ type: text, appid: may(text), path: may(text), url: may(text) })),
            item_list: list(itemList()),
            logistics_type: may(text),
          }),
        ),
        payer: takes({ openid: text }),
        upload_time: text,
      }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [120, 121],
    link: docs('miniprogram-management/shopping-orders/uploadCombinedShoppingInfo'),
  }),
  uploadShipping: post('authorizer', '/user-order/orders/shippings', {
    title: { en: 'Hand in how an order is shipped', zh: '上传物流信息' },
    changes: 'shoppingOrders.uploadShipping',
    role: 'owner',
    body: () =>
      takes({
        order_key: orderKey(),
        shipping_list: list(shippingList()),
        payer: takes({ openid: text }),
        delivery_mode: text,
        upload_time: text,
      }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [120, 121, 142],
    link: docs('miniprogram-management/shopping-orders/uploadShippingInfo'),
  }),
  uploadCombinedShipping: post('authorizer', '/user-order/combine-orders/shippings', {
    title: { en: 'Hand in how orders that were paid together are shipped', zh: '上传合单物流信息' },
    changes: 'shoppingOrders.uploadCombinedShipping',
    role: 'owner',
    body: () =>
      takes({
        order_key: orderKey(),
        sub_orders: list(takes({ order_key: orderKey(), shipping_list: list(shippingList()), delivery_mode: text })),
        payer: takes({ openid: text }),
        upload_time: text,
      }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [120, 121, 142],
    link: docs('miniprogram-management/shopping-orders/uploadCombinedShippingInfo'),
  }),
  verify: post('authorizer', '/user-order/shoppinginfo/verify', {
    title: { en: 'Have an order that was handed in verified', zh: '验证上传的购物订单' },
    changes: 'shoppingOrders.verify',
    role: 'owner',
    body: () => takes({ order_key: orderKey(), payer: takes({ openid: text }) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [120, 121],
    link: docs('miniprogram-management/shopping-orders/ShoppingInfoVerifyUploadResult'),
  }),
  open: post('authorizer', '/user-order/orders-permission/open', {
    title: { en: 'Ask for the shopping orders to be opened', zh: '申请开通购物订单' },
    changes: 'shoppingOrders.open',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [120, 121],
    link: docs('miniprogram-management/shopping-orders/openShoppingOrderProductPermission'),
  }),
  confirm: post('authorizer', '/user-order/orders-permission/confirm', {
    title: { en: 'Have the connection of the shopping orders reviewed', zh: '提交购物订单接入审核' },
    changes: 'shoppingOrders.confirm',
    reply: () => says({ last_result: text }),
    repeat: 'safe',
    permissionSets: [120, 121],
    link: docs('miniprogram-management/shopping-orders/confirmProductPermission'),
  }),
}

export const logistics = {
  openMessages: post('authorizer', '/cgi-bin/express/delivery/open_msg/open_openmsg', {
    title: { en: 'Open the messages about shipments', zh: '开通物流消息' },
    changes: 'logistics.openMessages',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [45],
    link: docs('miniprogram-management/logistics-service/applyMsgPlugin'),
  }),
  openTracking: post('authorizer', '/cgi-bin/express/delivery/open_msg/open_query_plugin', {
    title: { en: 'Open the plugin that shows where a shipment is', zh: '开通物流查询插件' },
    changes: 'logistics.openTracking',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [45],
    link: docs('miniprogram-management/logistics-service/applyQueryPlugin'),
  }),
  openReturns: post('authorizer', '/cgi-bin/express/delivery/return/open_return', {
    title: { en: 'Open the component for returns', zh: '开通退货组件' },
    changes: 'logistics.openReturns',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [45],
    link: docs('miniprogram-management/logistics-service/applyReturnPlugin'),
  }),
}

export const liveStreams = {
  apply: post('authorizer', '/wxa/business/applyliveinfo', {
    title: { en: 'Ask for live streams to be opened', zh: '申请开通直播' },
    changes: 'liveStreams.apply',
    body: () => takes({ action: fixed('apply') }),
    reply: () => says({ action: text }),
    repeat: 'never',
    permissionSets: [52],
    link: docs('miniprogram-management/live-player/applyLivelnfo'),
  }),
}

export const market = {
  call: post('authorizer', '/wxa/servicemarket', {
    title: { en: 'Call a service of the service market', zh: '调用服务市场的服务' },
    changes: 'market.call',
    role: 'owner',
    body: () => takes({ service: text, api: text, async: may(flag), data: may(anything), client_msg_id: text }),
    reply: () => says({ request_id: text, data: text }),
    repeat: 'never',
    link: site('/doc/oplatform/service_market/buyer_guideline/API/invokeService.html'),
  }),
  result: post('authorizer', '/wxa/servicemarketretrieve', {
    title: { en: 'Result of a call that did not wait for it', zh: '读取异步调用的结果' },
    reads: 'market.result',
    role: 'owner',
    body: () => takes({ request_id: text }),
    reply: () => says({ data: text }),
    repeat: 'safe',
    link: site('/doc/oplatform/service_market/buyer_guideline/API/retrieve.html'),
  }),
  listOrders: post('component', '/wxa/servicemarket/get_paid_order_list', {
    title: { en: 'Paid orders of a service', zh: '服务的已付款订单' },
    reads: 'market.listOrders',
    body: () => takes({ appid: text, service_id: text, offset: whole, limit: may(whole, 10) }),
    reply: () =>
      says({
        order_list: list(
          says({
            order_id: whole,
            specification_id: text,
            effective_time: whole,
            expire_time: whole,
            total_price: whole,
          }),
        ),
      }),
    repeat: 'safe',
    link: site('/doc/oplatform/service_market/interface/value_added/servicemarket_get_paid_order_list.html'),
  }),
  buyer: post('component', '/wxa/servicemarket/service/get_service_buyer', {
    title: { en: 'What a mini program bought of a service', zh: '购买服务的小程序' },
    reads: 'market.buyer',
    body: () => takes({ appid: text, service_id: text }),
    reply: () => says({ buyer: buyerSaid() }),
    repeat: 'safe',
    link: site('/doc/oplatform/service_market/interface/value_added/servicemarket_get_service_buyer.html'),
  }),
  listBuyers: post('component', '/wxa/servicemarket/service/get_service_buyer_list', {
    title: { en: 'All who bought a service', zh: '购买服务的全部小程序' },
    reads: 'market.listBuyers',
    body: () => takes({ service_id: text, offset: whole, limit: may(whole, 10) }),
    reply: () => says({ buyer_list: list(buyerSaid()) }),
    repeat: 'safe',
    link: site('/doc/oplatform/service_market/interface/value_added/servicemarket_get_service_buyer_list.html'),
  }),
  identify: post('component', '/wxa/servicemarket/service/login_auth', {
    title: { en: 'Who came from the service market with this code', zh: '用登录 code 识别购买者' },
    reads: 'market.identify',
    role: 'owner',
    body: () => takes({ code: text }),
    reply: () => says({ order_id: whole, appid: text, openid: text, service_id: either, sku_id: text, spec_id: text }),
    repeat: 'safe',
    link: site('/doc/oplatform/service_market/interface/value_added/servicemarket_login_auth.html'),
  }),
}
