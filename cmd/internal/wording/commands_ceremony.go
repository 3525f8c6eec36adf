package wording

// ceremonyTexts are the sentences of ceremonies and the public batch that leaves one.
func ceremonyTexts() map[string]Text {
	return map[string]Text{
		"help.ceremony":     {"Cérémonies : créer un lot de clés devant témoins", "Ceremonies: make a batch of keys before witnesses"},
		"help.ceremony run": {"Conduire, ou reprendre, une cérémonie d’après son script", "Run, or resume, a ceremony from its script"},
		"about.ceremony run": {`Conduit une cérémonie d’après un script relu : montre sur un écran tout ce
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
			`Runs a ceremony from a reviewed script: shows on one screen all that is read
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
mended on the spot interrupts nothing.`},
		"flag.script": {"`fichier` TOML du script, relu", "`file` with the reviewed script, in TOML"},
		"flag.dice": {"`chiffres` des dés, de 1 à 6, au lieu de les saisir quand ils sont demandés",
			"`digits` of the dice, 1 to 6, instead of typing them when asked"},
		"opening.mode.rehearsal": {"RÉPÉTITION (exercice) : ce coffre ne protège rien. À lire à haute voix, et à comparer avec le papier :",
			"REHEARSAL (exercise): this vault protects nothing. To be read aloud, and compared with paper:"},
		"opening.mode.production": {"PRODUCTION. À lire à haute voix avant le premier code PIN, et à comparer avec le papier :",
			"PRODUCTION. To be read aloud before the first PIN, and compared with paper:"},
		"ceremony.script": {"Script : %s", "Digest of the script: %s"},
		"opening.program": {"Programme : %s", "Digest of the program: %s"},
		"opening.again": {"Attention : ce script a déjà servi, et le lot %s est éprouvé. Continuer crée un lot de plus.",
			"Note: this script was used before, and batch %s is proved. To go on makes one more batch."},
		"opening.place":      {"Lieu : %s", "Place: %s"},
		"opening.vault":      {"Coffre : %s", "Vault: %s"},
		"opening.bailiff":    {"Commissaire de justice : %s", "Bailiff: %s"},
		"opening.witnesses":  {"Témoins : %s", "Witnesses: %s"},
		"opening.no-witness": {"Témoins : AUCUN", "Witnesses: NONE"},
		"opening.custodians": {"Dépositaires : %s", "Custodians: %s"},
		"ceremony.keys": {"Clés : %s à créer (%s à publier, %s à tirer au sort et ouvrir, %s de réserve)",
			"Keys: %s to be made (%s to publish, %s to be drawn and opened, %s in reserve)"},
		"ceremony.price": {"Contacts avec les jetons : %d par dépositaire, %s en tout ; %s environ",
			"Touches: %d for each custodian, %s all together; about %s"},
		"ceremony.remaining": {"Cérémonie reprise ; clés déjà scellées : %s. Contacts restants : %d par dépositaire, %s en tout ; %s environ",
			"Ceremony resumed; keys sealed already: %s. Touches left: %d for each custodian, %s all together; about %s"},
		"ceremony.chance": {"Si les %d clés tirées au sort s’ouvrent toutes : moins de %s %% des clés défectueuses, avec une confiance de 95 %%.",
			"If all %d keys drawn open: fewer than %s %% of the keys defective, with 95 %% confidence."},
		"ceremony.larger": {"Un échantillon aussi petit prouve peu. Pour descendre à %.0f %%, tirez %d clés.",
			"A sample as small as that proves little. To come down to %.0f %%, draw %d keys."},
		"ask.opening": {"Tout est-il exact ? Tapez oui pour commencer, non pour arrêter là :",
			"Is all of this right? Type yes to begin, no to stop here:"},
		"ceremony.abandoned": {"Le lot %s, interrompu avant d’être cosigné, est abandonné. Le registre en fait mention.",
			"Batch %s, cut short before it was cosigned, is abandoned. The ledger says so."},
		"ceremony.resumed": {"La cérémonie du lot %s reprend où elle s’était arrêtée.",
			"The ceremony of batch %s goes on where it stopped."},
		"ceremony.opened": {"La cérémonie est ouverte. Lot : %s", "The ceremony is open. Batch: %s"},
		"ceremony.sealed": {"Le lot %s est scellé, relu, et sa racine est cosignée. Rien ne peut plus y être changé sans que cela se voie.",
			"Batch %s is sealed, read back, and its root is cosigned. Nothing in it can be changed unseen any more."},
		"ceremony.sampled": {"L’échantillon du lot %s est tiré d’après les dés, inscrit et cosigné. Chaque dépositaire ouvrira ensuite sa part de chaque clé de l’échantillon.",
			"The sample of batch %s is drawn from the dice, on record and cosigned. Each custodian then opens their share of every sampled key."},
		"ceremony.proved": {"Toutes les clés de l’échantillon du lot %s se sont ouvertes. La preuve est inscrite et cosignée.",
			"Every sampled key of batch %s opened. The proof is on record and cosigned."},
		"ceremony.done": {"La cérémonie est achevée. Lot %s ; clés publiables : %d, consommées : %d, en réserve : %d",
			"The ceremony is complete. Batch %s; keys to publish: %d, burnt: %d, in reserve: %d"},
		"ceremony.confidence": {"Les %d clés tirées au sort se sont toutes ouvertes : moins de %s %% des clés du lot sont défectueuses, avec une confiance de 95 %%.",
			"All %d keys drawn opened: fewer than %s %% of the batch’s keys are defective, with 95 %% confidence."},
		"ceremony.numbers": {"Clés tirées au sort, par leur numéro (%d) :", "Keys drawn, by number (%d):"},
		"ask.drawn": {"Témoins, notez les dés et ces numéros. Tapez oui quand c’est fait :",
			"Witnesses, note the dice and these numbers. Type yes when that is done:"},
		"progress.generate": {"Création et scellement des paires de clés : %d sur %d", "Making and sealing key pairs: %d of %d"},
		"progress.prove":    {"Parts des clés de l’échantillon ouvertes : %d sur %d", "Shares of the sampled keys opened: %d of %d"},
		"ask.dice": {"Témoins, jetez au moins %d dés et lisez-les un à un. L’administrateur tape les chiffres dans l’ordre, puis Entrée :",
			"Witnesses, throw at least %d dice and read them one by one. The administrator types the digits in order, then Enter:"},
		"note.bad-die": {"Le dé numéro %d, « %s », n’est pas un chiffre de 1 à 6. Saisissez de nouveau tous les dés.",
			"Die number %d, “%s”, is not a digit from 1 to 6. Type all the dice again."},
		"note.many-dice": {"Il faut au plus %d dés.", "At most %d dice are taken."},
		"ceremony.dice":  {"Dés lus : %s (%d)", "Dice read: %s (%d)"},
		"ask.dice-right": {"Témoins, est-ce exact ? Tapez oui si c’est exact, non pour tout ressaisir :",
			"Witnesses, is this right? Type yes if it is, no to type them all again:"},
		"note.alike-dice": {"Ces dés ne montrent qu’une ou deux faces : ils n’ont pas été jetés. Jetez-les, et saisissez de nouveau tous les dés.",
			"These dice show one or two faces only: they were not thrown. Throw them, and type all the dice again."},
		"note.few-dice": {"Il faut au moins %d dés. Saisissez de nouveau tous les dés.",
			"At least %d dice are needed. Type all the dice again."},
		"help.batch":        {"Lots de clés publiques", "Batches of public keys"},
		"help.batch export": {"Écrire le lot public destiné à la plateforme", "Write the public batch for the platform"},
		"about.batch export": {`Écrit dans un nouveau fichier les clés publiques d’un lot éprouvé, avec les
preuves de leur création, puis vérifie ce fichier comme le fera la plateforme
et inscrit son empreinte au registre ; sur un terminal, elle paraît aussi en QR
code. Le lot public ne contient aucune clé privée ni aucune part. Aucun jeton
n’est nécessaire ; l’inscription attend d’être cosignée (bailiff ledger
cosign). Après une interruption, relancez avec un autre nom de fichier : les
octets sont les mêmes, et le registre ne les inscrit qu’une fois.`,
			`Writes the public keys of a proved batch into a new file, with the proofs of
their birth, then verifies that file as the platform will and records its
digest in the ledger; on a terminal it also shows it as a QR code. The public
batch holds no private key and no share. No token is needed; the entry waits to
be cosigned (bailiff ledger cosign). After an interruption, run it again with
another file name: the bytes are the same, and the ledger records them once.`},
		"flag.batch":     {"`identifiant` du lot ; sans lui, le seul lot achevé", "`id` of the batch; without it, the only complete one"},
		"flag.batch-out": {"nouveau `fichier` du lot public", "new `file` of the public batch"},
		"export.found":   {"Lot pris : %s, le seul qui soit achevé dans ce coffre.", "Batch taken: %s, the only complete one in this vault."},
		"export.again": {"Le registre connaît déjà ce lot public ; le même fichier est écrit de nouveau.",
			"The ledger knows this public batch already; the same file is written again."},
		"export.done": {"Clés publiées : %d ; lot public : %s ; octets : %d", "Keys published: %d; public batch: %s; bytes: %d"},
		"export.digest": {"Empreinte du lot public, à écrire sur le procès-verbal : %s",
			"Digest of the public batch, to be written on the minutes: %s"},
		"export.qr": {"L’empreinte du lot public en QR code, et rien d’autre :",
			"The digest of the public batch as a QR code, and nothing else:"},
		"export.hand-over": {"À remettre à la plateforme :", "To be given to the platform:"},
		"export.file":      {"- %s (fichier)", "- %s (file)"},
		"export.words": {"Donnez-lui les douze mots de l’ancre de confiance par une autre voie.",
			"Give it the twelve words of the trust anchor by another way."},
	}
}

// profileTexts are the warnings of a ceremony whose keys are not of the default profile: each names
// the programs that docs/interop.md measured to refuse such keys.
func profileTexts() map[string]Text {
	return map[string]Text{
		"ceremony.minutes": {"Création des clés, avec %d processeurs : %s environ", "Making the keys, with %d processors: about %s"},
		"ceremony.profile.v6-curve25519": {"ATTENTION : le profil v6-curve25519 (RFC 9580) exclut les membres et les héritiers qui ont GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), gpg-sq, PGPainless, PGPy ou OpenPGP.js 5 : ces programmes ne lisent ni la clé ni ce qui est chiffré pour elle.",
			"WARNING: profile v6-curve25519 (RFC 9580) excludes members and heirs who have GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), gpg-sq, PGPainless, PGPy or OpenPGP.js 5: these programs read neither the key nor what is encrypted to it."},
		"ceremony.profile.v6-mldsa65-mlkem768": {"ATTENTION : le profil v6-mldsa65-mlkem768 (post-quantique) exclut les membres et les héritiers qui ont GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), Sequoia sq 1.3 (Debian 13), gpg-sq, PGPainless, PGPy, OpenPGP.js 5 ou OpenPGP.js 6 : seuls les programmes fondés sur les bibliothèques de Proton lisent ces clés. Les parts restent scellées par courbe elliptique : la protection post-quantique ne vaut que pour qui ne détient pas les disques du coffre.",
			"WARNING: profile v6-mldsa65-mlkem768 (post-quantum) excludes members and heirs who have GnuPG, Thunderbird, RNP, Sequoia sq 0.27 (Debian 12), Sequoia sq 1.3 (Debian 13), gpg-sq, PGPainless, PGPy, OpenPGP.js 5 or OpenPGP.js 6: only programs built on Proton’s libraries read these keys. The shares are still sealed with an elliptic curve: the post-quantum protection holds only against those who do not have the vault’s disks."},
		"ceremony.profile.rsa3072": {"ATTENTION : le profil rsa3072 n’exclut aucun programme mesuré, mais ses clés sont longues à créer et ne sont pas plus sûres que celles du profil par défaut. Il ne convient qu’à ceux dont les programmes ne lisent pas les courbes elliptiques.",
			"WARNING: profile rsa3072 excludes no program that was measured, but its keys take long to make and are no safer than those of the default profile. It is meant only for those who cannot read elliptic curves."},
		"ceremony.profile.rsa4096": {"ATTENTION : le profil rsa4096 n’exclut aucun programme mesuré, mais ses clés sont très longues à créer et leur surcroît de sûreté ne protège pas d’un ordinateur quantique. Il ne convient qu’à ceux dont les programmes ne lisent pas les courbes elliptiques.",
			"WARNING: profile rsa4096 excludes no program that was measured, but its keys take very long to make, and their added margin is no protection against a quantum computer. It is meant only for those who cannot read elliptic curves."},
	}
}
