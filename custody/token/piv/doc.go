// Package piv is the token that is a YubiKey: the PIV applet (NIST SP 800-73-4 and Yubico's
// extensions) through PC/SC and go-piv/piv-go.
//
// What a token that bailiff prepared holds:
//
//	9c      signing key: Ed25519, or P-256 in rehearsals with firmware before 5.7; PIN once, touch always
//	82-95   one sealing key for each vault: P-256; PIN once, touch always
//	        and beside each of these keys a certificate, a label for other tools that proves nothing
//	5fc109  management key (AES-192, random), readable with the PIN only: as ykman keeps it
//	5fff00  note for ykman that it does so
//	5f4241, 5f4242  data object of bailiff, in turn: what is being prepared, and the last ledger
//	        head of each vault (docs/formats.md, "Data object of a card")
//
// The way of a card: [Readers.List] shows the readers, [Readers.Open] takes one card for this
// process alone, [Card.Unlock] tries the PIN and gives the [Token]. Ask for the PIN before Open:
// Windows resets a card that was idle for ten seconds. Each ECDH and each signature is one touch,
// announced to the caller ([Touch]) before the wait, which cannot be interrupted: Close waits for
// it, at most the 15 seconds after which the device gives up by itself.
//
// What is pulled out, reset (suspend) or cut off from its daemon fails with [token.ErrRemoved] or
// [ErrDaemon], and [Token.Reopen] with the PIN goes on. No PIN is ever tried twice by this package,
// and none that cannot be one. A process that holds the reader is named where the kernel tells.
//
// The PC/SC library is loaded by the first call that wants a card (package pcsclib): [ErrLibrary] where
// there is none. Without cgo there is no PC/SC: the same calls fail with [ErrBuild].
//
// Were this package wrong, a custodian's PIN could be burnt by a program that repeats itself, a key
// of somebody else's overwritten, or a key used that is not the one in the policy.
package piv
