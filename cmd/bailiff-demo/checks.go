package main

import (
	"strings"

	"bailiff/cmd/internal/cli"
)

// check is a command of stock tools that checks a file which the demo left. It succeeds when the
// file is good.
type check struct {
	Shows   string `json:"shows"` // a sentence of the catalogue
	Command string `json:"command"`
}

// checks returns the commands, ready to be pasted into a shell.
func (d *demo) checks() []check {
	fill := strings.NewReplacer("DIR", cli.Quote(d.dir), "BATCH", d.batch, "KEY", d.key.Fingerprint)
	list := []check{
		{"demo.check.signatures", `sqv --keyring DIR/order/officers.pgp -n 2 DIR/order/order.sig DIR/order/order.txt`},
		{"demo.check.papers", `sed -n 's/^paper: \([a-z-]*\) [0-9-]* sha256:\([0-9a-f]*\) .*/\2  \1.txt/p' DIR/order/order.txt | (cd DIR/order/papers && sha256sum --check)`},
		{"demo.check.sealed", `unzip -t DIR/vault/batches/BATCH/sealed-0001.zip`},
		{"demo.check.volumes", `sed -n -e 's/^volume: \([^ ]*\) [0-9]* \(.*\)/\2  \1/p' -e 's/^records: sha256:\(.*\)/\1  records.txt/p' -e 's/^tree: sha256:\(.*\)/\1  tree.bin/p' DIR/vault/batches/BATCH/manifest.txt | (cd DIR/vault/batches/BATCH && sha256sum --check)`},
		{"demo.check.manifest", `grep -r "manifest: sha256:$(sha256sum < DIR/vault/batches/BATCH/manifest.txt | cut -d ' ' -f 1)" DIR/vault/ledger/entries`},
		{"demo.check.anchor", `cmp DIR/vault/trust.anchor DIR/platform/trust.anchor && grep "policy-entry: sha256:$({ printf '\0'; cat DIR/vault/ledger/entries/000000/000000000000.txt; } | sha256sum | cut -d ' ' -f 1)" DIR/platform/trust.anchor`},
		{"demo.check.enrolment", enrolmentCheck},
		{"demo.check.public", `unzip -t DIR/platform/batch.zip && unzip -p DIR/platform/batch.zip batch.txt`},
		{"demo.check.published", `unzip -p DIR/platform/batch.zip 'keys/*-KEY.asc' | gpg --show-keys`},
		{"demo.check.pool", `sqlite3 DIR/platform/pool.db "SELECT number, fingerprint, member FROM bailiff_key WHERE member IS NOT NULL"`},
		{"demo.check.kit", `sed -n 's/^private-key: sha256:\(.*\)/\1  private-key.asc/p' DIR/kit/kit.txt | (cd DIR/kit && sha256sum --check)`},
		{"demo.check.key", `gpg --show-keys DIR/kit/private-key.asc`},
		{"demo.check.message", messageCheck},
	}
	list = append(list, d.tokens.checks()...)
	for i := range list {
		list[i].Command = fill.Replace(list[i].Command)
	}
	return list
}

// enrolmentCheck verifies the first token's signature over its enrolment. The twelve bytes before
// the public key make it one in DER (RFC 8410).
const enrolmentCheck = `(E=DIR/tokens/c01.enrolment; T=$(mktemp -d) && cd "$T" && ` +
	`sed -n 's/^proof: //p' "$E" | tr a-f A-F | basenc -d --base16 > sig && ` +
	`sed -n 's/^signing: ed25519:/302a300506032b6570032100/p' "$E" | tr a-f A-F | basenc -d --base16 > key && ` +
	`grep -v -e '^proof: ' -e '^attestation: ' "$E" > text && ` +
	`openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile sig && rm -rf "$T")`

// attestationCheck verifies what the first card states of its two keys up to the device's own certificate, and
// compares the signing key with the enrolled one.
const attestationCheck = `(E=DIR/tokens/c01.enrolment; T=$(mktemp -d) && cd "$T" && ` +
	`N=0; for C in $(sed -n 's/^attestation: //p' "$E"); do N=$((N+1)) && echo "$C" | base64 -d | openssl x509 -inform DER -out $N.pem || exit 1; done && ` +
	`openssl verify -partial_chain -trusted 1.pem 2.pem 3.pem && ` +
	`grep "^signing: ed25519:$(openssl x509 -in 2.pem -noout -pubkey | openssl pkey -pubin -outform DER | tail -c 32 | basenc --base16 | tr A-F a-f)" "$E" && rm -rf "$T")`

// messageCheck does what the heir does, with a keyring that is thrown away.
const messageCheck = `(export GNUPGHOME=$(mktemp -d) && gpg --batch --quiet --import DIR/kit/private-key.asc && ` +
	`tail -n 1 DIR/kit/words.txt | gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 0 --decrypt DIR/safe/message.pgp && ` +
	`gpgconf --kill all && rm -rf "$GNUPGHOME")`
