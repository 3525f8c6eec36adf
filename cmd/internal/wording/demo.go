package wording

// demoTexts are the sentences of bailiff-demo.
func demoTexts() map[string]Text {
	return map[string]Text{
		"help.bailiff-demo": {"Une cérémonie et une restitution jouées de bout en bout, en répétition",
			"A ceremony and a release, acted out from end to end as a rehearsal"},
		"about.bailiff-demo": {`bailiff-demo joue toute l’histoire d’une clé avec des personnes inventées et
des jetons logiciels : cérémonie, lot public, lettre d’un membre, décès, ordre
signé, restitution, lecture par l’héritière. Il lance bailiff et
bailiff-platform comme on le ferait à la main, montre chaque commande et sa
réponse, et laisse tous les fichiers dans le dossier que vous nommez. Les
codes PIN restent en dehors de ce dossier et sont effacés à la fin.`,
			`bailiff-demo acts out the whole story of a key with made-up people and
software tokens: ceremony, public batch, a member’s letter, a death, a signed
order, the release, what the heir reads. It runs bailiff and bailiff-platform
as one would by hand, shows each command and its answer, and leaves all files
in the folder that you name. The PINs stay outside that folder and are removed
at the end.`},
		"flag.demo.dir":  {"`dossier` où tout est écrit ; nouveau ou vide", "`folder` where everything is written; new or empty"},
		"flag.demo.keys": {"`nombre` de clés à publier", "`number` of keys to publish"},
		"flag.demo.bin": {"`dossier` de bailiff et de bailiff-platform, au lieu de celui de ce programme",
			"`folder` of bailiff and bailiff-platform, instead of this program’s own"},
		"flag.demo.pins": {"nouveau `dossier` où garder les fichiers de codes PIN et les cartes logicielles, au lieu de les effacer à la fin",
			"new `folder` to keep the PIN files and software cards in, instead of removing them at the end"},
		"flag.demo.piv": {"des cartes PIV logicielles dans des lecteurs virtuels, par le vrai pcscd, au lieu de jetons logiciels",
			"PIV cards in software, in virtual readers of the real pcscd, instead of software tokens"},

		"demo.begin": {"RÉPÉTITION : la vie d’une clé parmi %d, avec des personnes inventées et des jetons logiciels.",
			"REHEARSAL: the life of one key among %d, with made-up people and software tokens."},
		"demo.where": {"Tout est écrit dans %s ; les commandes y sont tapées.",
			"Everything is written to %s; the commands are typed there."},

		"demo.title.custodians": {"Cinq dépositaires, cinq jetons", "Five custodians, five tokens"},
		"demo.custodians": {"Les dépositaires, au nombre de %d, sont commissaires de justice. Chacun crée son jeton et choisit son code PIN.",
			"The custodians, %d of them, are bailiffs. Each makes a token and chooses its PIN."},
		"demo.pins": {"En répétition, un fichier tient lieu de clavier pour les codes PIN ; il n’est pas dans le dossier.",
			"In a rehearsal a file stands in for the keyboard where PINs are typed; it is not in the folder."},

		"demo.piv.begin": {"RÉPÉTITION : la vie d’une clé parmi %d, avec des personnes inventées et des cartes PIV logicielles, par le vrai pcscd.",
			"REHEARSAL: the life of one key among %d, with made-up people and PIV cards in software, through the real pcscd."},
		"demo.piv.custodians": {"Les dépositaires, au nombre de %d, sont commissaires de justice. Chacun prépare sa carte et choisit son code PIN et son code PUK. Il y a un lecteur de moins que de cartes.",
			"The custodians, %d of them, are bailiffs. Each prepares a card and chooses its PIN and PUK. There is one reader less than there are cards."},
		"demo.piv.swap": {"(lecteur %d : la carte %s sort, la carte %s entre)", "(reader %d: card %s comes out, card %s goes in)"},
		"demo.piv.release": {"Il suffit de %d dépositaires sur %d : les premiers dont la carte est dans un lecteur. Ils ouvrent la seule clé que l’ordre désigne, et le pli est remis en mains propres.",
			"It takes %d custodians of %d: the first whose cards are in the readers. They open the one key that the order names, and the kit is handed over in person."},
		"demo.piv.account": {"Ce que les cartes ont fait ; les secondes sont celles des programmes, sans les cartes :",
			"What the cards did; the seconds are those of the programs, without the cards:"},
		"demo.piv.command": {"%s : cartes : %d ; contacts : %d ; cartes changées : %d ; APDU : %d ; secondes : %s",
			"%s: cards: %d; touches: %d; cards changed: %d; APDUs: %d; seconds: %s"},
		"demo.piv.touches": {"Contacts de chaque dépositaire : %s", "Touches of each custodian: %s"},
		"demo.piv.swaps":   {"Cartes changées dans le lecteur %d : %d", "Cards changed in reader %d: %d"},
		"demo.piv.apdus": {"APDU pour préparer une carte : %d ; pour la prendre en main, code PIN compris : %d ; pour cosigner : %d ; pour ouvrir une part : %d",
			"APDUs to prepare a card: %d; to take it up, its PIN included: %d; to cosign: %d; to open one share: %d"},
		"demo.piv.beside": {"Temps d’une restitution hors cartes, en secondes : %s",
			"Time of one release besides the cards, in seconds: %s"},

		"demo.title.officers": {"Les responsables habilités de la plateforme", "The platform’s officers"},
		"demo.officers": {"Les %d responsables habilités de la plateforme créent leur clé de signature.",
			"The platform’s %d officers make their signing keys."},

		"demo.title.vault": {"Le coffre", "The vault"},
		"demo.policy": {"La politique est relue par tous : %d dépositaires sur %d ouvrent une clé, %d responsables sur %d signent un ordre. Les dépositaires créent le coffre ensemble.",
			"Everyone reviews the policy: %d custodians of %d open a key, %d officers of %d sign an order. The custodians make the vault together."},
		"demo.words": {"Un témoin recopie à la main les mots de l’ancre de confiance sur le procès-verbal :",
			"A witness copies the words of the trust anchor by hand onto the minutes:"},
		"demo.courier": {"L’ancre elle-même est portée à la plateforme. Les mots y vont sur papier.",
			"The anchor itself is carried to the platform. The words go there on paper."},

		"demo.title.ceremony": {"La cérémonie", "The ceremony"},
		"demo.script": {"Le script est lu à voix haute. Clés à publier : %d ; à ouvrir en guise de preuve : %d ; en réserve : %d.",
			"The script is read aloud. Keys to publish: %d; to be opened as proof: %d; in reserve: %d."},
		"demo.dice": {"Les témoins jettent %d dés, qui désignent les clés que tous les jetons ouvrent devant eux. L’administrateur tape :",
			"The witnesses throw %d dice, which choose the keys that all the tokens open before them. The administrator types:"},
		"demo.export": {"Le lot public quitte l’office. Il ne contient aucune clé privée.",
			"The public batch leaves the office. It holds no private key."},

		"demo.title.platform": {"La plateforme vérifie", "The platform verifies"},
		"demo.verify": {"L’administrateur de la plateforme vérifie chaque clé du lot d’après l’ancre.",
			"The platform’s administrator verifies every key of the batch against the anchor."},
		"demo.import": {"Il tape les mots du procès-verbal signé ; les clés entrent dans la base de données de la plateforme.",
			"The administrator types the words from the signed minutes; the keys enter the platform’s database."},

		"demo.title.member": {"Un membre remplit son coffre numérique", "A member fills their digital safe"},
		"demo.assign": {"Martine Exemple s’inscrit. La plateforme lui attribue une clé publique ; sa référence est %s.",
			"Martine Exemple registers. The platform assigns her a public key; her reference is %s."},
		"demo.browser": {"Son navigateur, ici joué par un programme OpenPGP quelconque, chiffre sa lettre avec cette clé.",
			"Her browser, here played by an ordinary OpenPGP program, encrypts her letter with that key."},
		"demo.held": {"La plateforme ne détient que %s. Elle ne peut pas le lire ; les dépositaires ne le reçoivent jamais.",
			"The platform holds %s and nothing else. It cannot read it; the custodians never receive it."},
		"demo.letter.1": {"Ma chère Camille,", "Dear Camille,"},
		"demo.letter.2": {"Les photographies de famille sont dans le disque bleu, au fond du secrétaire.",
			"The family photographs are on the blue disk, at the back of the writing desk."},
		"demo.letter.3": {"Le mot de passe du disque est : quatre pommes et un violon.",
			"The disk’s password is: four apples and a violin."},
		"demo.letter.4": {"Je t’embrasse. Martine", "With all my love. Martine"},

		"demo.title.order": {"Un décès, un ordre", "A death, an order"},
		"demo.papers": {"Martine Exemple est décédée. Deux personnes vérifient l’identité de l’héritière et les pièces.",
			"Martine Exemple has died. Two people check the heir’s identity and the papers."},
		"demo.order": {"La plateforme rédige l’ordre : une clé, une personne, et l’empreinte de chaque pièce.",
			"The platform writes the order: one key, one person, and the digest of each paper."},
		"demo.sign": {"L’ordre est lu, puis signé, par %d responsables habilités.", "The order is read, then signed, by %d officers."},
		"demo.order-platform": {"La plateforme relit les signatures avant l’envoi.",
			"The platform checks the signatures before it sends the order."},
		"demo.receive": {"Le commissaire de justice inscrit la réception de l’ordre : le délai court de ce jour, quoi que l’ordre dise. En répétition il est nul.",
			"The bailiff records the receipt of the order: the wait runs from that day, whatever the order says. In a rehearsal it is nil."},
		"demo.order-bailiff": {"Le commissaire de justice vérifie l’ordre d’après son coffre.",
			"The bailiff holds the order against the vault."},
		"demo.altered": {"Quelqu’un remplace le nom de l’héritière par le sien. L’ordre est refusé, comme il se doit :",
			"Somebody puts their own name in place of the heir’s. The order is refused, as it should be:"},

		"demo.title.release": {"La restitution", "The release"},
		"demo.release": {"Il suffit de %d dépositaires sur %d. Ils ouvrent la seule clé que l’ordre désigne, et le pli est remis en mains propres.",
			"It takes %d custodians of %d. They open the one key that the order names, and the kit is handed over in person."},

		"demo.title.heir": {"L’héritière lit", "The heir reads"},
		"demo.handover": {"Le commissaire de justice remet le pli et, à part, les mots ; puis il le déclare.",
			"The bailiff hands over the kit and, apart from it, the words; then states so."},
		"demo.heir": {"Camille Exemple reçoit le message chiffré de la plateforme et le pli du commissaire de justice. Elle importe la clé.",
			"Camille Exemple receives the ciphertext from the platform and the kit from the bailiff. She imports the key."},
		"demo.types": {"Elle tape les mots du pli et ouvre le message.", "She types the words of the kit and opens the message."},
		"demo.reads": {"Elle lit :", "She reads:"},
		"demo.no-gpg": {"(gpg n’est pas installé : la bibliothèque OpenPGP go-crypto joue son rôle, dans ce programme.)",
			"(gpg is not installed: the OpenPGP library go-crypto plays its part, within this program.)"},

		"demo.title.again": {"Jamais deux fois", "Never twice"},
		"demo.again": {"Quelqu’un présente le même ordre une seconde fois. Il est refusé, et c’est heureux :",
			"Somebody presents the same order a second time. It is refused, and that is good:"},
		"demo.cosign": {"Ce refus aussi est au registre ; les dépositaires présents le cosignent.",
			"That refusal is in the ledger too; the custodians present cosign it."},
		"demo.audit": {"Un auditeur relit chaque octet du coffre, puis le registre, sans jeton ni code PIN.",
			"An auditor reads every byte of the vault, then the ledger, without token or PIN."},

		"demo.done": {"Fin de la répétition, en %d secondes.", "The rehearsal is over, in %d seconds."},
		"demo.checks": {"Pour vérifier chaque fichier sans ces programmes, avec des outils courants, collez ces lignes dans un terminal :",
			"To check each file without these programs, with stock tools, paste these lines into a terminal:"},
		"demo.check.signatures": {"deux responsables habilités ont signé l’ordre", "two officers signed the order"},
		"demo.check.papers":     {"les pièces sont celles que l’ordre désigne", "the papers are those that the order names"},
		"demo.check.sealed":     {"le lot scellé est un fichier ZIP intact", "the sealed batch is a sound ZIP file"},
		"demo.check.volumes": {"le lot scellé est celui que décrit son manifeste",
			"the sealed batch is the one that its manifest describes"},
		"demo.check.manifest": {"ce manifeste est celui du registre", "that manifest is the one in the ledger"},
		"demo.check.anchor": {"l’ancre que tient la plateforme est celle de la première inscription du registre",
			"the anchor that the platform holds is that of the ledger’s first entry"},
		"demo.check.enrolment": {"l’enrôlement du premier jeton est signé par ce jeton",
			"the enrolment of the first token is signed by that token"},
		"demo.check.attestation": {"la première carte atteste que ses deux clés sont nées en elle",
			"the first card attests that both its keys were born in it"},
		"demo.check.public": {"le lot public est un fichier ZIP intact ; ce qu’il annonce",
			"the public batch is a sound ZIP file; what it states"},
		"demo.check.published": {"la clé publiée de ce membre, telle que gpg la voit", "the published key of that member, as gpg sees it"},
		"demo.check.pool": {"les clés attribuées, dans la base de données de la plateforme",
			"the assigned keys, in the platform’s database"},
		"demo.check.kit": {"la clé du pli est celle que le pli annonce", "the key in the kit is the one that the kit states"},
		"demo.check.key": {"la clé restituée, verrouillée par les mots", "the released key, locked with the words"},
		"demo.check.message": {"ce que fait l’héritière, avec un trousseau jetable",
			"what the heir does, with a keyring that is thrown away"},
	}
}

