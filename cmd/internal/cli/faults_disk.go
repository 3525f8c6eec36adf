package cli

import (
	"io"
	"io/fs"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/custody/record"
	"bailiff/custody/reviewed"
)

// recordFaults are about records, texts and reviewed files.
func recordFaults() []faultRow {
	return []faultRow{
		{reviewed.ErrTooLarge, "reviewed.too-large", ExitMalformed},
		{reviewed.ErrSyntax, "reviewed.syntax", ExitMalformed},
		{reviewed.ErrMissing, "reviewed.missing", ExitMalformed},
		{reviewed.ErrUnknown, "reviewed.unknown", ExitMalformed},
		{reviewed.ErrCase, "reviewed.case", ExitMalformed},
		{record.ErrTooLarge, "record.too-large", ExitMalformed},
		{record.ErrFormat, "record.format", ExitMalformed},
		{record.ErrLine, "record.line", ExitMalformed},
		{record.ErrFinalLine, "record.final-line", ExitMalformed},
		{record.ErrMissing, "record.missing", ExitMalformed},
		{record.ErrTrailing, "record.trailing", ExitMalformed},
		{record.ErrValue, "record.value", ExitMalformed},
		{record.ErrUTF8, "record.utf8", ExitMalformed},
		{record.ErrControl, "record.control", ExitMalformed},
		{record.ErrInvisible, "record.invisible", ExitMalformed},
		{record.ErrSpace, "record.space", ExitMalformed},
		{record.ErrNFC, "record.nfc", ExitMalformed},
		{record.ErrLength, "record.length", ExitMalformed},
	}
}

// diskFaults are about disks.
func diskFaults() []faultRow {
	return []faultRow{
		{durable.ErrExists, "durable.exists", ExitExists},
		{durable.ErrLocked, "durable.locked", ExitExists},
		{durable.ErrNotRegular, "durable.not-regular", ExitStorage},
		{durable.ErrTooLarge, "durable.too-large", ExitMalformed},
		{durable.ErrVerify, "durable.verify", ExitStorage},
		{durable.ErrName, "durable.name", ExitUsage},
		{durable.ErrSpace, "durable.space", ExitStorage},
		{durable.ErrUnable, "durable.unable", ExitStorage},
		{unix.ENOSPC, "unix.enospc", ExitStorage},
		{unix.EDQUOT, "unix.edquot", ExitStorage},
		{unix.EFBIG, "unix.efbig", ExitStorage},
		{unix.EMFILE, "unix.emfile", ExitStorage},
		{unix.EROFS, "unix.erofs", ExitStorage},
		{unix.EIO, "unix.eio", ExitStorage},
		{unix.ELOOP, "unix.eloop", ExitStorage},
		{unix.ENAMETOOLONG, "unix.enametoolong", ExitStorage},
		{unix.ENOTDIR, "unix.enotdir", ExitStorage},
		{fs.ErrNotExist, "fs.not-exist", ExitStorage},
		{fs.ErrPermission, "fs.permission", ExitStorage},
		{fs.ErrExist, "fs.exist", ExitExists},
		{fs.ErrInvalid, "fs.invalid", ExitMalformed},
		{io.ErrUnexpectedEOF, "io.unexpected-eof", ExitDamaged},
	}
}
