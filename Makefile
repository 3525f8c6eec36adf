# make help lists the targets. `make check` is the whole contract for a change.

# Which Go is needed is said before anything else is tried or installed.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),help)),)
ifneq ($(shell .ci/go || echo amiss),)
$(error Go is missing or too old)
endif
endif

# The release build erases secrets from memory with Go's runtime/secret, still an experiment of
# the toolchain. A toolchain that refuses it builds a working program that erases less.
EXPERIMENT := $(shell GOEXPERIMENT=runtimesecret go list runtime/secret >/dev/null 2>&1 && echo runtimesecret)

export GOEXPERIMENT := $(EXPERIMENT)
export GOFLAGS += -buildvcs=false

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GREMLINS    := github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0
GOLANGCI    := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
SBOM        := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
VULNCHECK   := golang.org/x/vuln/cmd/govulncheck@v1.9.0

# go test, whose packages are reported as they finish, and whose tests are counted.
TALLY := go run ./.ci/tally
CHECKERS := ./.ci/checks ./.ci/figures ./.ci/notices ./.ci/tally

# What gremlins alters, and what .ci/checks takes checks away from: see docs/mutants.md.
MUTANTS := ./custody/policy ./custody/share ./custody/seal ./custody/ledger ./custody/batch ./release/order ./release/officer
CHECKED := ./custody/token/attestation ./custody/token/heads ./custody/keypair ./keyceremony/generator ./keyceremony ./release ./custody

BINARIES := bailiff bailiff-platform bailiff-demo

KEYS     := 100
LANG_    :=
DEMO_DIR := .cache/demo
FUZZTIME := 3s

.DEFAULT_GOAL := help
.PHONY: help build demo demo-piv test test-fast test-long check mutants lint bench release-check clean warn mine tools-piv tools-test tools-long tools-check

# Tools come before what is built with them, with make -j too; Go itself uses all processors.
.NOTPARALLEL:

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

build: mine warn ## the three programs, in bin/
	.ci/build bin $(BINARIES)
	@cp docs/third-party-notices.md bin/THIRD-PARTY-NOTICES.md

warn:
ifeq ($(EXPERIMENT),)
	@echo '*********************************************************************' >&2
	@echo '* This Go toolchain refuses GOEXPERIMENT=runtimesecret.             *' >&2
	@echo '* The programs work, but copies of secrets may stay in memory after *' >&2
	@echo '* use. Do not hold a production ceremony with this build.           *' >&2
	@echo '*********************************************************************' >&2
endif

mine:
	@.ci/mine

define ACT
	$(if $(filter .cache/demo,$(DEMO_DIR)),@rm -rf .cache/demo && mkdir -p .cache)
	bin/bailiff-demo --dir $(DEMO_DIR) --keys $(KEYS) $(if $(LANG_),--lang $(LANG_) )$(DEMO_TOKENS)
endef

# The demonstrations need no more than what they show: software tokens nothing, cards a compiler and
# the PC/SC daemon, which must be there before bin/bailiff is built.
demo: build ## a ceremony and a release, acted out (KEYS=100 LANG_=fr DEMO_DIR=...); installs nothing
	@command -v gpg >/dev/null || echo 'gpg is not installed, which would play member and heir: the OpenPGP library of the tools does.'
	$(ACT)

demo-piv: DEMO_TOKENS := --piv
demo-piv: mine tools-piv ## the same on five virtual PIV cards in four readers of the real pcscd
	@$(MAKE) --no-print-directory build
	$(ACT)

test: mine tools-test ## go vet and all tests
	@$(MAKE) --no-print-directory build
	go vet ./...
	$(TALLY) -timeout 30m ./...

# What a user meets first of cmd/bailiff, whose other tests take longer than those of all other packages.
test-fast: mine tools-test ## the packages without the slowest, and the scripts of one of those
	@$(MAKE) --no-print-directory build
	$(TALLY) -timeout 30m $$(go list ./... | grep -vxE 'bailiff/(cmd/bailiff|cmd/internal/hostile|keyceremony/keygen)')
	$(TALLY) -timeout 30m -run '^(TestScripts|TestKillControl|TestDoctor)' ./cmd/bailiff

test-long: mine tools-long ## what takes minutes: faults, power cuts on real file systems, memory
	@$(MAKE) --no-print-directory build
	.ci/long

check: mine tools-check ## everything that a change must pass
	@$(MAKE) --no-print-directory build
	@echo 'gofmt -l'; files=$$(find . -name '*.go' -not -path './.cache/*' -exec gofmt -l {} +) && test -z "$$files" || { echo "not formatted: $$files"; exit 1; }
	go vet ./... $(CHECKERS)
	go vet -tags long ./...
	GOEXPERIMENT= go vet ./custody/secret
	go run $(STATICCHECK) ./... $(CHECKERS)
	.ci/arrows
	.ci/house
	go run ./.ci/notices docs/third-party-notices.md
	shellcheck $$(find .ci -maxdepth 1 -type f)
	CGO_ENABLED=1 $(TALLY) -race -timeout 40m $$(go list ./... | grep -vxE 'bailiff/cmd/(bailiff|bailiff-demo|internal/(build|hostile))') $(CHECKERS)
	.ci/fuzz-smoke $(FUZZTIME)

mutants: ## hours: the tests of what decides must notice every altered line (docs/mutants.md)
	for package in $(MUTANTS); do go run $(GREMLINS) unleash --workers 1 --timeout-coefficient 10 $$package || exit 1; done
	go run ./.ci/checks $(MUTANTS) $(CHECKED)

lint: ## golangci-lint with .golangci.yml; wider than check, for whoever wants it
	go run $(GOLANGCI) run ./...

bench: warn ## keys per second of the release build, and their ratio to the bare primitives
	@go test ./keyceremony -run '^$$' -bench '^Benchmark(Ratio|OpenOneKey)' -benchtime 5x | .ci/ratios

release-check: build ## before programs are given away: their parts, licences, known vulnerabilities (VULNDB=file:///…)
	.ci/release-check $(SBOM) $(VULNCHECK)

clean: ## removes what the other targets made
	rm -rf bin .cache coverage*

tools-piv tools-test tools-long tools-check: tools-%:
	@.ci/tools $*
