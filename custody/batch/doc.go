// Package batch holds the sealed batch: what a ceremony deposits and a release withdraws from.
//
// A batch is a folder: volumes `sealed-0001.zip` … with the sealed private key, the public key
// and the custodians' sealed shares of every key; `records.txt` with the digest of each of those
// entries and the commitments to the shares; `tree.bin` with the hashes of the keys' Merkle tree,
// so that one key is authenticated without the others; and `manifest.txt` with the digests of all those
// files and the Merkle root of the keys, whose own digest stands in the ledger. docs/formats.md,
// "Sealed batch", is the definition. A batch is closed when its manifest is there, which is
// written last, and no byte of it changes after. [Writer] writes one, [Batch] reads it.
//
// Volumes are ZIP files in a strict profile ([strictzip.Writer], [strictzip.Reader]): the same contents have
// one encoding, every other file is refused, and stock tools read it. The profile serves the
// public batch as well.
//
// Nothing in a volume is believed for its own sake. Each content is checked against the digest
// in its [Record], a record against the root in the [Manifest] by a path of hashes, or against the
// digest of `records.txt` there, and the manifest, by the caller, against the ledger: compare [Batch.Digest] with the entry
// `batch-sealed`. Were this package lax, whoever can write to the disk could put one key's
// shares or another's public key in the place of the one that is asked for, show two tools two
// different contents of one file, or let damage pass until the day a key is needed.
//
// The package also draws the sample that is opened to prove a batch ([Sample]) and reads and
// writes the lists of keys burnt by that ([BurntList]) and kept in reserve ([ReserveList]). The latter,
// `reserve.txt`, joins the folder when the batch is proved; the ledger alone vouches for it.
package batch
