package hostile

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
)

// The files of a vault whose custodians have devices.
const (
	deviceFile           = "devices/production.enrolment"
	devicePolicyFile     = "devices/policy.txt"
	deviceCheckpointFile = "devices/checkpoint.txt"
)

// origin reads a production enrolment and asks where its keys were born.
func (w *world) origin() error {
	e, err := token.ParseEnrolment(w.read(deviceFile))
	if err != nil {
		return err
	}
	maker, _ := pem.Decode(w.read(makerFile))
	root, err := x509.ParseCertificate(maker.Bytes)
	if err != nil {
		return err
	}
	roots, err := attestation.NewRoots(root)
	if err != nil {
		return err
	}
	return of(e.CheckOrigin(roots))
}

// deviceCheckpoint holds a checkpoint by both kinds of key against the policy's signers.
func (w *world) deviceCheckpoint() error {
	p, err := policy.Parse(w.read(devicePolicyFile))
	if err != nil {
		return err
	}
	var cosigners []ledger.Cosigner
	for _, s := range p.Signers() {
		cosigners = append(cosigners, ledger.Cosigner(s))
	}
	return of(ledger.OpenCheckpoint(w.read(deviceCheckpointFile), p.Vault, cosigners, p.Threshold))
}

// first is the device of the production enrolment, attested by the sample maker after a change.
func first(t testing.TB, change func(signing, sealing *attestation.Statement)) *tokentest.Device {
	d := tokentest.NewDevice(t, 12345678, "hostile", token.Ed25519)
	d.Attest(t, attestationtest.NewMaker(t, attestationtest.MakerName), change)
	return d
}

// older is a device that signs with ECDSA and attests nothing.
func older(t testing.TB) *tokentest.Device {
	d := tokentest.NewDevice(t, 4294967295, "hostile, older", token.ECDSAP256)
	d.Sealing = attestation.SlotLastRetired
	return d
}

