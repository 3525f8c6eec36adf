package generator

import (
	"math"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/keygen"
)

// KeysFor returns how many keys of the profile one process makes, for Processes.Keys: half a second of work,
// but at least one key and at most MaxKeys.
func KeysFor(p keypair.Profile) int {
	if p == keypair.V4Curve25519 {
		return MaxKeys
	}
	return min(max(int(keygen.PerSecond(p)/2), 1), MaxKeys)
}

// Minutes returns how long making and sealing that many keys of the profile takes on so many processors, in
// minutes, rounded up.
func Minutes(p keypair.Profile, keys, processors int) int {
	return int(math.Ceil(float64(keys) / keygen.PerSecond(p) / float64(max(1, processors)) / 60))
}
