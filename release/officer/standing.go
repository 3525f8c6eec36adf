package officer

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
)

// The ways in which a certificate can be one that no order can be signed with, told when somebody is made an officer.
var (
	ErrOfficerRevoked    = errors.New("officer: the key is revoked")
	ErrOfficerExpired    = errors.New("officer: the key has ended")
	ErrOfficerNotYet     = errors.New("officer: the key is dated in the future")
	ErrOfficerNoUserID   = errors.New("officer: every user ID of the key is revoked")
	ErrOfficerNotValid   = errors.New("officer: no signature of the owner over the key is in force")
	ErrOfficerNotSigning = errors.New("officer: the key is not meant for signing")
	ErrOfficerKind       = errors.New("officer: the key is of a kind that is not accepted")
	ErrOfficerShort      = errors.New("officer: the key is too short")
	ErrOfficerHash       = errors.New("officer: the signing key rests on SHA-1")
)

// appointments says of what makes a signature void what it makes of an officer.
var appointments = []struct{ signature, officer error }{
	{ErrRevoked, ErrOfficerRevoked},
	{ErrKeyExpired, ErrOfficerExpired},
	{ErrBeforeKey, ErrOfficerNotYet},
	{ErrNoUserID, ErrOfficerNoUserID},
	{ErrNotValid, ErrOfficerNotValid},
	{ErrNotSigning, ErrOfficerNotSigning},
	{ErrWeakKind, ErrOfficerKind},
	{ErrWeakKey, ErrOfficerShort},
	{ErrWeakHash, ErrOfficerHash},
}

// Standing is what an officer's certificate is worth at a time, by the rules of [Roster.Verify].
type Standing struct {
	Fingerprint string    // of the primary key
	Name        string    // the valid user ID: the primary one, else the newest; "" when none is
	Algorithm   string    // of the key that signs the longest, such as `Ed25519` or `RSA 3072`; "" when none signs
	Ends        time.Time // until when a key of it signs, or signed when it has ended; the zero time: for ever
	Err         error     // why no key of it signs at that time; nil when one does
}

// Appoint reads the certificate of somebody who is to be an officer, and judges it as their signatures will be judged: a
// certificate that is accepted now and useless for ever would make a vault from which nothing can be released. The error
// names the officer.
func Appoint(data []byte, now time.Time) (policy.Certificate, error) {
	o, err := ReadCertificate(data)
	if err != nil {
		return policy.Certificate{}, err
	}
	s := o.Standing(now)
	for _, a := range appointments {
		if errors.Is(s.Err, a.signature) {
			s.Err = a.officer
		}
	}
	if s.Err != nil {
		return policy.Certificate{}, fault.At(cmp.Or(s.Name, o.Fingerprint), s.Err)
	}
	return policy.Certificate{Fingerprint: o.Fingerprint, Name: s.Name, Binary: o.Binary}, nil
}

// Standings are those of a roster's officers.
func (r *Roster) Standings(now time.Time) []Standing {
	out := make([]Standing, len(r.Officers))
	for i := range r.Officers {
		out[i] = r.Officers[i].Standing(now)
	}
	return out
}

// Enough tells until when at least m of those officers can sign: the zero time for ever.
func Enough(officers []Standing, m int, now time.Time) time.Time {
	var ends []time.Time // ascending, those without end not among them
	endless := 0
	for _, s := range officers {
		switch {
		case s.Err != nil:
		case s.Ends.IsZero():
			endless++
		default:
			ends = append(ends, s.Ends)
		}
	}
	slices.SortFunc(ends, time.Time.Compare)
	switch missing := m - endless; {
	case missing <= 0:
		return time.Time{}
	case missing > len(ends):
		return now
	default:
		return ends[len(ends)-missing]
	}
}

