# syntax=docker/dockerfile:1
# One static program and nothing else: no shell, no package manager, nobody but user 65532.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=development
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w -X main.version=${VERSION}" -o /out/elyco ./cmd/elyco
RUN mkdir -p /out/root/tmp /out/root/etc/ssl/certs \
 && cp /etc/ssl/certs/ca-certificates.crt /out/root/etc/ssl/certs/ \
 && echo 'elyco:x:65532:65532:elyco:/tmp:/none' > /out/root/etc/passwd \
 && chmod 1777 /out/root/tmp

FROM scratch
COPY --from=build /out/root/ /
COPY --from=build /out/elyco /elyco
USER 65532:65532
ENV ELYCO_LISTEN=0.0.0.0:8080 \
    ELYCO_OPS_LISTEN=127.0.0.1:8081 \
    ELYCO_LOG_FORMAT=json \
    ELYCO_DATA_DIR=/tmp/elyco
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["/elyco", "health"]
ENTRYPOINT ["/elyco"]
CMD ["serve"]
