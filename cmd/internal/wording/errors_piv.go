package wording

// machinePIVErrors are about what stands between the program and a card.
func machinePIVErrors() []faultText {
	return []faultText{
		{"piv.build", Text{
			"ce programme a été compilé sans accès aux cartes à puce",
			"this program was built without access to smart cards",
		}, Text{
			"prenez le programme construit par `make build` sur une machine où se trouve libpcsclite-dev ; celui-ci ne se sert que de jetons logiciels",
			"take the program that `make build` makes on a machine with libpcsclite-dev; this one uses software tokens only",
		}},
		{"piv.library", Text{
			"il n’y a pas de bibliothèque de cartes à puce sur cette machine",
			"no smart card library on this machine",
		}, Text{
			"il faut les paquets libpcsclite1 et pcscd ; une machine sans réseau les reçoit par clé USB, comme le dit docs/reproduce.md, une autre par `sudo apt install libpcsclite1 pcscd`",
			"it takes the packages libpcsclite1 and pcscd; a machine without a network gets them from a USB stick, as docs/reproduce.md says, another with `sudo apt install libpcsclite1 pcscd`",
		}},
		{"piv.daemon", Text{
			"le service des cartes à puce (pcscd) ne répond pas",
			"the smart card daemon (pcscd) does not answer",
		}, Text{
			"lancez-le avec `sudo systemctl start pcscd.socket` ; si la commande s’est arrêtée, relancez-la ; s’il manque, docs/reproduce.md dit comment l’apporter sur une machine sans réseau",
			"start it with `sudo systemctl start pcscd.socket`; if the command has ended, run it again; if it is missing, docs/reproduce.md says how to bring it to a machine without a network",
		}},
		{"piv.permission", Text{
			"ce compte n’a pas le droit d’employer le service des cartes à puce (pcscd)",
			"this account may not use the smart card daemon (pcscd)",
		}, Text{
			"ouvrez la session à l’écran même de la machine, et non à distance : polkit n’admet que celle-là ; sinon, faites-vous donner l’action org.debian.pcsc-lite.access_pcsc",
			"log in at the screen of this very machine, not from a distance: polkit admits only that; or be given the action org.debian.pcsc-lite.access_pcsc",
		}},
		{"piv.no-reader", Text{
			"aucun lecteur de cartes ni aucune clé USB de ce genre n’est branché",
			"no card reader, and no USB key that is one, is plugged in",
		}, Text{
			"insérez le jeton dans un port USB ; s’il y est, essayez un autre port",
			"put the token into a USB port; if it is there, try another port",
		}},
		{"piv.reader", Text{
			"le lecteur ne parvient pas à parler à sa carte",
			"the reader cannot talk to its card",
		}, Text{
			"retirez le jeton et réinsérez-le bien droit ; si la commande s’est arrêtée, relancez-la ; si cela revient, essayez un autre port",
			"take the token out and put it back straight; if the command has ended, run it again; if it comes back, try another port",
		}},
		{"piv.foreign", Text{
			"cette carte n’est pas une YubiKey dont l’application PIV est active",
			"this card is no YubiKey with its PIV application switched on",
		}, Text{
			"prenez une YubiKey 5 ; si c’en est une, activez PIV avec `ykman config usb --enable PIV`",
			"take a YubiKey 5; if it is one, switch PIV on with `ykman config usb --enable PIV`",
		}},
		{"piv.message", Text{
			"ce texte est trop long pour être signé par un jeton",
			"this text is too long to be signed by a token",
		}, Text{
			"notez ce message et l’opération en cours, puis signalez-les comme l’indique SECURITY.md",
			"note this message and what was being done, and report them as SECURITY.md says",
		}},
	}
}

