package cli

import (
	"bailiff/release/order"
)

// officerFaults are about somebody who is to be an officer, and about the key with which an officer signs.
func officerFaults() []faultRow {
	return []faultRow{
		{order.ErrNoCertificate, "order.no-certificate", ExitMalformed},
		{order.ErrNameless, "order.nameless", ExitMalformed},
		{order.ErrUserID, "order.user-id", ExitMalformed},
		{order.ErrUserIDEncoding, "order.user-id-encoding", ExitMalformed},
		{order.ErrUserIDParts, "order.user-id-parts", ExitMalformed},
		{order.ErrDemand, "order.demand", ExitPolicy},
		{order.ErrPublicKey, "order.public-key", ExitMalformed},
		{order.ErrOnCard, "order.on-card", ExitMalformed},
		{order.ErrSecretAway, "order.secret-away", ExitMalformed},
		{order.ErrOfficerRevoked, "order.officer-revoked", ExitPolicy},
		{order.ErrOfficerExpired, "order.officer-expired", ExitPolicy},
		{order.ErrOfficerNotYet, "order.officer-not-yet", ExitPolicy},
		{order.ErrOfficerNoUserID, "order.officer-no-user-id", ExitPolicy},
		{order.ErrOfficerNotValid, "order.officer-not-valid", ExitPolicy},
		{order.ErrOfficerNotSigning, "order.officer-not-signing", ExitPolicy},
		{order.ErrOfficerKind, "order.officer-kind", ExitPolicy},
		{order.ErrOfficerShort, "order.officer-short", ExitPolicy},
		{order.ErrOfficerHash, "order.officer-hash", ExitPolicy},
	}
}
