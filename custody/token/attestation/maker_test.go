package attestation_test

import (
	"errors"
	"testing"

	"bailiff/custody/testkit/attestationtest"
	"bailiff/custody/token/attestation"
)

// TestVerifyDevice: the certificate of slot f9 alone, of a device without keys.
func TestVerifyDevice(t *testing.T) {
	maker := attestationtest.NewMaker(t, attestationtest.MakerName)
	device := maker.Device(t, "f9", v(5, 7, 4)).Cert.Raw
	m, err := maker.Roots(t).VerifyDevice(device, now)
	if err != nil || m.Root != maker.Cert.Subject.CommonName || m.Test || m.Made != v(5, 7, 4) {
		t.Errorf("%+v, %v", m, err)
	}
	for name, c := range map[string]struct {
		der  []byte
		want error
	}{
		"nothing":       {nil, attestation.ErrNone},
		"rubbish":       {[]byte("rubbish"), attestation.ErrCertificate},
		"another maker": {attestationtest.NewMaker(t, "Another Sample").Device(t, "f9", v(5, 7, 4)).Cert.Raw, attestation.ErrRoot},
		"one byte more": {append(device[:len(device):len(device)], 0), attestation.ErrCertificate},
	} {
		if m, err := maker.Roots(t).VerifyDevice(c.der, now); m != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %+v, %v", name, m, err)
		}
	}
}