// cardErrors are about what is on a card.
func cardErrors() []faultText {
	another := Text{
		"prenez un autre jeton, et mettez celui-ci de côté",
		"take another token, and put this one aside",
	}
	return []faultText{
		{"piv.firmware", Text{
			"le micrologiciel de ce jeton est plus ancien que 5.4",
			"the firmware of this token is older than 5.4",
		}, Text{
			"prenez un jeton de micrologiciel 5.7 ou plus récent ; celui d’une YubiKey ne se met pas à jour",
			"take a token of firmware 5.7 or later; that of a YubiKey cannot be updated",
		}},
		{"piv.answer", Text{
			"ce jeton ne répond pas comme une YubiKey",
			"this token does not answer as a YubiKey does",
		}, Text{
			"retirez-le et réinsérez-le ; si la commande s’est arrêtée, relancez-la ; si cela revient, prenez un autre jeton",
			"take it out and put it back; if the command has ended, run it again; if it comes back, take another token",
		}},
		{"piv.refused", Text{
			"le jeton refuse cette opération",
			"the token refuses this operation",
		}, Text{
			"retirez-le et réinsérez-le ; si la commande s’est arrêtée, relancez-la ; si cela revient, `bailiff token check` dit ce qu’il en est",
			"take it out and put it back; if the command has ended, run it again; if it comes back, `bailiff token check` tells what is wrong",
		}},
		{"piv.empty-slot", Text{
			"cet emplacement ne contient aucune clé",
			"there is no key in this slot",
		}, Text{
			"ce jeton n’a pas été préparé pour ce coffre, ou a été remis à zéro depuis : `bailiff token show 20001001` montre ce qu’il contient",
			"this token was not prepared for this vault, or was reset since: `bailiff token show 20001001` tells what is in it",
		}},
		{"piv.other-key", Text{
			"cet emplacement contient une autre clé que celle qui fut enrôlée",
			"there is another key in this slot than the enrolled one",
		}, Text{
			"ce n’est plus le jeton enrôlé : mettez-le de côté, prenez celui de secours, et faites-le consigner",
			"this is no longer the enrolled token: put it aside, take the spare, and have it noted in the minutes",
		}},
		{"piv.origin", Text{
			"cette clé n’est pas née dans le jeton sous les règles exigées (code PIN une fois, toucher à chaque usage)",
			"this key was not born in the token under the rules that are demanded (PIN once, touch at each use)",
		}, another},
		{"piv.other-card", Text{
			"l’attestation nomme un autre appareil que celui-ci",
			"the attestation names another device than this one",
		}, another},
		{"piv.unlike", Text{
			"ce jeton ne garde pas, ou ne dit pas, ce qu’une YubiKey garde et dit",
			"this token does not keep, or does not tell, what a YubiKey does",
		}, Text{
			"prenez une YubiKey : cette carte ne peut pas servir, et rien n’y changera",
			"take a YubiKey: this card cannot serve, and nothing will change that",
		}},
		{"piv.room", Text{
			"il n’y a plus de place sur ce jeton",
			"there is no room left on this token",
		}, Text{
			"prenez un jeton neuf, ou effacez de celui-ci les certificats qui ne servent plus : `ykman piv info` les montre",
			"take a new token, or delete from this one the certificates that serve no more: `ykman piv info` shows them",
		}},
		{"piv.no-device", Text{
			"ce jeton n’a pas de certificat de fabrication (emplacement f9), et ne peut donc pas attester ses clés",
			"this token has no certificate from its maker (slot f9), so that it cannot attest its keys",
		}, Text{
			"il ne sert qu’en répétition (--rehearsal) ; en production, prenez une YubiKey dont f9 n’a jamais été effacé : rien ne le remet",
			"it serves in rehearsals only (--rehearsal); in production take a YubiKey whose f9 was never deleted: nothing puts it back",
		}},
		{"piv.no-serial", Text{
			"ce jeton ne dit pas son numéro de série, ou dit 0",
			"this token does not tell its serial number, or tells 0",
		}, Text{
			"prenez une YubiKey qui porte un numéro gravé : sans lui, rien ne distingue ce jeton d’un autre",
			"take a YubiKey with an engraved number: without it nothing tells this token from another one",
		}},
		{"piv.curve", Text{
			"la clé de signature de ce jeton est de type P-256, que la production refuse",
			"the signing key of this token is on P-256, which production refuses",
		}, Text{
			"prenez un autre jeton, neuf et de micrologiciel 5.7 ou plus récent : la clé en 9c n’est jamais remplacée ; celui-ci reste bon pour des répétitions",
			"take another token, new and of firmware 5.7 or later: the key in 9c is never replaced; this one stays good for rehearsals",
		}},
		{"piv.record", Text{
			"la note que bailiff garde dans ce jeton est endommagée",
			"the record that bailiff keeps in this token is damaged",
		}, Text{
			"prenez le jeton de secours, et n’écrivez rien dans celui-ci",
			"take the spare token, and write nothing to this one",
		}},
		{"piv.in-use", Text{
			"ce jeton sert déjà à autre chose",
			"this token is in use by something else already",
		}, Text{
			"prenez un jeton neuf ; pour vous servir de celui-ci malgré tout, recopiez son numéro de série quand il est demandé",
			"take a new token; to use this one all the same, type its serial number when it is asked for",
		}},
		{"piv.occupied", Text{
			"cet emplacement contient une clé que bailiff n’a pas faite",
			"this slot holds a key that bailiff did not make",
		}, Text{
			"prenez un autre jeton : rien n’y est remplacé",
			"take another token: nothing is ever overwritten",
		}},
		{"piv.full", Text{
			"il ne reste aucun emplacement libre pour une clé de scellement",
			"no slot is left for a sealing key",
		}, Text{
			"prenez un autre jeton : celui-ci sert déjà à vingt coffres",
			"take another token: this one serves twenty vaults already",
		}},
		{"piv.algorithm", Text{
			"le micrologiciel de ce jeton ne sait pas signer ainsi",
			"the firmware of this token cannot sign in this way",
		}, Text{
			"prenez un jeton de micrologiciel 5.7 ou plus récent, ou enrôlez celui-ci pour des répétitions (--rehearsal)",
			"take a token of firmware 5.7 or later, or enrol this one for rehearsals (--rehearsal)",
		}},
	}
}

