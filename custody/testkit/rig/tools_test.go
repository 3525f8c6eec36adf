//go:build cgo

package rig_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/rigtest"
)

const managementKey = "010203040506070801020304050607080102030405060708"

// TestDebianTools: Yubico's two programs and OpenSC work with the card as with a YubiKey, and
// piv-go sees what they made. (Debian 12's yubico-piv-tool knows no AES management key: firmware 5.4.)
func TestDebianTools(t *testing.T) {
	t.Parallel()
	_, reader := insert(t, 1, rig.CardOptions{Serial: 22222222, Firmware: "5.4.3"})
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	pivTool, ykman := rigtest.PIVTool(t, reader), rigtest.Ykman(t, reader)

	pivTool("-a", "generate", "-s", "9a", "-A", "ECCP256", "-k"+managementKey, "--pin-policy=once", "--touch-policy=always", "-o", in("9a.pub"))
	pivTool("-a", "generate", "-s", "9d", "-A", "RSA2048", "-k"+managementKey, "-o", in("9d.pub"))
	pivTool("-a", "set-chuid", "-k"+managementKey)
	ykman("piv", "certificates", "generate", "-m", managementKey, "-P", "123456", "-s", "Carte Exemple", "9a", in("9a.pub"))
	ykman("piv", "certificates", "generate", "-m", managementKey, "-P", "123456", "-s", "Carte RSA Exemple", "9d", in("9d.pub"))
	pivTool("-a", "read-certificate", "-s", "9a", "-o", in("9a.pem"))
	pivTool("-a", "read-certificate", "-s", "9d", "-o", in("9d.pem"))
	pivTool("-a", "attest", "-s", "9a", "-o", in("9a.attest"))
	pivTool("-a", "verify-pin", "-P123456", "-a", "test-signature", "-s", "9a", "-i", in("9a.pem"))
	pivTool("-a", "verify-pin", "-P123456", "-a", "test-decipher", "-s", "9a", "-i", in("9a.pem"))
	pivTool("-a", "verify-pin", "-P123456", "-a", "test-decipher", "-s", "9d", "-i", in("9d.pem"))

	rigtest.Contains(t, pivTool("-a", "status"), `Version:\s+5\.4\.3`, `Serial Number:\s+22222222`, `Slot 9a:\s*`,
		`\s+Algorithm:\s+ECCP256`, `\s+Subject DN:\s+CN=Carte Exemple`, `PIN tries left:\s+3`)
	rigtest.Contains(t, ykman("piv", "info"), `PIV version: 5\.4\.3`, `PIN tries remaining: 3/3`, `Management key algorithm: TDES`,
		`\s+Subject DN:\s+CN=Carte Exemple`)
	rigtest.Contains(t, ykman("info"), `Serial number: 22222222`, `Firmware version: 5\.4\.3`, `PIV\s+Enabled\s*`)
	rigtest.Contains(t, rigtest.Call(t, "opensc-tool", "-r", reader, "-n"), `Personal Identity Verification Card`)
	rigtest.Contains(t, rigtest.Call(t, "pkcs15-tool", "--reader", reader, "-c", "-k"), `X\.509 Certificate \[Certificate for PIV Authentication\]`,
		`Private EC Key \[PIV AUTH key\]`, `Private RSA Key \[KEY MAN key\]`)
	if err := os.WriteFile(in("digest"), make([]byte, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	rigtest.Call(t, "pkcs15-crypt", "--reader", reader, "-s", "-k", "01", "--sha-256", "-p", "123456", "-i", in("digest"), "-o", in("signature"), "-f", "openssl")
	rigtest.Call(t, "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", in("9a.pub"), "-sigfile", in("signature"), "-in", in("digest"))

	y := open(t, reader)
	stored, err := y.Certificate(piv.SlotAuthentication)
	if err != nil || !stored.Equal(rigtest.Certificate(t, in("9a.pem"))) {
		t.Errorf("piv-go reads another certificate, %v", err)
	}
	info, err := y.KeyInfo(piv.SlotAuthentication)
	if err != nil || info.PINPolicy != piv.PINPolicyOnce || info.TouchPolicy != piv.TouchPolicyAlways || info.Origin != piv.OriginGenerated {
		t.Errorf("piv-go sees %+v, %v", info, err)
	}
	attested := rigtest.Certificate(t, in("9a.attest"))
	if k, ok := info.PublicKey.(interface{ Equal(x any) bool }); ok && !k.Equal(attested.PublicKey) {
		t.Error("the attestation is of another key")
	}
}

// TestYkmanOnNewFirmware: ykman protects an AES management key by the PIN, and resets the card.
func TestYkmanOnNewFirmware(t *testing.T) {
	t.Parallel()
	_, reader := insert(t, 2, rig.CardOptions{Serial: 11111111})
	ykman := rigtest.Ykman(t, reader)
	rigtest.Contains(t, ykman("piv", "info"), `WARNING: Using default PIN!`, `Management key algorithm: AES192`)
	ykman("piv", "access", "set-retries", "-m", managementKey, "-P", "123456", "-f", "5", "4")
	ykman("piv", "access", "change-pin", "-P", "123456", "-n", "246810")
	ykman("piv", "access", "change-management-key", "-m", managementKey, "-a", "AES256", "-g", "-p", "-P", "246810")
	rigtest.Contains(t, ykman("piv", "info"), `PIN tries remaining: 5/5`, `Management key algorithm: AES256`,
		`Management key is stored on the YubiKey, protected by PIN\.`)
	y := open(t, reader)
	m, err := y.Metadata("246810")
	if err != nil || m.ManagementKey == nil || len(*m.ManagementKey) != 32 {
		t.Errorf("piv-go reads no management key: %+v, %v", m, err)
	}
	if err := y.Close(); err != nil {
		t.Fatal(err)
	}
	ykman("piv", "reset", "-f")
	rigtest.Contains(t, ykman("piv", "info"), `WARNING: Using default PIN!`, `Management key algorithm: AES192`)
}
