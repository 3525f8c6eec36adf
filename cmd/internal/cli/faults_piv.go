package cli

import "bailiff/custody/token/piv"

// pivFaults are about tokens that are devices, their readers, and the machine between.
func pivFaults() []faultRow {
	return []faultRow{
		{piv.ErrBuild, "piv.build", ExitUnfinished},
		{piv.ErrLibrary, "piv.library", ExitUnfinished},
		{piv.ErrDaemon, "piv.daemon", ExitUnfinished},
		{piv.ErrPermission, "piv.permission", ExitUnfinished},
		{piv.ErrNoReader, "piv.no-reader", ExitUnfinished},
		{piv.ErrReader, "piv.reader", ExitToken},
		{piv.ErrForeign, "piv.foreign", ExitToken},
		{piv.ErrFirmware, "piv.firmware", ExitToken},
		{piv.ErrAnswer, "piv.answer", ExitToken},
		{piv.ErrRefused, "piv.refused", ExitToken},
		{piv.ErrEmptySlot, "piv.empty-slot", ExitToken},
		{piv.ErrOtherKey, "piv.other-key", ExitToken},
		{piv.ErrOrigin, "piv.origin", ExitPolicy},
		{piv.ErrOtherCard, "piv.other-card", ExitToken},
		{piv.ErrDefault, "piv.default", ExitPolicy},
		{piv.ErrUnlike, "piv.unlike", ExitToken},
		{piv.ErrRoom, "piv.room", ExitToken},
		{piv.ErrNoDevice, "piv.no-device", ExitPolicy},
		{piv.ErrNoSerial, "piv.no-serial", ExitToken},
		{piv.ErrCurve, "piv.curve", ExitPolicy},
		{piv.ErrRecord, "piv.record", ExitToken},
		{piv.ErrInUse, "piv.in-use", ExitExists},
		{piv.ErrSerial, "piv.serial", ExitDeclined},
		{piv.ErrOccupied, "piv.occupied", ExitExists},
		{piv.ErrFull, "piv.full", ExitToken},
		{piv.ErrManagement, "piv.management", ExitToken},
		{piv.ErrAlgorithm, "piv.algorithm", ExitPolicy},
		{piv.ErrMessage, "piv.message", ExitFailure},
		{piv.ErrPINForm, "piv.pin-form", ExitToken},
		{piv.ErrPUKForm, "piv.puk-form", ExitToken},
		{piv.ErrCode, "piv.code", ExitToken},
		{piv.ErrWeak, "piv.weak", ExitToken},
		{piv.ErrPUKLocked, "piv.puk-locked", ExitToken},
		{piv.ErrPUK, "piv.puk", ExitToken},
	}
}
