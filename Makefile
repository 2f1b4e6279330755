# E-LYCO. `make` alone says what can be done.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO       ?= go
BIN      := bin/elyco
PACKAGES ?= ./...
TESTARGS ?=
HELM     := .cache/bin/helm
CHART    := --kube-version 1.30.0 --set baseHost=elyco.example.fr --set s3.endpoint=s3.example.fr
SUDO     := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT      := DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120
VERSION  ?= $(shell git describe --always --dirty 2>/dev/null || echo development)

# One set of flags for the program, its checks and its tests: what one of them has compiled serves the others.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

## What must be on the machine

.PHONY: need-go need-postgres need-chromium need-litmus
need-go:
	@command -v $(GO) >/dev/null || { echo "Go is missing: https://go.dev/doc/install, version $$(awk '$$1 == "go" {print $$2}' go.mod) or later"; exit 1; }

# Debian starts a server of its own when it installs one; this project runs its own and wants no other.
need-postgres:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "PostgreSQL 15 or later is missing: install its server and its contrib modules"; exit 1; }; \
	  echo "installing PostgreSQL"; \
	  $(SUDO) mkdir -p /etc/postgresql-common; \
	  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | $(SUDO) tee /etc/postgresql-common/createcluster.conf >/dev/null; \
	  $(SUDO) env $(APT) update -qq; \
	  $(SUDO) env $(APT) install -y -qq --no-install-recommends postgresql postgresql-contrib; }

need-chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "Chromium is missing: install it"; exit 1; }; \
	  echo "installing Chromium"; \
	  $(SUDO) env $(APT) update -qq; \
	  $(SUDO) env $(APT) install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-liberation; }

# The suite that WebDAV servers are held to; some hundred kilobytes.
need-litmus:
	@command -v litmus >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "litmus is missing: http://www.webdav.org/neon/litmus/"; exit 1; }; \
	  echo "installing litmus"; \
	  $(SUDO) env $(APT) update -qq; \
	  $(SUDO) env $(APT) install -y -qq --no-install-recommends litmus; }

## What one does every day

.PHONY: build run test lint
build: need-go ## the program, and the object store of its own, in bin/
	@mkdir -p bin
	$(GO) build -ldflags "-X main.version=$(VERSION)" -o $(dir $(BIN)) ./cmd/elyco ./cmd/elyco-store

run: need-postgres build ## the program with a database and an object store of its own: http://localhost:8080
	$(BIN) run

test: need-postgres need-chromium need-litmus build ## every test, on a real database, a real object store and a real browser
	$(BIN) with-servers -- $(GO) test $(TESTARGS) $(PACKAGES)

lint: need-go build ## everything that can be said without running the tests
	@unformatted=$$(git ls-files -z --cached --others --exclude-standard -- '*.go' | xargs -0 -r ls -d 2>/dev/null | xargs -r gofmt -l); \
	  [ -z "$$unformatted" ] || { echo "not formatted (gofmt -w):"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	@$(MAKE) --no-print-directory verify

## What is generated, and the check that it is current

.PHONY: generate verify
generate: need-go ## writes what is generated: templates, the schema's dump and the chart's copy of the roles
	cp migrations/roles.sql charts/elyco/files/roles.sql
	$(GO) tool templ generate -log-level warn
	@$(MAKE) --no-print-directory need-postgres build
	$(BIN) schema > migrations/schema.sql.new
	@mv migrations/schema.sql.new migrations/schema.sql

verify: need-go need-postgres build ## fails when something generated is not current
	@mkdir -p .cache
	@sums() { find . -path ./.cache -prune -o -name '*_templ.go' -print0 | sort -z | xargs -0 -r sha256sum; }; \
	  sums > .cache/templ.before; $(GO) tool templ generate -log-level error; sums > .cache/templ.after; \
	  cmp -s .cache/templ.before .cache/templ.after || { echo "the templates' code was not current; it is now"; exit 1; }
	@$(BIN) schema > .cache/schema.sql
	@diff -u migrations/schema.sql .cache/schema.sql || { echo "migrations/schema.sql is not current: make generate"; exit 1; }

## What one does now and then

.PHONY: bench screenshots chart chart-test image image-lint clean
bench: need-postgres build ## the pages under load, beside the limit of the machine
	$(BIN) bench

screenshots: need-postgres need-chromium build ## pictures of the pages for the README, in docs/screens
	$(BIN) with-demo -- $(GO) run ./internal/testkit/screens -out docs/screens

chart-test: need-go ## renders the chart and checks it, without Helm's program
	cd charts/lint && $(GO) vet ./... && $(GO) test ./...

# Helm takes minutes to build, so it is kept; its version is the one the chart's tests use.
$(HELM): charts/lint/go.mod
	@mkdir -p $(@D)
	cd charts/lint && GOBIN=$(CURDIR)/$(@D) $(GO) install helm.sh/helm/v3/cmd/helm@$$(awk '$$1 == "helm.sh/helm/v3" {print $$2}' go.mod)

chart: need-go chart-test $(HELM) ## lints and renders the chart with Helm itself
	$(HELM) lint --strict charts/elyco $(CHART)
	$(HELM) template ent charts/elyco $(CHART) > .cache/chart.yaml
	$(HELM) template ent charts/elyco $(CHART) --set postgres.enabled=true --set web.autoscaling.enabled=true --set podMonitor.enabled=true > .cache/chart-full.yaml

image: ## the container's image
	docker build --build-arg VERSION=$(VERSION) -t elyco:$(VERSION) .

image-lint: need-go ## builds what the image holds and checks that it stands alone
	@mkdir -p .cache/image
	CGO_ENABLED=0 $(GO) build -tags timetzdata -ldflags "-s -w -X main.version=$(VERSION)" -o .cache/image/elyco ./cmd/elyco
	@file=$$(LC_ALL=C readelf -d .cache/image/elyco 2>&1); grep -q 'no dynamic section' <<<"$$file" || { echo "the program needs libraries that the image does not have"; exit 1; }
	@for path in $$(awk '/^COPY/ && !/--from/ {for (i = 2; i < NF; i++) print $$i}' Dockerfile); do [ -e "$$path" ] || { echo "Dockerfile copies $$path, which is not there"; exit 1; }; done
	@! grep -nE '^(FROM .*:latest|ADD |USER (0|root))' Dockerfile || { echo "the Dockerfile does what it should not"; exit 1; }
	@grep -q '^USER 65532' Dockerfile && grep -q '^HEALTHCHECK' Dockerfile
	@ls -l .cache/image/elyco

clean: ## removes what was built; the data in .data stays
	rm -rf bin .cache
