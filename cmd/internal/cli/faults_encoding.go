package cli

import "bailiff/custody/encoding"

// encodingFaults are about what programs make of a file on its way.
func encodingFaults() []faultRow {
	return []faultRow{
		{encoding.ErrMark, "encoding.mark", ExitMalformed},
		{encoding.ErrLineEnds, "encoding.line-ends", ExitMalformed},
		{encoding.ErrUTF16, "encoding.utf16", ExitMalformed},
		{encoding.ErrRewritten, "encoding.rewritten", ExitMalformed},
		{encoding.ErrBase64, "encoding.base64", ExitMalformed},
		{encoding.ErrArmor, "encoding.armor", ExitMalformed},
	}
}
