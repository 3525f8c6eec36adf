// Package rig puts software PIV cards (custody/testkit/virtual) into the virtual readers of a real
// pcscd, so that programs talk to them through PC/SC as to any YubiKey.
//
// It runs Debian's pcscd with the driver of the package vsmartcard-vpcd (virtual smart card
// architecture, "vpcd"). That driver listens on TCP ports of all addresses; so daemon and cards
// live in network, mount and process namespaces of their own, where nothing but them reaches those
// ports, and what can be reached is two sockets in the rig's folder, which is private to its user:
//
//	DIR/pcscd.comm  the daemon: programs find it when PCSCLITE_CSOCK_NAME names it
//	DIR/control     the cards: [Rig] and [Attach] put them in, pull them out, and break them
//	DIR/lock        held while the rig runs
//
// As root the namespaces need nothing more; otherwise the kernel must let users make user namespaces.
// Where neither is so, [Start] fails with [ErrNamespace]: the rig never listens on the machine's own
// network. Readers of the machine are not touched: in its namespace the daemon sees none.
//
// The process inside is the same program, started again under another name: a program or test that
// uses the rig calls [Main] before anything else. It ends with its parent, however that ends, and all
// that it started ends with it.
//
// Were this package wrong, cards with known keys would be in reach of a network, or tests would leave
// daemons behind. No real card is in its reach.
package rig
