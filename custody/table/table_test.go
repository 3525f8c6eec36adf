package table

import "testing"

// TestTable plays what happens at a table. See [world] for how to read it.
func TestTable(t *testing.T) {
	for name, transcript := range map[string]string{
		"whoever comes first sits": `
			< put 100 0
			do fill 2
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			awaiting 1/2
			awaiting one c02 200|201
			awaiting one c03 300
			< put 201 1
			ask PIN 201 3 optional
			> right
			PIN 201 right
			seated 201 c02
			ok
			do fill 2
			ok`,
		"a stranger is told once, and has no seat": `
			< put 999 0
			do fill 1
			amiss 999: custody: this token belongs to no custodian of the vault
			awaiting 0/1
			awaiting one c01 100
			awaiting one c02 200|201
			awaiting one c03 300
			< put 300 1
			ask PIN 300 3 optional
			> right
			PIN 300 right
			seated 300 c03
			ok`,
		"a second token of a custodian is refused": `
			< put 200 0
			do fill 2
			ask PIN 200 3 optional
			> right
			PIN 200 right
			seated 200 c02
			awaiting 1/2
			awaiting one c01 100
			awaiting one c03 300
			< put 201 1
			amiss c02: 201: custody: two tokens of one custodian; a custodian counts once
			< put 100 2
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"a token that was not named is refused": `
			< put 300 0
			do fill 100 201
			not awaited 300 c03 100|201
			awaiting 0/2
			awaiting one c01 100
			awaiting one c02 201
			< put 100 1
			< put 201 2
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ask PIN 201 3 optional
			> right
			PIN 201 right
			seated 201 c02
			ok`,
		"a seated token that is away is asked for, and its spare refused": `
			with file 271828
			< put 200 0
			do fill 1
			PIN 200 right
			seated 200 c02
			ok
			do present c02
			ok
			< out 200
			< put 201 0
			do present c02
			taken out 200 c02
			error token: in none of the readers
			do sign c02
			spare 201 c02 200
			needed 200 c02
			< put 100 1
			not awaited 100 c01 200
			< put 999 2
			amiss 999: custody: this token belongs to no custodian of the vault
			< out 100
			taken out 100 c01
			< put 200 1
			PIN 200 right
			touch 200 c02 signing
			touch 200 c02 signing over
			ok`,
		"pulled out in the midst, and put back": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ok
			< mishap 100 sign pulled
			do sign c01
			touch 100 c01 signing
			touch 100 c01 signing over 100: token: pulled out during an operation
			amiss c01: 100: token: pulled out during an operation
			taken out 100 c01
			needed 100 c01
			< put 100 1
			ask PIN 100 3 optional
			> right
			PIN 100 right
			touch 100 c01 signing
			touch 100 c01 signing over
			ok
			do open c01
			touch 100 c01 opening
			touch 100 c01 opening over
			ok`,
		"what a card answered before it was away does not count": `
			with file 271828
			< put 100 0
			do fill 1
			PIN 100 right
			seated 100 c01
			ok
			< mishap 100 open silent
			do open c01
			touch 100 c01 opening
			touch 100 c01 opening over 100: piv: the card does not answer as a YubiKey does
			taken out 100 c01
			amiss c01: 100: token: pulled out during an operation
			needed 100 c01
			< put 100 0
			PIN 100 right
			touch 100 c01 opening
			touch 100 c01 opening over
			ok`,
		"another card put in its place in the midst": `
			with file 271828
			< put 100 0
			do fill 1
			PIN 100 right
			seated 100 c01
			ok
			< mishap 100 sign pulled
			do sign c01
			touch 100 c01 signing
			touch 100 c01 signing over 100: token: pulled out during an operation
			< put 300 0
			amiss c01: 100: token: pulled out during an operation
			taken out 100 c01
			not awaited 300 c03 100
			needed 100 c01
			< put 100 1
			PIN 100 right
			touch 100 c01 signing
			touch 100 c01 signing over
			ok`,
		"another card put in its place while a PIN is typed": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> right
			< out 100
			< put 300 0
			amiss 100: 100: token: in none of the readers
			taken out 100 c01
			ask PIN 300 3 optional
			> right
			PIN 300 right
			seated 300 c03
			ok`,
		"a card that answers wrongly and stays is set aside until it was taken out": `
			with file 271828
			< put 100 0
			do fill 1
			PIN 100 right
			seated 100 c01
			ok
			< mishap 100 sign answers
			do sign c01
			touch 100 c01 signing
			touch 100 c01 signing over 100: piv: the card does not answer as a YubiKey does
			amiss 100: piv: the card does not answer as a YubiKey does
			aside seated 100 c01
			needed 100 c01
			< passes 10s
			… 10s
			still aside 100 c01
			< out 100
			taken out 100 c01
			< put 100 0
			PIN 100 right
			touch 100 c01 signing
			touch 100 c01 signing over
			ok`,
		"a touch that did not come is asked for again, at a pace": `
			with file 271828
			< put 100 0
			do fill 1
			PIN 100 right
			seated 100 c01
			ok
			< mishap 100 sign untouched refuses refuses
			do sign c01
			touch 100 c01 signing
			… 15s
			touch 100 c01 signing over 100: token: not touched in time
			touch 100 c01 signing
			touch 100 c01 signing over 100: token: not touched in time
			… 2s
			touch 100 c01 signing
			touch 100 c01 signing over 100: token: not touched in time
			… 2s
			touch 100 c01 signing
			touch 100 c01 signing over
			ok`,
		"a reader that another program uses": `
			< busy 0
			< put 100 0
			do fill 1
			amiss reader 0: gpg (7): token: in use by another process
			awaiting 0/1
			awaiting one c01 100
			awaiting one c02 200|201
			awaiting one c03 300
			< free 0
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ok
			do sign c01
			touch 100 c01 signing
			touch 100 c01 signing over
			ok
			< busy 0
			do sign c01
			amiss reader 0: gpg (7): token: in use by another process
			needed 100 c01
			< free 0
			touch 100 c01 signing
			touch 100 c01 signing over
			ok`,
		"what is amiss with readers is told once": `
			< daemon down
			< fails 1
			do fill 1
			amiss piv: the smart card daemon is not running
			< daemon up
			amiss reader 1: piv: the reader cannot talk to its card
			awaiting 0/1
			awaiting one c01 100
			awaiting one c02 200|201
			awaiting one c03 300
			< passes 5s
			< put 100 0
			… 5.3s
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"no reader at all is as good as an empty one": `
			with wait 1s
			with readers 0
			do fill 300
			awaiting 0/1
			awaiting one c03 300
			… 1.2s
			error 300: token: in none of the readers`,
		"one that is not needed is offered, or else the one used last": `
			with file 271828
			with readers 2
			< put 999 0
			< put 100 1
			do fill 3
			PIN 100 right
			seated 100 c01
			amiss 999: custody: this token belongs to no custodian of the vault
			awaiting 1/3
			awaiting one c02 200|201
			awaiting one c03 300
			offer 999
			< out 999
			< put 200 0
			PIN 200 right
			seated 200 c02
			awaiting 2/3
			awaiting one c03 300
			offer 200 c02
			< out 200
			taken out 200 c02
			< put 300 0
			PIN 300 right
			seated 300 c03
			ok
			do sign c01
			touch 100 c01 signing
			touch 100 c01 signing over
			ok
			do sign c02
			needed 200 c02
			offer 100 c01
			< out 300
			taken out 300 c03
			< put 200 0
			PIN 200 right
			touch 200 c02 signing
			touch 200 c02 signing over
			ok`,
		"nobody came": `
			with wait 1s
			do fill 1
			awaiting 0/1
			awaiting one c01 100
			awaiting one c02 200|201
			awaiting one c03 300
			… 1.2s
			error c01, c02, c03: token: in none of the readers`,
		"the reader was busy for too long": `
			with wait 1s
			< busy 2
			do fill 100
			amiss reader 2: gpg (7): token: in use by another process
			awaiting 0/1
			awaiting one c01 100
			… 1.2s
			error reader 2: gpg (7): token: in use by another process`,
		"where nobody is waited for, a card that answers wrongly ends the act": `
			with wait 1s
			with file 271828
			< put 100 0
			do fill 1
			PIN 100 right
			seated 100 c01
			ok
			< mishap 100 sign answers
			do sign c01
			touch 100 c01 signing
			touch 100 c01 signing over 100: piv: the card does not answer as a YubiKey does
			error 100: piv: the card does not answer as a YubiKey does`,
	} {
		t.Run(name, func(t *testing.T) { play(t, transcript) })
	}
}

