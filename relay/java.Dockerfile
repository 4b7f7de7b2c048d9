# 微管家 with the relay and your own Spring Boot service beside it. `npm run build:relay` lays this file, relay.js and start.sh into
# dist/relay-java; put your service there as app.jar (npm run build:relay -- --jar FILE does it), then build or upload that folder.
ARG WXCOMPONENT=ccr.ccs.tencentyun.com/weixincloud/weixincloud_wxcomponent:latest
FROM ${WXCOMPONENT} AS wxcomponent

FROM node:20-alpine
# Another version of Java: --build-arg JRE=openjdk8-jre-base, openjdk11-jre-headless, openjdk21-jre-headless.
ARG JRE=openjdk17-jre-headless
RUN sed -i 's/dl-cdn.alpinelinux.org/mirrors.tencent.com/g' /etc/apk/repositories \
    && apk add --no-cache ca-certificates tzdata ${JRE}
# The port where the relay finds your service, and your service is told to listen.
ENV TZ=Asia/Shanghai GIN_MODE=release NODE_ENV=production RELAY_BUSINESS_PORT=8083
COPY --from=wxcomponent /wxcloudrun-wxcomponent /wxcloudrun-wxcomponent
COPY relay.js /opt/relay/relay.mjs
COPY start.sh /opt/relay/start.sh
COPY app.jar /opt/relay/app.jar
# 微管家 reads its configuration from there.
WORKDIR /wxcloudrun-wxcomponent
EXPOSE 80
CMD ["/bin/sh", "/opt/relay/start.sh"]
