package keypair

import "encoding/binary"

// The signed parts of a form's signatures (RFC 9580 §5.2.3): version, type, algorithms and hashed subpackets, in
// the order in which go-crypto writes them.

// hashedDirect is that of the direct-key signature, which in version 6 bears the preferences.
func (f *form) hashedDirect(t *template, fingerprint []byte) []byte {
	b := f.hashedHead(t, fingerprint, sigDirectKey, 2+1, 11, 9, 7) // ciphers AES-256 and AES-128
	b = f.preferences(b, 0x01|0x08)                                // reads version 1 and 2 SEIPD
	b = f.issuer(b, fingerprint)
	return f.hashedTail(append(b, 8+1, 39, 9, 3, 9, 2, 7, 3, 7, 2)) // each with GCM or OCB
}

// hashedCert is that of the certification of the user ID.
func (f *form) hashedCert(t *template, fingerprint []byte) []byte {
	if f.version == 6 {
		b := f.hashedHead(t, fingerprint, sigCertification)
		return f.hashedTail(f.issuer(append(b, 1+1, 25, 1), fingerprint)) // primary user ID
	}
	b := f.hashedHead(t, fingerprint, sigCertification, 2+1, 11, 9, 7)
	return f.hashedTail(f.issuer(f.preferences(b, 0x01), fingerprint))
}

// hashedBinding is that of the subkey's binding.
func (f *form) hashedBinding(t *template, fingerprint []byte) []byte {
	b := f.hashedHead(t, fingerprint, sigSubkeyBinding)
	b = append(b, 1+1, critical|27, 0x0c) // may encrypt communications and storage
	return f.hashedTail(f.issuer(b, fingerprint))
}

// hashedHead begins a signed part, with room for the size of its area: creation time, preferred ciphers
// if any, in version 4 the issuer's key ID, and the mark.
func (f *form) hashedHead(t *template, fingerprint []byte, sigType byte, ciphers ...byte) []byte {
	b := append(make([]byte, 0, 192), f.version, sigType, f.primary.algorithm(), hashSHA512)
	b = append(b, make([]byte, f.sizeOctets())...)
	b = binary.BigEndian.AppendUint32(append(b, 4+1, critical|2), t.created)
	b = append(b, ciphers...)
	if f.version == 4 {
		b = append(append(b, 8+1, 16), fingerprint[12:]...)
	}
	if t.rehearsal {
		b = append(b, byte(8+len(RehearsalNotation)+len(RehearsalValue)+1), 20, 0x80, 0, 0, 0)
		b = append(b, 0, byte(len(RehearsalNotation)), 0, byte(len(RehearsalValue)))
		b = append(append(b, RehearsalNotation...), RehearsalValue...)
	}
	return b
}

// preferences appends hashes, compression, in version 4 that the user ID is the primary one, usage, features.
func (f *form) preferences(b []byte, features byte) []byte {
	b = append(b, 2+1, 21, hashSHA512, 8)
	b = append(b, 1+1, 22, 0) // no compression
	if f.version == 4 {
		b = append(b, 1+1, 25, 1)
	}
	b = append(b, 1+1, critical|27, 0x03) // may certify and sign
	return append(b, 1+1, 30, features)
}

// issuer appends the issuer's fingerprint, critical in version 6 as go-crypto has it.
func (f *form) issuer(b, fingerprint []byte) []byte {
	subpacket := byte(33)
	if f.version == 6 {
		subpacket |= critical
	}
	return append(append(b, byte(len(fingerprint)+2), subpacket, f.version), fingerprint...)
}

// hashedTail fills in the size of the area.
func (f *form) hashedTail(b []byte) []byte {
	n := 4 + f.sizeOctets()
	if f.version == 6 {
		binary.BigEndian.PutUint32(b[4:], uint32(len(b)-n))
	} else {
		binary.BigEndian.PutUint16(b[4:], uint16(len(b)-n))
	}
	return b
}
