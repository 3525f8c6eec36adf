package wording

// profileTexts are the warnings of a ceremony whose keys are not of the default profile: each names
// the programs that docs/interop.md measured to refuse such keys.
func profileTexts() map[string]Text {
	return map[string]Text{
		"ceremony.minutes": {
			Fr: "Création des clés, avec %d processeurs : %s environ",
			En: "Making the keys, with %d processors: about %s",
		},
		"ceremony.profile.v6-curve25519": {
			Fr: "ATTENTION : le profil v6-curve25519 (RFC 9580) exclut les membres et les héritiers qui ont GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), gpg-sq, PGPainless, PGPy ou OpenPGP.js 5 : ces programmes ne lisent ni la clé ni ce qui est chiffré pour elle.",
			En: "WARNING: profile v6-curve25519 (RFC 9580) excludes members and heirs who have GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), gpg-sq, PGPainless, PGPy or OpenPGP.js 5: these programs read neither the key nor what is encrypted to it.",
		},
		"ceremony.profile.v6-mldsa65-mlkem768": {
			Fr: "ATTENTION : le profil v6-mldsa65-mlkem768 (post-quantique) exclut les membres et les héritiers qui ont GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), Sequoia sq 1.3 (Debian 13), gpg-sq, PGPainless, PGPy, OpenPGP.js 5 ou OpenPGP.js 6 : seuls les programmes fondés sur les bibliothèques de Proton lisent ces clés. Les parts restent scellées par courbe elliptique : la protection post-quantique ne vaut que pour qui ne détient pas les disques du coffre.",
			En: "WARNING: profile v6-mldsa65-mlkem768 (post-quantum) excludes members and heirs who have GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), Sequoia sq 1.3 (Debian 13), gpg-sq, PGPainless, PGPy, OpenPGP.js 5 or OpenPGP.js 6: only programs built on Proton’s libraries read these keys. The shares are still sealed with an elliptic curve: the post-quantum protection holds only against those who do not have the vault’s disks.",
		},
		"ceremony.profile.rsa3072": {
			Fr: "ATTENTION : le profil rsa3072 n’exclut aucun programme mesuré, mais ses clés sont longues à créer et ne sont pas plus sûres que celles du profil par défaut. Il ne convient qu’à ceux dont les programmes ne lisent pas les courbes elliptiques.",
			En: "WARNING: profile rsa3072 excludes no program that was measured, but its keys take long to make and are no safer than those of the default profile. It is meant only for those who cannot read elliptic curves.",
		},
		"ceremony.profile.rsa4096": {
			Fr: "ATTENTION : le profil rsa4096 n’exclut aucun programme mesuré, mais ses clés sont très longues à créer et leur surcroît de sûreté ne protège pas d’un ordinateur quantique. Il ne convient qu’à ceux dont les programmes ne lisent pas les courbes elliptiques.",
			En: "WARNING: profile rsa4096 excludes no program that was measured, but its keys take very long to make, and their added margin is no protection against a quantum computer. It is meant only for those who cannot read elliptic curves.",
		},
	}
}
