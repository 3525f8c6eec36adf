package table

import "testing"

// everybody is who is awaited when nobody sits.
const everybody = `
			awaiting 0/1
			awaiting one c01 100
			awaiting one c02 200|201
			awaiting one c03 300
`

// TestPIN plays what becomes of PINs at a table.
func TestPIN(t *testing.T) {
	for name, transcript := range map[string]string{
		"wrong, then right": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> 000000
			PIN 100 wrong
			wrong 100 PIN 2
			ask PIN 100 2 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"what cannot be one costs no try": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> cccccbhgevnb
			no code 100
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"fewer tries left than were shown: it is not tried": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> 000000
			< tries 100 1
			fewer 100
			ask PIN 100 last try optional
			> 100
			ask PIN 100 1 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"the last try is not spent on a PIN that was typed from habit": `
			< tries 100 1
			< put 100 0
			do fill 1
			ask PIN 100 last try optional
			> right
			declined 100 c01
			aside 100 c01` + everybody + `
			< out 100
			taken out 100 c01
			< put 100 0
			ask PIN 100 last try optional
			> 100
			ask PIN 100 1 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"nothing typed sets aside, and another one may come": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> nothing
			declined 100 c01
			aside 100 c01` + everybody + `
			< put 300 1
			ask PIN 300 3 optional
			> right
			PIN 300 right
			seated 300 c03
			ok`,
		"mended unseen, while somebody else typed": `
			< tries 100 0
			< put 100 0
			< put 300 1
			do fill 1
			amiss 100: token: the PIN is locked
			aside 100 c01
			ask PIN 300 3 optional
			> nothing
			< out 100
			< tries 100 3
			< put 100 0
			< passes 5s
			… 5s
			declined 300 c03
			aside 300 c03` + everybody + `
			still aside 100 c01
			< out 100
			taken out 100 c01
			< put 100 0
			ask PIN 100 3 optional
			> right
			PIN 100 right
			seated 100 c01
			ok`,
		"no PIN is typed for a card with other keys": `
			with wait 1s
			< other 100
			< put 100 0
			do fill 1
			error 100: piv: another key than the enrolled one in this slot`,
		"nobody can be asked": `
			< put 100 0
			do fill 1
			ask PIN 100 3 optional
			> nobody
			error test: nobody can be asked`,
		"nobody agrees to the last try": `
			< tries 100 1
			< put 100 0
			do fill 1
			ask PIN 100 last try optional
			> nobody
			error 100: test: nobody can be asked`,
		"where nobody is waited for, another number than the serial is asked again": `
			with wait 1s
			< tries 100 1
			< put 100 0
			do fill 1
			ask PIN 100 last try
			> right
			not serial
			ask PIN 100 last try
			> 100
			ask PIN 100 1
			> 000000
			PIN 100 wrong
			wrong 100 PIN 0
			error 100: token: the PIN is locked`,
		"a file never spends the last try": `
			with file 271828
			< tries 100 1
			< put 100 0
			do fill 1
			error 100: test: nobody can be asked`,
		"a file with a wrong PIN tries it once": `
			with wait 1s
			with file 000000
			< put 100 0
			do fill 1
			PIN 100 wrong
			error 100: token: wrong PIN, tries left: 2`,
		"a card that somebody else tries meanwhile is left alone by a file": `
			with file 271828
			< put 100 0
			< mishap 100 tries none spent
			do fill 1
			amiss 100: token: in use by another process` + everybody + `
			PIN 100 right
			seated 100 c01
			ok`,
	} {
		t.Run(name, func(t *testing.T) { play(t, transcript) })
	}
}

