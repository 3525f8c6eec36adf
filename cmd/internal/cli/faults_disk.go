package cli

import (
	"io"
	"io/fs"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
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
		{keyvalue.ErrTooLarge, "record.too-large", ExitMalformed},
		{keyvalue.ErrFormat, "record.format", ExitMalformed},
		{keyvalue.ErrLine, "record.line", ExitMalformed},
		{keyvalue.ErrFinalLine, "record.final-line", ExitMalformed},
		{keyvalue.ErrMissing, "record.missing", ExitMalformed},
		{keyvalue.ErrTrailing, "record.trailing", ExitMalformed},
		{keyvalue.ErrValue, "record.value", ExitMalformed},
		{keyvalue.ErrUTF8, "record.utf8", ExitMalformed},
		{keyvalue.ErrControl, "record.control", ExitMalformed},
		{keyvalue.ErrInvisible, "record.invisible", ExitMalformed},
		{keyvalue.ErrSpace, "record.space", ExitMalformed},
		{keyvalue.ErrNFC, "record.nfc", ExitMalformed},
		{keyvalue.ErrLength, "record.length", ExitMalformed},
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
