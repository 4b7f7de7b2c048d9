# 微管家 with the relay beside it. `npm run build:relay` lays this file, relay.js and start.sh into dist/relay:
# build there (docker build dist/relay), or upload that folder to WeChat's cloud hosting.
ARG WXCOMPONENT=ccr.ccs.tencentyun.com/weixincloud/weixincloud_wxcomponent:latest
FROM ${WXCOMPONENT} AS wxcomponent

FROM node:20-alpine
RUN sed -i 's/dl-cdn.alpinelinux.org/mirrors.tencent.com/g' /etc/apk/repositories \
    && apk add --no-cache ca-certificates tzdata
ENV TZ=Asia/Shanghai GIN_MODE=release NODE_ENV=production
COPY --from=wxcomponent /wxcloudrun-wxcomponent /wxcloudrun-wxcomponent
COPY relay.js /opt/relay/relay.mjs
COPY start.sh /opt/relay/start.sh
# 微管家 reads its configuration from there.
WORKDIR /wxcloudrun-wxcomponent
EXPOSE 80
CMD ["/bin/sh", "/opt/relay/start.sh"]
