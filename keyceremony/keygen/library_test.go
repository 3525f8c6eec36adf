package keygen_test

import (
	"bytes"
	"crypto"
	"testing"
	"testing/cryptotest"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
)

// byLibrary makes a key of the default profile with go-crypto alone.
func byLibrary(t *testing.T, rehearsal bool) (public, private []byte) {
	t.Helper()
	salted, comment := false, ""
	config := &packet.Config{
		Algorithm:                             packet.PubKeyAlgoEdDSA,
		Curve:                                 packet.Curve25519,
		DefaultHash:                           crypto.SHA512,
		DefaultCipher:                         packet.CipherAES256,
		DefaultCompressionAlgo:                packet.CompressionNone,
		Time:                                  func() time.Time { return created },
		NonDeterministicSignaturesViaNotation: &salted,
	}
	if rehearsal {
		comment = keypair.RehearsalMark
		config.SignatureNotations = []*packet.Notation{
			{Name: keypair.RehearsalNotation, Value: []byte(keypair.RehearsalValue), IsHumanReadable: true},
		}
	}
	entity, err := openpgp.NewEntity(keypair.UserID(batch, 42, false), comment, "", config)
	if err != nil {
		t.Fatal(err)
	}
	var pub, sec bytes.Buffer
	if err := entity.Serialize(&pub); err != nil {
		t.Fatal(err)
	}
	if err := entity.SerializePrivateWithoutSigning(&sec, config); err != nil {
		t.Fatal(err)
	}
	return pub.Bytes(), sec.Bytes()
}

// Both forms are, byte for byte, those that go-crypto makes of the same randomness: enough of them for
// leading zeros in every number.
func TestKeysAreThoseOfTheLibrary(t *testing.T) {
	for seed := range uint64(800) {
		rehearsal := seed%2 == 0
		cryptotest.SetGlobalRandom(t, seed)
		pair, _ := generate(t, rehearsal)
		cryptotest.SetGlobalRandom(t, seed)
		public, private := byLibrary(t, rehearsal)
		if !bytes.Equal(pair.Public, public) || !bytes.Equal(pair.Private.Expose(), private) {
			t.Fatalf("seed %d:\n%x\n%x\nthe library writes\n%x\n%x", seed, pair.Public, pair.Private.Expose(), public, private)
		}
		pair.Private.Wipe()
	}
}
