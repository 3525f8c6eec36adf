//go:build cgo

package piv

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/rigtest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// What Init made is what Debian's programs see: keys, labels, attestations, tries, the management key
// that ykman knows to be protected, and the data object as text.
func TestDebianTools(t *testing.T) {
	_, e := prepare(t, 0, rig.CardOptions{Serial: 20008001, Firmware: "5.4.3"}, token.ECDSAP256)
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	tool, ykman := rigtest.PIVTool(t, names[0]), rigtest.Ykman(t, names[0])
	rigtest.Contains(t, ykman("piv", "info"), `PIN tries remaining: 3/3`, `Management key algorithm: AES192`,
		`Management key is stored on the YubiKey, protected by PIN\.`, `\s+Subject DN:\s+.*CN=bailiff signing.*`)
	rigtest.Contains(t, tool("-a", "status"), `Serial Number:\s+20008001`, `Slot 82:\s*`, `Slot 9c:\s*`, `\s+Subject DN:.*bailiff sealing.*`)
	for slot, key := range map[string]any{"9c": e.SigningKey.Public(), "82": e.SealingKey} {
		tool("-a", "read-certificate", "-s", slot, "-o", in(slot))
		tool("-a", "attest", "-s", slot, "-o", in(slot+".attest"))
		label, attested := rigtest.Certificate(t, in(slot)), rigtest.Certificate(t, in(slot+".attest"))
		if !equalKey(label.PublicKey, attested.PublicKey) {
			t.Errorf("slot %s: label and attestation are of different keys", slot)
		}
		if !slices.ContainsFunc(attested.Extensions, func(x pkix.Extension) bool {
			return x.Id.String() == "1.3.6.1.4.1.41482.3.8" && string(x.Value) == "\x02\x02" // PIN once, touch always
		}) {
			t.Errorf("slot %s: attested under other policies", slot)
		}
		if k, ok := key.(interface{ Bytes() []byte }); ok {
			public, err := x509.MarshalPKIXPublicKey(label.PublicKey)
			if err != nil || !strings.Contains(string(public), string(k.Bytes())) {
				t.Errorf("slot %s: another key than the enrolled one, %v", slot, err)
			}
		}
	}
	ykman("piv", "objects", "export", "0x5f4241", in("record"))
	ykman("piv", "objects", "export", "0x5f4242", in("other"))
	for _, file := range []string{"record", "other"} {
		text, err := os.ReadFile(in(file))
		if err != nil || !strings.HasPrefix(string(text), "bailiff-card/1\nserial: 20008001\n") {
			t.Errorf("the data object is %q, %v", text, err)
		}
	}
	rigtest.Contains(t, rigtest.Call(t, "pkcs15-tool", "--reader", names[0], "-c", "-k"), `X\.509 Certificate \[Certificate for Digital Signature\]`, `Private EC Key \[SIGN key\]`)
	// ykman needs no more than the PIN to administer the card, and what it changes, bailiff takes.
	ykman("piv", "access", "change-pin", "-P", samplePIN, "-n", "161803")
	ykman("piv", "access", "change-management-key", "-a", "AES192", "-g", "-p", "-P", "161803", "-f")
	c := openIn(t, &Readers{}, 0)
	defer c.Close()
	if _, defects, err := c.Check(wanted(e), attestation.Rehearsal(), now()); err != nil || len(defects) > 0 {
		t.Errorf("after ykman: %v, %v", defects, err)
	}
	o := order()
	o.PIN, o.Mode = pin("161803"), keyvalue.Rehearsal
	if second, err := c.Init(context.Background(), o); err != nil || second.Slot != 0x83 {
		t.Errorf("after ykman: %+v, %v", second, err)
	}
}