// cardTexts are the sentences of `bailiff-demo cards`.
func cardTexts() map[string]Text {
	return map[string]Text{
		"help.cards": {"Des lecteurs et des cartes logicielles, pour répéter avec de vrais gestes",
			"Readers and software cards, to rehearse with real gestures"},
		"about.cards": {`Fait tourner des lecteurs virtuels, vides au départ, et des cartes logicielles
que bailiff prend pour des YubiKey. La première ligne est à coller dans le
terminal où vous lancerez bailiff. Ici, vous insérez et retirez les cartes au
clavier ; « help » rappelle les commandes. Les cartes restent dans le dossier
d’une fois sur l’autre. Leurs clés ne protègent rien : c’est une répétition.
Rien n’est visible du réseau.`,
			`Runs virtual readers, empty at first, and software cards that bailiff takes
for YubiKeys. Its first line is for the terminal where you will run bailiff.
Here you put cards in and pull them out at the keyboard; "help" tells how. The
cards stay in the folder from one time to the next. Their keys protect nothing:
this is a rehearsal. Nothing can be seen from the network.`},
		"flag.cards.dir":      {"`dossier` des cartes ; son chemin doit être court", "`folder` of the cards; its path must be short"},
		"flag.cards.readers":  {"`nombre` de lecteurs, de 2 à 16 ; ils vont par deux", "`number` of readers, 2 to 16; they come in pairs"},
		"flag.cards.cards":    {"`nombre` de cartes, de 1 à 40", "`number` of cards, 1 to 40"},
		"flag.cards.firmware": {"`version` du micrologiciel des cartes neuves", "firmware `version` of new cards"},

		"cards.ready": {"RÉPÉTITION : %d cartes, %d lecteurs vides. Tapez `help` pour les commandes.",
			"REHEARSAL: %d cards, %d empty readers. Type `help` for the commands."},
		"cards.help": {
			Fr: "`insert 1 2` : met la carte 1 dans le lecteur 2\n" +
				"`remove 2` : retire la carte du lecteur 2\n" +
				"`touch on` : les cartes sont touchées dès qu’elles le demandent\n" +
				"`touch off` : personne ne les touche\n" +
				"`touch ask` : vous les touchez vous-même, avec `press`\n" +
				"`press` : touche la carte qui attend\n" +
				"`list` : ce qu’il y a dans les lecteurs\n" +
				"`quit` : retire tout et termine",
			En: "`insert 1 2`: puts card 1 into reader 2\n" +
				"`remove 2`: pulls the card out of reader 2\n" +
				"`touch on`: the cards are touched as soon as they ask\n" +
				"`touch off`: nobody touches them\n" +
				"`touch ask`: you touch them yourself, with `press`\n" +
				"`press`: touches the card that waits\n" +
				"`list`: what is in the readers\n" +
				"`quit`: pulls everything out and ends",
		},
		"cards.inserted":  {"Carte %d (numéro de série %d) : dans le lecteur %d.", "Card %d (serial number %d): in reader %d."},
		"cards.removed":   {"Lecteur %d : vide.", "Reader %d: empty."},
		"cards.out":       {"Carte %d (numéro de série %d) : dans aucun lecteur.", "Card %d (serial number %d): in no reader."},
		"cards.waiting":   {"La carte %d attend qu’on la touche : tapez `press`.", "Card %d waits for a touch: type `press`."},
		"cards.pressed":   {"Carte %d : touchée.", "Card %d: touched."},
		"cards.untouched": {"Aucune carte n’attend.", "No card waits."},
		"cards.touch":     {"Désormais : touch %s.", "From now on: touch %s."},
		"cards.unknown":   {"Commande inconnue. Tapez `help`.", "Unknown command. Type `help`."},
		"cards.taken": {"Le lecteur %d est occupé, ou la carte est déjà dans un lecteur. Tapez `list`.",
			"Reader %d is taken, or the card is in a reader already. Type `list`."},
		"cards.unread": {"Il n’y a pas de lecteur %d.", "There is no reader %d."},
		"cards.empty":  {"Le lecteur %d est vide.", "Reader %d is empty."},
	}
}
