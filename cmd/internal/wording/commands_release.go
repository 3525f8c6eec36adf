package wording

// releaseTexts are the sentences of releases.
func releaseTexts() map[string]Text {
	return map[string]Text{
		"help.release": {
			Fr: "Restitutions : ouvrir une clé sur un ordre signé",
			En: "Releases: open one key on a signed order",
		},
		"help.release run": {
			Fr: "Exécuter, ou reprendre, un ordre de restitution",
			En: "Carry out, or resume, a release order",
		},
		"about.release run": {
			Fr: `Exécute un ordre signé : le vérifie, inscrit sa réception si elle ne l’est
pas ; s’il doit encore attendre, dit jusqu’à quand et s’arrête là (code de
sortie 13) ; sinon le montre en clair, demande d’en saisir le numéro, fait
cosigner la décision, ouvre la seule clé qu’il nomme et en fait un pli pour le
destinataire. Il faut les jetons et les codes PIN du quorum. La commande écrit
le dossier du pli et inscrit chaque étape au registre, avant de l’accomplir ;
elle n’ouvre aucune autre clé et n’écrit jamais les mots : le destinataire les
recopie à l’écran. Un ordre refusé est inscrit au registre avec la cause du
refus. Après une interruption, relancez la même commande : seul le même ordre
reprend. Un ordre exécuté ne sert plus jamais.

Les jetons PIV s’insèrent dans n’importe quel ordre ; s’il y a moins de
lecteurs que de dépositaires, la commande dit lequel insérer et lequel retirer,
et attend. Ce qui peut être réparé sur place n’interrompt rien.`,
			En: `Carries out a signed order: verifies it, records its receipt unless that is on
record; while it has to wait, says until when and stops there (exit code 13);
otherwise shows it in plain words, asks for its number to be typed, has the
decision cosigned, opens the one key that it names and makes a kit of it for
the recipient. It needs the tokens and PINs of the quorum. It writes the kit’s
folder and records each step in the ledger before taking it; it opens no other
key, and never writes the words: the recipient copies them from the screen. An
order that is refused is recorded in the ledger with the cause. After an
interruption, run the same command again: only the same order resumes. An order
that was carried out is never used again.

PIV tokens are put in in any order; with fewer readers than custodians the
command says which one to put in and which to take out, and waits. What can be
mended on the spot interrupts nothing.`,
		},
		"flag.kit": {"`dossier` du pli, qui ne doit pas exister", "`folder` of the kit, which must not exist"},
		"flag.office": {
			Fr: "`office` qui remet la clé, pour la lettre ; sinon le lieu de garde du coffre",
			En: "`office` that hands over the key, for the letter; otherwise the vault’s place of keeping",
		},
		"flag.contact": {
			Fr: "`ligne` de coordonnées de l’office, pour la lettre ; à répéter",
			En: "`line` of the office’s contact details, for the letter; repeat it",
		},
		"flag.words-in-kit": {
			Fr: "répétition sans personne devant l’écran, seulement : les mots sont écrits dans le pli, au lieu d’être montrés et recopiés",
			En: "only for a rehearsal with nobody at the screen: the words are written into the kit instead of being shown and copied",
		},
		"ask.release": {
			Fr: "Pour exécuter cet ordre, saisissez son numéro, %s :",
			En: "To carry out this order, type its number, %s:",
		},
		"ask.written": {
			Fr: "Quand le destinataire a recopié les mots à la main et les a relus, saisissez %s :",
			En: "When the recipient has copied the words by hand and read them back, type %s:",
		},
		"ask.words": {
			Fr: "Le pli d’une restitution interrompue est en place. Le destinataire saisit les mots qu’il a recopiés, avec les tirets :",
			En: "The kit of an interrupted release is in place. The recipient types the words that they copied, hyphens included:",
		},
		"ask.words-again": {
			Fr: "Ces mots n’ouvrent pas le pli. Saisissez-les encore une fois, avec les tirets :",
			En: "These words do not open the kit. Type them once more, hyphens included:",
		},
		"word.written": {"fait", "done"},
		"release.price": {
			Fr: "Ce que demande cette restitution. Dépositaires : %d ; contacts avec les jetons, en tout : %d ; durée de ces contacts, en minutes : %d. Le témoin compte les contacts.",
			En: "This release asks for custodians: %d; touches, all together: %d; minutes of touches: %d. The witness counts the touches.",
		},
		"release.resumed": {
			Fr: "La restitution de l’ordre %s reprend où elle s’était arrêtée.",
			En: "The release of order %s goes on where it stopped.",
		},
		"release.intended": {
			Fr: "La décision d’exécuter l’ordre %s est inscrite et cosignée. La clé peut être ouverte.",
			En: "The decision to carry out order %s is on record and cosigned. The key may be opened.",
		},
		"release.opened": {
			Fr: "La clé de l’ordre %s est ouverte et correspond à celle qui fut publiée.",
			En: "The key of order %s is open and matches the one that was published.",
		},
		"release.delivered": {
			Fr: "Le pli est écrit dans %s. La remise est inscrite et cosignée.",
			En: "The kit is written to %s. The delivery is on record and cosigned.",
		},
		"release.words": {
			Fr: "Mots du destinataire. Il les recopie à la main ; ils ne sont écrits nulle part ailleurs :",
			En: "The recipient’s words. They copy them by hand; the words are written nowhere else:",
		},
		"release.words-in-kit": {
			Fr: "RÉPÉTITION sans personne à l’écran : les mots sont dans le pli, fichier words.txt. Sans --words-in-kit, ils ne sont montrés qu’à l’écran.",
			En: "REHEARSAL with nobody at the screen: the words lie in the kit, file words.txt. Without --words-in-kit they are shown on the screen only.",
		},
		"release.done": {
			Fr: "La restitution est achevée. Ordre %s ; clé %s ; pli : %s",
			En: "The release is complete. Order %s; key %s; kit: %s",
		},
	}
}
