package table

import (
	"bailiff/custody/secret"
	"bailiff/custody/token/piv"
)

// People are those at the table, through whatever speaks with them.
type People interface {
	// Tell tells them what happened. It may be called while a card is in use, and uses none itself.
	Tell(Event)
	// Ask has them type an answer, unseen. It returns nil when they typed nothing, which is asked again unless
	// the question is Optional or a LastTry. The caller wipes the answer. An error, which is that nobody can be
	// asked, ends the act.
	Ask(Question) (*secret.Bytes, error)
}

// Code is what is typed.
type Code string

// The codes.
const (
	PIN     Code = "PIN"
	PUK     Code = "PUK"
	Nothing Code = "nothing" // Enter: the code that was typed was the last, and must not be typed once more
)

// Question is what people are asked.
type Question struct {
	Code      Code
	Serial    string // of the token
	Custodian string // whose it is; empty: not known
	Tries     int    // that are left
	Soft      bool   // a software token, which nothing unblocks
	Optional  bool   // nothing, or another number than the serial, leaves the token aside, and the act goes on

	// LastTry: it is the serial that is to be typed, which agrees to spend the last try. From habit, people type
	// their PIN.
	LastTry bool
}

// Kind is what happened.
type Kind string

// What happens at a table.
const (
	Awaiting    Kind = "awaiting"     // custodians: Done of Total sit
	AwaitingOne Kind = "awaiting one" // a custodian, with one of the tokens Wanted
	Needed      Kind = "needed"       // a seated token that is away
	Offer       Kind = "offer"        // a token to take out if no reader is free
	Seated      Kind = "seated"       // a token was unlocked
	TakenOut    Kind = "taken out"    // a token of the vault
	NotAwaited  Kind = "not awaited"  // a custodian's token; one of those Wanted is
	Spare       Kind = "spare"        // a token of a custodian who sits with the one Wanted
	Amiss       Kind = "amiss"        // Err, which can be mended
	Declined    Kind = "declined"     // the PIN, or the last try
	Aside       Kind = "aside"        // a token is not tried until it was taken out
	AsideSeated Kind = "aside seated" // the same of a seated one, which no spare can replace
	StillAside  Kind = "still aside"
	Touch       Kind = "touch" // Touch, which of a [Single] is the one Done of Total
)

// What happens to PINs and PUKs.
const (
	NoCode    Kind = "no code"    // what was typed cannot be one, by Err: no try was spent
	NotSerial Kind = "not serial" // another number was typed before the last try
	Fewer     Kind = "fewer"      // tries are left than were shown: the code was not tried
	Wrong     Kind = "wrong"      // Code; Tries are left, 0 when not told
	Perhaps   Kind = "perhaps"    // the PIN was changed: the card was pulled out before it said so
)

// What happens to a [Single].
const (
	Waiting Kind = "waiting" // for Err to be mended
	Stopped Kind = "stopped" // by Err
	Resumed Kind = "resumed"
)

// Event is something that happened at the table.
type Event struct {
	Kind        Kind
	Serial      string // of the token
	Custodian   string // whose it is; empty: nobody's here
	Wanted      []string
	Done, Total int
	Code        Code
	Tries       int
	Err         error
	Touch       piv.Touch
}
