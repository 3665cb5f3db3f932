# syntax=docker/dockerfile:1
# One image for every process of the service; the command chooses: dist/server.js is the API, dist/worker.js a
# worker, dist/main.js both. Debian's libc, since the native part of Temporal's SDK is built for it.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
RUN --mount=type=cache,target=/root/.npm npm ci --include=dev
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN npm run build

FROM node:${NODE_VERSION}-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
# The native part comes for five platforms, 30 MB each; this image needs the one it is built on.
RUN node -e "process.chdir('node_modules/@temporalio/core-bridge/releases'); const own = (process.arch === 'arm64' ? 'aarch64' : 'x86_64') + '-unknown-linux-gnu'; for (const name of fs.readdirSync('.')) if (name !== own) fs.rmSync(name, { recursive: true })"

FROM node:${NODE_VERSION}-bookworm-slim AS service
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="dci-superoffice" \
      org.opencontainers.image.description="Carries meeting summaries from DCI into SuperOffice, durably" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# Nothing is kept in the container: the root file system may be read-only, with /tmp in memory.
# Two arenas of the C library in place of one or more a thread: a rush of payloads else leaves its memory in all of them.
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/tmp/dci-superoffice MALLOC_ARENA_MAX=2
# A number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
