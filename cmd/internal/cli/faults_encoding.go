package cli

import (
	"bailiff/custody/encoding"
	"bailiff/custody/filetype"
)

// encodingFaults are about what programs make of a file on its way.
func encodingFaults() []faultRow {
	return []faultRow{
		{filetype.ErrOther, "filetype.other", ExitMalformed},
		{encoding.ErrMark, "encoding.mark", ExitMalformed},
		{encoding.ErrLineEnds, "encoding.line-ends", ExitMalformed},
		{encoding.ErrUTF16, "encoding.utf16", ExitMalformed},
		{encoding.ErrRewritten, "encoding.rewritten", ExitMalformed},
		{encoding.ErrBase64, "encoding.base64", ExitMalformed},
		{encoding.ErrArmor, "encoding.armor", ExitMalformed},
	}
}