// codeErrors are about PIN, PUK and management key.
func codeErrors() []faultText {
	return []faultText{
		{"piv.default", Text{
			"ce code ou cette clé est encore celui de l’usine, que tout le monde connaît",
			"this code or key is still that of the factory, which everybody knows",
		}, Text{
			"préparez le jeton avec `bailiff token init --out c01.enrolment`, ou changez-le avec `bailiff token pin 20001001` (code PIN) ou `ykman piv access change-puk` (code PUK)",
			"prepare the token with `bailiff token init --out c01.enrolment`, or change it with `bailiff token pin 20001001` (PIN) or `ykman piv access change-puk` (PUK)",
		}},
		{"piv.serial", Text{
			"ce n’est pas le numéro de série de ce jeton",
			"this is not the serial number of this token",
		}, Text{
			"lisez le numéro gravé sur le jeton et relancez la même commande ; rien n’a été écrit",
			"read the number engraved on the token, and run the same command again; nothing was written",
		}},
		{"piv.management", Text{
			"la clé d’administration de ce jeton est inconnue, ou exige un toucher",
			"the management key of this token is not known, or wants a touch",
		}, Text{
			"prenez un jeton neuf, ou rendez sa clé d’administration lisible avec le code PIN : `ykman piv access change-management-key --protect`",
			"take a new token, or make its management key readable with the PIN: `ykman piv access change-management-key --protect`",
		}},
		{"piv.pin-form", Text{
			"un code PIN compte 6 à 8 chiffres, lettres ou signes, sans accent ni espace",
			"a PIN has 6 to 8 digits, letters or signs, without accents or blanks",
		}, Text{
			"saisissez-le de nouveau ; un long texte vient d’un jeton touché trop tôt : aucun essai n’a été dépensé",
			"type it again; a long text comes from a token that was touched too early: no try was spent",
		}},
		{"piv.puk-form", Text{
			"un code PUK compte 8 chiffres, lettres ou signes, sans accent ni espace",
			"a PUK has 8 digits, letters or signs, without accents or blanks",
		}, Text{
			"s’il existe déjà, saisissez-le tel qu’il est écrit sur la feuille de la pochette, sinon choisissez-en un de cette forme ; aucun essai n’a été dépensé",
			"if there is one already, type it as it is written on the sheet in the bag, otherwise choose one of this form; no try was spent",
		}},
		{"piv.code", Text{
			"ce jeton n’accepte pas ce code",
			"this token does not accept this code",
		}, Text{
			"choisissez-en un autre : ce jeton a ses propres règles ; huit chiffres sans suite ni répétition conviennent à tous",
			"choose another one: this token has rules of its own; eight digits without sequence or repetition suit every one",
		}},
		{"piv.weak", Text{
			"ce code est celui de l’usine, ou trop facile à deviner",
			"this code is that of the factory, or too easy to guess",
		}, Text{
			"choisissez-en un autre, qui ne soit ni une suite ni une répétition, et un PUK qui ne commence pas par le code PIN",
			"choose another one, no sequence and no repetition, and a PUK that does not begin with the PIN",
		}},
		{"piv.puk", Text{
			"le code PUK est faux",
			"wrong PUK",
		}, Text{
			"relisez la feuille de la pochette avant d’essayer encore ; au dernier essai faux, ce jeton ne pourra plus jamais être débloqué",
			"read the sheet in the bag again before you try once more; after the last wrong try this token can never be unblocked again",
		}},
		{"piv.puk-locked", Text{
			"le code PUK est bloqué : un code PIN oublié ne pourra plus être remplacé",
			"the PUK is locked: a PIN that is forgotten can no longer be replaced",
		}, Text{
			"tant que le code PIN est connu, le jeton fonctionne ; enrôlez un jeton de secours sans attendre",
			"as long as the PIN is known the token works; enrol a spare token without delay",
		}},
	}
}
