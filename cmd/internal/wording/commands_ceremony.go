package wording

// ceremonyTexts are the sentences of ceremonies and the public batch that leaves one.
func ceremonyTexts() map[string]Text {
	return map[string]Text{
		"help.ceremony": {
			Fr: "Cérémonies : créer un lot de clés devant témoins",
			En: "Ceremonies: make a batch of keys before witnesses",
		},
		"help.ceremony run": {
			Fr: "Conduire, ou reprendre, une cérémonie d’après son script",
			En: "Run, or resume, a ceremony from its script",
		},
		"about.ceremony run": {
			Fr: `Conduit une cérémonie d’après un script relu : montre sur un écran tout ce
qui se lit à voix haute et attend un oui, avant le premier code PIN ; crée les
paires de clés, les scelle en parts, relit tout, fait cosigner le registre,
demande les dés des témoins, les garde à l’écran avec les clés tirées au sort
jusqu’à un second oui, puis fait ouvrir par tous les jetons chacune d’elles. Il
faut le jeton et le code PIN de chaque dépositaire. La commande écrit le lot
dans le coffre et chaque étape au registre ; aucune clé privée ne va en clair
sur un disque. Après une interruption, relancez la même commande : avant que
la racine du lot soit cosignée, le lot est abandonné et un autre commence ;
ensuite, la cérémonie reprend où elle s’était arrêtée, avec le même script
seulement. Les clés de l’échantillon sont consommées : elles ne seront jamais
publiées.

Les jetons PIV s’insèrent dans n’importe quel ordre ; s’il y a moins de lecteurs
que de dépositaires, la commande dit lequel insérer et lequel retirer, et
attend. Ce qui peut être réparé sur place n’interrompt rien.`,
			En: `Runs a ceremony from a reviewed script: shows on one screen all that is read
aloud, and waits for a yes, before the first PIN; makes the key pairs, seals
them in shares, reads everything back, has the ledger cosigned, asks for the
witnesses’ dice, keeps them on the screen with the keys drawn until a second
yes, then has all the tokens open each of those. It
needs the token and PIN of every custodian. It writes the batch into the vault
and each step into the ledger; no private key goes to a disk in the clear.
After an interruption, run the same command again: before the batch’s root is
cosigned the batch is abandoned and another begins; after that the ceremony
goes on where it stopped, with the same script only. The keys of the sample
are burnt: they are never published.

PIV tokens are put in in any order; with fewer readers than custodians the
command says which one to put in and which to take out, and waits. What can be
mended on the spot interrupts nothing.`,
		},
		"flag.script": {"`fichier` TOML du script, relu", "`file` with the reviewed script, in TOML"},
		"flag.dice": {
			Fr: "`chiffres` des dés, de 1 à 6, au lieu de les saisir quand ils sont demandés",
			En: "`digits` of the dice, 1 to 6, instead of typing them when asked",
		},
		"opening.mode.rehearsal": {
			Fr: "RÉPÉTITION (exercice) : ce coffre ne protège rien. À lire à haute voix, et à comparer avec le papier :",
			En: "REHEARSAL (exercise): this vault protects nothing. To be read aloud, and compared with paper:",
		},
		"opening.mode.production": {
			Fr: "PRODUCTION. À lire à haute voix avant le premier code PIN, et à comparer avec le papier :",
			En: "PRODUCTION. To be read aloud before the first PIN, and compared with paper:",
		},
		"ceremony.script": {"Script : %s", "Digest of the script: %s"},
		"opening.program": {"Programme : %s", "Digest of the program: %s"},
		"opening.again": {
			Fr: "Attention : ce script a déjà servi, et le lot %s est éprouvé. Continuer crée un lot de plus.",
			En: "Note: this script was used before, and batch %s is proved. To go on makes one more batch.",
		},
		"opening.place":      {"Lieu : %s", "Place: %s"},
		"opening.vault":      {"Coffre : %s", "Vault: %s"},
		"opening.bailiff":    {"Commissaire de justice : %s", "Bailiff: %s"},
		"opening.witnesses":  {"Témoins : %s", "Witnesses: %s"},
		"opening.no-witness": {"Témoins : AUCUN", "Witnesses: NONE"},
		"opening.custodians": {"Dépositaires : %s", "Custodians: %s"},
		"ceremony.keys": {
			Fr: "Clés : %s à créer (%s à publier, %s à tirer au sort et ouvrir, %s de réserve)",
			En: "Keys: %s to be made (%s to publish, %s to be drawn and opened, %s in reserve)",
		},
		"ceremony.price": {
			Fr: "Contacts avec les jetons : %d par dépositaire, %s en tout ; %s environ",
			En: "Touches: %d for each custodian, %s all together; about %s",
		},
		"ceremony.remaining": {
			Fr: "Cérémonie reprise ; clés déjà scellées : %s. Contacts restants : %d par dépositaire, %s en tout ; %s environ",
			En: "Ceremony resumed; keys sealed already: %s. Touches left: %d for each custodian, %s all together; about %s",
		},
		"ceremony.chance": {
			Fr: "Si les %d clés tirées au sort s’ouvrent toutes : moins de %s %% des clés défectueuses, avec une confiance de 95 %%.",
			En: "If all %d keys drawn open: fewer than %s %% of the keys defective, with 95 %% confidence.",
		},
		"ceremony.larger": {
			Fr: "Un échantillon aussi petit prouve peu. Pour descendre à %.0f %%, tirez %d clés.",
			En: "A sample as small as that proves little. To come down to %.0f %%, draw %d keys.",
		},
		"ask.opening": {
			Fr: "Tout est-il exact ? Tapez oui pour commencer, non pour arrêter là :",
			En: "Is all of this right? Type yes to begin, no to stop here:",
		},
		"ceremony.abandoned": {
			Fr: "Le lot %s, interrompu avant d’être cosigné, est abandonné. Le registre en fait mention.",
			En: "Batch %s, cut short before it was cosigned, is abandoned. The ledger says so.",
		},
		"ceremony.resumed": {
			Fr: "La cérémonie du lot %s reprend où elle s’était arrêtée.",
			En: "The ceremony of batch %s goes on where it stopped.",
		},
		"ceremony.opened": {"La cérémonie est ouverte. Lot : %s", "The ceremony is open. Batch: %s"},
		"ceremony.sealed": {
			Fr: "Le lot %s est scellé, relu, et sa racine est cosignée. Rien ne peut plus y être changé sans que cela se voie.",
			En: "Batch %s is sealed, read back, and its root is cosigned. Nothing in it can be changed unseen any more.",
		},
		"ceremony.sampled": {
			Fr: "L’échantillon du lot %s est tiré d’après les dés, inscrit et cosigné. Chaque dépositaire ouvrira ensuite sa part de chaque clé de l’échantillon.",
			En: "The sample of batch %s is drawn from the dice, on record and cosigned. Each custodian then opens their share of every sampled key.",
		},
		"ceremony.proved": {
			Fr: "Toutes les clés de l’échantillon du lot %s se sont ouvertes. La preuve est inscrite et cosignée.",
			En: "Every sampled key of batch %s opened. The proof is on record and cosigned.",
		},
		"ceremony.done": {
			Fr: "La cérémonie est achevée. Lot %s ; clés publiables : %d, consommées : %d, en réserve : %d",
			En: "The ceremony is complete. Batch %s; keys to publish: %d, burnt: %d, in reserve: %d",
		},
		"ceremony.confidence": {
			Fr: "Les %d clés tirées au sort se sont toutes ouvertes : moins de %s %% des clés du lot sont défectueuses, avec une confiance de 95 %%.",
			En: "All %d keys drawn opened: fewer than %s %% of the batch’s keys are defective, with 95 %% confidence.",
		},
		"ceremony.numbers": {"Clés tirées au sort, par leur numéro (%d) :", "Keys drawn, by number (%d):"},
		"ask.drawn": {
			Fr: "Témoins, notez les dés et ces numéros. Tapez oui quand c’est fait :",
			En: "Witnesses, note the dice and these numbers. Type yes when that is done:",
		},
		"progress.generate": {
			Fr: "Création et scellement des paires de clés : %d sur %d",
			En: "Making and sealing key pairs: %d of %d",
		},
		"progress.prove": {"Parts des clés de l’échantillon ouvertes : %d sur %d", "Shares of the sampled keys opened: %d of %d"},
		"ask.dice": {
			Fr: "Témoins, jetez au moins %d dés et lisez-les un à un. L’administrateur tape les chiffres dans l’ordre, puis Entrée :",
			En: "Witnesses, throw at least %d dice and read them one by one. The administrator types the digits in order, then Enter:",
		},
		"note.bad-die": {
			Fr: "Le dé numéro %d, « %s », n’est pas un chiffre de 1 à 6. Saisissez de nouveau tous les dés.",
			En: "Die number %d, “%s”, is not a digit from 1 to 6. Type all the dice again.",
		},
		"note.many-dice": {"Il faut au plus %d dés.", "At most %d dice are taken."},
		"ceremony.dice":  {"Dés lus : %s (%d)", "Dice read: %s (%d)"},
		"ask.dice-right": {
			Fr: "Témoins, est-ce exact ? Tapez oui si c’est exact, non pour tout ressaisir :",
			En: "Witnesses, is this right? Type yes if it is, no to type them all again:",
		},
		"note.alike-dice": {
			Fr: "Ces dés ne montrent qu’une ou deux faces : ils n’ont pas été jetés. Jetez-les, et saisissez de nouveau tous les dés.",
			En: "These dice show one or two faces only: they were not thrown. Throw them, and type all the dice again.",
		},
		"note.few-dice": {"Il faut au moins %d dés. Saisissez de nouveau tous les dés.", "At least %d dice are needed. Type all the dice again."},
		"help.batch":    {"Lots de clés publiques", "Batches of public keys"},
		"help.batch export": {
			Fr: "Écrire le lot public destiné à la plateforme",
			En: "Write the public batch for the platform",
		},
		"about.batch export": {
			Fr: `Écrit dans un nouveau fichier les clés publiques d’un lot éprouvé, avec les
preuves de leur création, puis vérifie ce fichier comme le fera la plateforme
et inscrit son empreinte au registre ; sur un terminal, elle paraît aussi en QR
code. Le lot public ne contient aucune clé privée ni aucune part. Aucun jeton
n’est nécessaire ; l’inscription attend d’être cosignée (bailiff ledger
cosign). Après une interruption, relancez avec un autre nom de fichier : les
octets sont les mêmes, et le registre ne les inscrit qu’une fois.`,
			En: `Writes the public keys of a proved batch into a new file, with the proofs of
their birth, then verifies that file as the platform will and records its
digest in the ledger; on a terminal it also shows it as a QR code. The public
batch holds no private key and no share. No token is needed; the entry waits to
be cosigned (bailiff ledger cosign). After an interruption, run it again with
another file name: the bytes are the same, and the ledger records them once.`,
		},
		"flag.batch":     {"`identifiant` du lot ; sans lui, le seul lot achevé", "`id` of the batch; without it, the only complete one"},
		"flag.batch-out": {"nouveau `fichier` du lot public", "new `file` of the public batch"},
		"export.found":   {"Lot pris : %s, le seul qui soit achevé dans ce coffre.", "Batch taken: %s, the only complete one in this vault."},
		"export.again": {
			Fr: "Le registre connaît déjà ce lot public ; le même fichier est écrit de nouveau.",
			En: "The ledger knows this public batch already; the same file is written again.",
		},
		"export.done": {
			Fr: "Clés publiées : %d ; lot public : %s ; octets : %d",
			En: "Keys published: %d; public batch: %s; bytes: %d",
		},
		"export.digest": {
			Fr: "Empreinte du lot public, à écrire sur le procès-verbal : %s",
			En: "Digest of the public batch, to be written on the minutes: %s",
		},
		"export.qr": {
			Fr: "L’empreinte du lot public en QR code, et rien d’autre :",
			En: "The digest of the public batch as a QR code, and nothing else:",
		},
		"export.hand-over": {"À remettre à la plateforme :", "To be given to the platform:"},
		"export.file":      {"- %s (fichier)", "- %s (file)"},
		"export.words": {
			Fr: "Donnez-lui les douze mots de l’ancre de confiance par une autre voie.",
			En: "Give it the twelve words of the trust anchor by another way.",
		},
	}
}