// TestHopeless: what nothing at the table can mend ends the act, also where people are waited for.
func TestHopeless(t *testing.T) {
	const seated = `
			with file 271828
			< head 100 a
			< put 100 0
			do fill 1
			PIN 100 right
			seated 100 c01
			ok
			do head c01 a
			ok
	`
	for name, transcript := range map[string]string{
		"a shorter ledger": `
			< mishap 100 keep backwards
			do keep c01 bb
			error 100: token: the ledger is shorter than one this token has cosigned`,
		"another ledger": `
			< mishap 100 keep forked
			do keep c01 bb
			error 100: token: another ledger of the same length was cosigned before`,
		"no room for a head": `
			< mishap 100 keep heads
			do keep c01 bb
			error 100: token: remembers as many vaults as it can already`,
		"a card that cosigned another copy while it was away": `
			do keep c01 bb
			ok
			< out 100
			< head 100 ccc
			< put 100 0
			do keep c01 dddd
			PIN 100 right
			error c01: 100: ledger: another history was signed; two ledgers exist`,
		"the same head, or the one that it was asked to keep, is no fork": `
			< out 100
			< put 100 0
			do head c01 a
			ok
			< mishap 100 kept pulled
			do keep c01 bb
			PIN 100 right
			amiss c01: 100: token: pulled out during an operation
			taken out 100 c01
			needed 100 c01
			< put 100 0
			PIN 100 right
			ok
			do head c01 bb
			ok`,
		"the last try of a PIN in a file": `
			< out 100
			< tries 100 1
			< put 100 0
			do sign c01
			error 100: test: nobody can be asked`,
	} {
		t.Run(name, func(t *testing.T) { play(t, seated+transcript) })
	}
}