func enrolmentText(t testing.TB, d *tokentest.Device) []byte {
	data, err := d.Enrolment(t, keyvalue.Production).Format()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// devices makes the files of this page, the same each time.
func (m *maker) devices() {
	m.put(deviceFile, enrolmentText(m, first(m, nil)))
	d, o := first(m, nil), older(m)
	p := &policy.Policy{
		Vault: strings.Repeat("0c", 16), Mode: keyvalue.Rehearsal, Threshold: 2, Profile: policy.ProfileV4Curve25519,
		Sealing: policy.SealingP256Tag, OfficersThreshold: 2, Reasons: []policy.Reason{{Name: "death", WaitingDays: 30}},
		Officers: []policy.Officer{{Fingerprint: strings.Repeat("1", 40)}, {Fingerprint: strings.Repeat("2", 40)}},
		Custodians: []policy.Custodian{{ID: "c01", Office: 1, Place: 1, Tokens: []policy.Token{
			{Index: 1, Kind: token.KindPIV, Serial: "12345678", Slot: d.Slot(), SealingKey: d.SealingKey(), SigningKey: d.SigningKey(), Attestation: d.Chain},
			{Index: 2, Kind: token.KindPIV, Serial: "4294967295", Slot: o.Slot(), SealingKey: o.SealingKey(), SigningKey: o.SigningKey()},
		}}},
	}
	var soft []*tokentest.Device
	for i, serial := range []string{"40271836", "40271837"} {
		s := tokentest.NewDevice(m, 1, "hostile, soft "+serial, token.Ed25519)
		soft = append(soft, s)
		p.Custodians = append(p.Custodians, policy.Custodian{ID: keyvalue.FormatCustodian(i + 2), Office: i + 2, Place: i + 2, Tokens: []policy.Token{
			{Index: 1, Kind: token.KindSoft, Serial: serial, SealingKey: s.SealingKey(), SigningKey: s.SigningKey()},
		}})
	}
	text, err := p.Format()
	m.must(err)
	m.put(devicePolicyFile, text)
	m.put(deviceCheckpointFile, m.cosigned(p, map[string]token.Token{"c01/2": o, "c02/1": soft[0]}))
}

// cosigned is a checkpoint by these tokens of the policy.
func (m *maker) cosigned(p *policy.Policy, by map[string]token.Token) []byte {
	body := ledger.CheckpointBody(p.Vault, 6, tlog.Hash(sha256.Sum256([]byte("root"))))
	var all []ledger.Signature
	for _, s := range p.Signers() {
		t := by[s.Custodian+"/"+string(rune('0'+s.Index))]
		if t == nil {
			continue
		}
		signature := ledger.NewSignature(ledger.Cosigner(s), m.time(goodTime))
		var err error
		signature.Sig, err = t.Sign(signature.Message(body))
		m.must(err)
		all = append(all, signature)
	}
	data, err := ledger.FormatCheckpoint(body, all)
	m.must(err)
	return data
}

func deviceCases(w *world) []vector {
	enrolled := func(number int, title, expect string, d *tokentest.Device) vector {
		return replacing(number, title, "origin", expect, deviceFile, enrolmentText(w, d))
	}
	stated := func(number int, title, expect string, change func(signing, sealing *attestation.Statement)) vector {
		return enrolled(number, title, expect, first(w, change))
	}
	bare, stranger, other := first(w, nil), first(w, nil), first(w, nil)
	bare.Chain = nil
	stranger.Attest(w, attestationtest.NewMaker(w, "Another Sample"), nil)
	other.Serial = 12345679
	return append([]vector{
		enrolled(50, "a device in production without attestation", "token.unattested", bare),
		enrolled(50, "a device by another maker", "attestation.root", stranger),
		enrolled(50, "an older device in production", "token.unattested", older(w)),
		stated(51, "a device of firmware 5.6.9", "attestation.firmware", func(a, b *attestation.Statement) {
			a.Firmware = attestation.Version{Major: 5, Minor: 6, Patch: 9}
			b.Firmware = a.Firmware
		}),
		stated(52, "a device that opens without PIN", "attestation.pin-policy", func(_, b *attestation.Statement) { b.PIN = attestation.PINNever }),
		stated(52, "a device that opens without touch", "attestation.touch-policy", func(_, b *attestation.Statement) { b.Touch = attestation.TouchNever }),
		stated(52, "a device that signs without PIN", "attestation.pin-policy", func(a, _ *attestation.Statement) { a.PIN = attestation.PINNever }),
		stated(53, "attested in another slot", "token.statement", func(_, b *attestation.Statement) { b.Slot = 0x83 }),
		stated(53, "attested of another device", "token.statement", func(a, b *attestation.Statement) { a.Serial, b.Serial = 7, 7 }),
		stated(53, "attested with another signing key", "token.statement", func(a, _ *attestation.Statement) { a.Key = attestationtest.Ed25519("another") }),
		stated(53, "attested with another sealing key", "token.statement", func(_, b *attestation.Statement) { b.Key = attestationtest.ECDSA(w, "another").Public() }),
		enrolled(53, "one device enrolled under another serial", "token.statement", other),
		replacing(53, "a slot that was changed in the file", "origin", "token.proof", deviceFile, w.edited(deviceFile, "slot: 82", "slot: 83")),
		replacing(53, "the signing slot as that of sealing", "origin", "token.slot", deviceFile, w.edited(deviceFile, "slot: 82", "slot: 9c")),
		replacing(14, "a device's serial with a leading zero", "origin", "token.serial", deviceFile, w.edited(deviceFile, "serial: 1", "serial: 01")),
		replacing(14, "a device's serial of 33 bits", "origin", "token.serial", deviceFile, w.edited(deviceFile, "serial: 12345678", "serial: 4294967296")),
		replacing(12, "a device without its slot", "origin", "token.slot", deviceFile, w.edited(deviceFile, "slot: 82\n", "")),
	}, append(devicePolicyCases(w), deviceCheckpointCases(w)...)...)
}

func devicePolicyCases(w *world) []vector {
	d, o := first(w, nil), older(w)
	chain := "attestation: c01 1 " + d.Chain.Format() + "\n"
	edited := func(number int, title, expect, old, with string) vector {
		return replacing(number, title, "device-policy", expect, devicePolicyFile, w.edited(devicePolicyFile, old, with))
	}
	text := w.read(devicePolicyFile)
	soft := string(line(text, "token: c02 1 "))
	production := bytes.Replace(text, []byte("mode: rehearsal"), []byte("mode: production"), 1)
	return []vector{
		edited(53, "a token in the signing slot", "token.slot", o.SigningKey().String()+" 95", o.SigningKey().String()+" 9c"),
		edited(12, "a device without slot in a policy", "record.value", d.SigningKey().String()+" 82", d.SigningKey().String()),
		edited(12, "a software token with a slot", "record.value", soft, soft+" 82"),
		edited(57, "one device of two custodians", "policy.shared-token", "c01 2 piv 4294967295", "c01 2 piv 12345678"),
		edited(57, "one key that seals and signs", "policy.shared-token", o.SigningKey().String(), token.FormatSealingKey(d.SealingKey())),
		replacing(50, "a P-256 signing key in production", "device-policy", "policy.signing-key", devicePolicyFile, production),
		replacing(50, "a production policy without attestation", "device-policy", "token.unattested", devicePolicyFile, bytes.Replace(production, []byte(chain), nil, 1)),
		edited(11, "an attestation twice", "policy.tokens", chain, chain+chain),
		edited(12, "an attestation of no token", "policy.tokens", "attestation: c01 1 ", "attestation: c02 2 "),
		edited(12, "an attestation of a software token", "token.kind", "attestation: c01 1 ", "attestation: c02 1 "),
		edited(13, "an attestation with a fourth certificate", "attestation.form", chain, strings.TrimSuffix(chain, "\n")+" AAAA\n"),
	}
}

func deviceCheckpointCases(w *world) []vector {
	text := string(w.read(deviceCheckpointFile))
	at := strings.Index(text, "/c01/2 ") + len("/c01/2 ")
	encoded, _, _ := strings.Cut(text[at:], "\n")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	w.must(err)
	with := func(number int, title, expect string, signature []byte) vector {
		line := base64.StdEncoding.EncodeToString(append(raw[:4:4], signature...))
		return replacing(number, title, "device-checkpoint", expect, deviceCheckpointFile, []byte(strings.Replace(text, encoded, line, 1)))
	}
	var v struct{ R, S *big.Int }
	_, err = asn1.Unmarshal(raw[4:], &v)
	w.must(err)
	v.S.Sub(elliptic.P256().Params().N, v.S)
	high, err := asn1.Marshal(v)
	w.must(err)
	body, _, _ := strings.Cut(text, "\n\n")
	digest := sha256.Sum256([]byte(body + "\n"))
	if !ecdsa.VerifyASN1(older(w).SigningKey().Public().(*ecdsa.PublicKey), digest[:], high) {
		w.Fatal("a stock verifier does not take the higher s: the case shows nothing")
	}
	return []vector{
		with(13, "an ECDSA cosignature with the higher s", "ledger.signature", high),
		with(13, "an ECDSA cosignature with a byte more", "ledger.signature", append(bytes.Clone(raw[4:]), 0)),
		with(13, "an ECDSA cosignature in BER", "ledger.signature", append([]byte{0x30, 0x81}, raw[5:]...)),
		with(13, "an ECDSA cosignature with a time", "ledger.checkpoint", append(make([]byte, 8), raw[4:]...)),
	}
}
