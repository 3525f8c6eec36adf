package virtual

// status is a status word (ISO/IEC 7816-4, section 5.1.3; SP 800-73-4 part 2, section 4).
type status uint16

const (
	ok               status = 0x9000
	moreBytes        status = 0x6100 // low byte: how many are left, 0 for 256 or more
	wrongPIN         status = 0x63c0 // low nibble: the tries left
	wrongLength      status = 0x6700
	notAuthorised    status = 0x6982 // also: no touch in time
	blocked          status = 0x6983
	notSatisfied     status = 0x6985
	wrongBody        status = 0x6a80
	notSupported     status = 0x6a81
	notFound         status = 0x6a82 // object or application
	noRoom           status = 0x6a84
	wrongParameters  status = 0x6a86
	noReference      status = 0x6a88 // key reference: empty slot, unknown PIN
	unknownCommand   status = 0x6d00
	unknownClass     status = 0x6e00
	maxTriesReported        = 15
)

// wrong returns the status for a wrong PIN or PUK of which so many tries are left.
func wrong(left int) status { return wrongPIN | status(min(left, maxTriesReported)) }

func (s status) append(b []byte) []byte { return append(b, byte(s>>8), byte(s)) }