// TestSingle plays what happens to one card on its own.
func TestSingle(t *testing.T) {
	const found = `
			< put 100 0
			do find
			found 100
			ok
	`
	for name, transcript := range map[string]string{
		"found once it is the only one": `
			do find
			waiting checkup: no token is in the readers
			< put 100 0
			< put 200 1
			… 700ms
			waiting 100, 200: table: several tokens are in the readers
			< out 200
			… 700ms
			found 100
			ok`,
		"that of the serial, which is away": `
			with wait 1s
			< put 100 0
			do find 200
			error 200: token: in none of the readers`,
		"busy": `
			with wait 1s
			< busy 0
			do find
			error reader 0: gpg (7): token: in use by another process`,
		"proved": found + `
			do prove
			ask PIN 100 3
			> 271
			no code 100
			ask PIN 100 3
			> 000000
			PIN 100 wrong
			wrong 100 PIN 2
			ask PIN 100 2
			> right
			PIN 100 right
			touch 100 1/2 signing
			touch 100 1/2 signing over
			ok`,
		"a wrong PIN that the card counted unheard is not tried again": `
			< tries 100 2` + found + `
			< mishap 100 verify pulled
			do prove
			ask PIN 100 2
			> 000000
			PIN 100 wrong
			stopped 100: token: pulled out during an operation
			< put 100 0
			… 700ms
			resumed 100
			fewer 100
			ask PIN 100 last try
			> right
			not serial
			ask PIN 100 last try
			> 100
			ask PIN 100 1
			> right
			PIN 100 right
			touch 100 1/2 signing
			touch 100 1/2 signing over
			ok`,
		"the last try": `
			< tries 100 1` + found + `
			do prove
			ask PIN 100 last try
			> 100
			ask PIN 100 1
			> 000000
			PIN 100 wrong
			ask nothing 100
			> nothing
			error 100: token: wrong PIN, tries left: 0
			do prove
			error 100: token: the PIN is locked`,
		"a card that refuses at once is asked at a pace": found + `
			< mishap 100 sign refuses refuses
			do prove
			ask PIN 100 3
			> right
			PIN 100 right
			touch 100 1/2 signing
			touch 100 1/2 signing over 100: token: not touched in time
			stopped 100: token: not touched in time
			… 700ms
			resumed 100
			PIN 100 right
			touch 100 1/2 signing
			touch 100 1/2 signing over 100: token: not touched in time
			stopped 100: token: not touched in time
			… 700ms
			resumed 100
			PIN 100 right
			touch 100 1/2 signing
			touch 100 1/2 signing over
			ok`,
		"a PIN that was changed unheard is asked for again": found + `
			< mishap 100 changed pulled
			< refuses 123123
			do change
			ask PIN 100 3
			> right
			choose
			> 123123
			PIN 100 right
			refused PIN: piv: the card does not accept this code as a new one
			choose
			> 161803
			PIN 100 right
			PIN 100 becomes 161803
			stopped 100: token: pulled out during an operation
			< put 100 0
			… 700ms
			resumed 100
			perhaps 100
			ask PIN 100 3
			> 161803
			PIN 100 right
			PIN 100 becomes 161803
			ok`,
		"unblocked": found + `
			< tries 100 0
			do unblock
			ask PUK 100 3
			> 00000000
			choose
			> 161803
			PUK 100 wrong
			wrong 100 PUK 0
			ask PUK 100 2
			> 31415926
			PUK 100 right
			PIN 100 becomes 161803
			ok`,
		"a wrong PUK that the card counted unheard is not tried again": found + `
			< mishap 100 verify pulled
			do unblock
			ask PUK 100 3
			> 00000000
			choose
			> 161803
			PUK 100 wrong
			stopped 100: token: pulled out during an operation
			< put 100 0
			… 700ms
			resumed 100
			fewer 100
			ask PUK 100 2
			> 31415926
			PUK 100 right
			PIN 100 becomes 161803
			ok`,
		"the last try of a PUK": found + `
			< puk 100 1
			do unblock
			ask PUK 100 last try
			> 31415926
			not serial
			ask PUK 100 last try
			> 100
			ask PUK 100 1
			> 00000000
			choose
			> 161803
			PUK 100 wrong
			ask nothing 100
			> nothing
			error 100: piv: wrong PUK, tries left: 0
			do unblock
			error 100: piv: the PUK is locked`,
		"a file never spends the last try": `
			with file 271828
			< tries 100 1` + found + `
			do prove
			error 100: test: nobody can be asked`,
		"a file's wrong PIN that the card counted unheard was wrong": `
			with file 000000` + found + `
			< mishap 100 verify pulled
			do prove
			PIN 100 wrong
			stopped 100: token: pulled out during an operation
			< put 100 0
			… 700ms
			resumed 100
			error 100: token: wrong PIN`,
		"nobody can be asked": found + `
			do prove
			ask PIN 100 3
			> nobody
			error test: nobody can be asked`,
	} {
		t.Run(name, func(t *testing.T) { play(t, transcript) })
	}
}