// Standing judges the certificate at a time.
func (o *Certificate) Standing(now time.Time) Standing {
	s := Standing{Fingerprint: o.Fingerprint}
	e, err := o.entity()
	if err != nil {
		s.Err = err
		return s
	}
	s.Name = shownUserID(e, now)
	keys := keysOf(e)
	moments := o.moments(keys)
	signs := false
	for _, k := range keys {
		err := o.checkKey(hex.EncodeToString(k.Fingerprint), now)
		if err != nil {
			s.Err = graver(s.Err, err)
			continue
		}
		if end := o.end(k, moments, now); !signs || !s.Ends.IsZero() && (end.IsZero() || end.After(s.Ends)) {
			s.Ends, s.Algorithm = end, describe(k)
		}
		signs = true
	}
	if signs {
		s.Err = nil
	} else if errors.Is(s.Err, ErrKeyExpired) {
		s.Ends = o.ended(keys, moments)
	}
	return s
}

// shownUserID is the valid user ID that says itself the primary one, else the newest: never one that was revoked, nor one
// that luck chooses among equals.
func shownUserID(e *openpgp.Entity, now time.Time) (shown string) {
	var best *packet.Signature
	for _, name := range slices.Sorted(maps.Keys(e.Identities)) {
		self, err := e.Identities[name].Verify(now, accepted())
		if err != nil || best != nil && !preferred(self, best) {
			continue
		}
		shown, best = name, self
	}
	return shown
}

func preferred(a, b *packet.Signature) bool {
	primary := func(s *packet.Signature) bool { return s.IsPrimaryId != nil && *s.IsPrimaryId }
	if primary(a) != primary(b) {
		return primary(a)
	}
	return a.CreationTime.After(b.CreationTime)
}

// graver chooses what to tell of a certificate none of whose keys signs: that some are not meant to comes last.
func graver(a, b error) error {
	if a == nil || errors.Is(a, ErrNotSigning) {
		return b
	}
	return a
}

// end asks the rules themselves until when a key signs: nothing changes but at one of the moments.
func (o *Certificate) end(k *packet.PublicKey, moments []time.Time, now time.Time) time.Time {
	fingerprint := hex.EncodeToString(k.Fingerprint)
	for _, m := range moments {
		if m.After(now) && o.checkKey(fingerprint, m.Add(time.Second)) != nil {
			return m
		}
	}
	return time.Time{}
}

// ended is the last moment at which a key signed; the zero time when none ever did.
func (o *Certificate) ended(keys []*packet.PublicKey, moments []time.Time) time.Time {
	for _, m := range slices.Backward(moments) {
		for _, k := range keys {
			if o.checkKey(hex.EncodeToString(k.Fingerprint), m) == nil {
				return m
			}
		}
	}
	return time.Time{}
}

// moments are the times, ascending, at which a signature in the certificate or a key of it may end or begin.
func (o *Certificate) moments(keys []*packet.PublicKey) (out []time.Time) {
	after := func(t time.Time, seconds *uint32) {
		if seconds == nil || *seconds == 0 {
			return
		}
		out = append(out, t.Add(time.Duration(*seconds)*time.Second).UTC())
	}
	packets, err := splitPackets(o.Binary)
	if err != nil {
		return nil
	}
	for _, p := range packets {
		if p.tag != tagSignature {
			continue
		}
		decoded, err := p.decode()
		s, ok := decoded.(*packet.Signature)
		if err != nil || !ok {
			continue
		}
		out = append(out, s.CreationTime.UTC())
		after(s.CreationTime, s.SigLifetimeSecs)
		for _, k := range keys {
			after(k.CreationTime, s.KeyLifetimeSecs)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// describe names a key's algorithm for people.
func describe(k *packet.PublicKey) string {
	switch k.PubKeyAlgo {
	case packet.PubKeyAlgoRSA:
		n, _ := k.BitLength()
		return fmt.Sprintf("RSA %d", n)
	case packet.PubKeyAlgoECDSA:
		curve, _ := k.Curve()
		return "ECDSA " + string(curve)
	case packet.PubKeyAlgoEdDSA:
		if curve, _ := k.Curve(); curve == packet.Curve448 {
			return "Ed448"
		}
		return "Ed25519"
	case packet.PubKeyAlgoEd25519:
		return "Ed25519"
	case packet.PubKeyAlgoEd448:
		return "Ed448"
	}
	return ""
}
