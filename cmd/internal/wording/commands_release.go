package wording

// releaseTexts are the sentences of releases.
func releaseTexts() map[string]Text {
	return map[string]Text{
		"help.release":     {"Restitutions : ouvrir une clé sur un ordre signé", "Releases: open one key on a signed order"},
		"help.release run": {"Exécuter, ou reprendre, un ordre de restitution", "Carry out, or resume, a release order"},
		"about.release run": {`Exécute un ordre signé : le vérifie, inscrit sa réception si elle ne l’est
pas ; s’il doit encore attendre, dit jusqu’à quand et s’arrête là (code de
sortie 13) ; sinon le montre en clair, demande d’en saisir le numéro, fait
cosigner la décision, ouvre la seule clé qu’il nomme et en fait un pli pour le
destinataire. Il faut les jetons et les codes PIN du quorum. La commande écrit
le dossier du pli et inscrit chaque étape au registre, avant de l’accomplir ;
elle n’ouvre aucune autre clé et n’écrit jamais les mots : le destinataire les
recopie à l’écran. Un ordre refusé est inscrit au registre avec la cause du
refus. Après une interruption, relancez la même commande : seul le même ordre
reprend. Un ordre exécuté ne sert plus jamais. À la fin le pli est prêt ; qu’il
a été remis s’inscrit ensuite, avec release handover.

Les jetons PIV s’insèrent dans n’importe quel ordre ; s’il y a moins de
lecteurs que de dépositaires, la commande dit lequel insérer et lequel retirer,
et attend. Ce qui peut être réparé sur place n’interrompt rien.`,
			`Carries out a signed order: verifies it, records its receipt unless that is on
record; while it has to wait, says until when and stops there (exit code 13);
otherwise shows it in plain words, asks for its number to be typed, has the
decision cosigned, opens the one key that it names and makes a kit of it for
the recipient. It needs the tokens and PINs of the quorum. It writes the kit’s
folder and records each step in the ledger before taking it; it opens no other
key, and never writes the words: the recipient copies them from the screen. An
order that is refused is recorded in the ledger with the cause. After an
interruption, run the same command again: only the same order resumes. An order
that was carried out is never used again. At the end the kit is ready; that it
was handed over is recorded afterwards, with release handover.

PIV tokens are put in in any order; with fewer readers than custodians the
command says which one to put in and which to take out, and waits. What can be
mended on the spot interrupts nothing.`},
		"flag.kit": {"`dossier` du pli, qui ne doit pas exister", "`folder` of the kit, which must not exist"},
		"flag.office": {"`office` qui remet la clé, pour la lettre ; sinon le lieu de garde du coffre",
			"`office` that hands over the key, for the letter; otherwise the vault’s place of keeping"},
		"flag.contact": {"`ligne` de coordonnées de l’office, pour la lettre, dont le téléphone ; à répéter",
			"`line` of the office’s contact details, for the letter, the telephone among them; repeat it"},
		"flag.words-in-kit": {"répétition sans personne devant l’écran, seulement : les mots sont écrits dans le pli, au lieu d’être montrés et recopiés",
			"only for a rehearsal with nobody at the screen: the words are written into the kit instead of being shown and copied"},
		"ask.release": {"Pour exécuter cet ordre, saisissez son numéro, %s :", "To carry out this order, type its number, %s:"},
		"ask.written": {"Quand le destinataire a recopié les mots à la main et les a relus, saisissez %s :",
			"When the recipient has copied the words by hand and read them back, type %s:"},
		"ask.word": {"Mot %d sur %d :", "Word %d of %d:"},
		"words.back": {"Contrôle de la feuille : le destinataire saisit les mots qu’il vient d’écrire, un à un ou tous ensemble. Ils ne s’affichent pas ; quatre lettres de chacun suffisent. Entrée seule montre de nouveau les mots.",
			"A check of the paper: the recipient types the words just written, one by one or all at once. They are not shown; four letters of each are enough. Enter alone shows the words again."},
		"words.too-many": {"À partir du mot n° %d, il n’en reste que %d à saisir. Relisez la feuille.",
			"From word %d on, only %d are left to type. Look at the paper again."},
		"words.other": {"Ce n’est pas le mot n° %d. Relisez la feuille.", "That is not word no. %d. Look at the paper again."},
		"words.unlisted": {"Le mot n° %d n’est pas dans la liste. Relisez la feuille : chacun est un mot français ordinaire.",
			"Word no. %d is not in the list. Look at the paper again: each is an ordinary French word."},
		"words.right": {"Les mots de la feuille sont les bons : ils ouvriront le pli. Ils ne sont écrits nulle part ailleurs.",
			"The words on the paper are right: they will open the kit. They are written nowhere else."},
		"words.kit": {"Le pli d’une restitution interrompue est en place. Le destinataire saisit les mots qu’il a recopiés, un à un ou tous ensemble. Ils ne s’affichent pas ; quatre lettres de chacun suffisent.",
			"The kit of an interrupted release is in place. The recipient types the words that they copied, one by one or all at once. They are not shown; four letters of each are enough."},
		"words.kit-again": {"Ces mots n’ouvrent pas le pli. Relisez la feuille et saisissez-les de nouveau, depuis le premier.",
			"These words do not open the kit. Look at the paper and type them again, from the first one."},
		"words.kit-stuck": {"Ces mots n’ouvrent toujours pas le pli. Si la feuille a été bien relue, arrêtez par Ctrl-C : mettez ce dossier de côté, notez-le au procès-verbal, et relancez la même commande avec un autre --kit. La clé sera ouverte de nouveau, avec d’autres mots. Sinon, saisissez-les encore une fois.",
			"These words still do not open the kit. If the paper was read with care, stop with Ctrl-C: put this folder aside, note it in the minutes, and run the same command again with another --kit. The key is then opened again, with other words. Otherwise type them once more."},
		"word.written": {"fait", "done"},
		"release.no-telephone": {"La lettre au destinataire n’aura pas de téléphone. Pour l’ajouter, arrêtez par Ctrl-C et donnez aussi `--contact 'Tél. 01 23 45 67 89'`.",
			"The letter to the recipient will have no telephone number. To add it, stop with Ctrl-C and give also `--contact '+33 1 23 45 67 89'`."},
		"decision.mode.rehearsal":  {"RÉPÉTITION (exercice). CE QUI EST DÉCIDÉ :", "REHEARSAL (exercise). WHAT IS DECIDED:"},
		"decision.mode.production": {"CE QUI EST DÉCIDÉ :", "WHAT IS DECIDED:"},
		"decision.open":            {"- ouvrir la clé %s, celle du membre %s (lot %s)", "- to open key %s, that of member %s (batch %s)"},
		"decision.recipient":       {"- pour la remettre à %s", "- to hand it over to %s"},
		"decision.recipient-born":  {"- pour la remettre à %s, né(e) le %s", "- to hand it over to %s, born on %s"},
		"decision.papers":          {"- sur pièces : %s", "- on papers: %s"},
		"decision.order-unsigned":  {"- sur l’ordre %s, motif : %s", "- on order %s, reason: %s"},
		"decision.order":           {"- sur l’ordre %s, motif : %s, signé par %s", "- on order %s, reason: %s, signed by %s"},
		"release.price": {"Les %d dépositaires toucheront leur jeton %s fois en tout : %s environ. Le témoin compte les contacts.",
			"The %d custodians will touch their tokens %s times in all: about %s. The witness counts the touches."},
		"release.resumed": {"La restitution de l’ordre %s reprend où elle s’était arrêtée.",
			"The release of order %s goes on where it stopped."},
		"release.intended": {"La décision d’exécuter l’ordre %s est inscrite et cosignée. La clé peut être ouverte.",
			"The decision to carry out order %s is on record and cosigned. The key may be opened."},
		"release.opened": {"La clé de l’ordre %s est ouverte et correspond à celle qui fut publiée.",
			"The key of order %s is open and matches the one that was published."},
		"release.delivered": {"Le pli est écrit dans %s. Il est inscrit au registre, et l’inscription est cosignée.",
			"The kit is written to %s. It is on record, and the entry is cosigned."},
		"release.words": {"Mots du destinataire, à recopier à la main ; ils ne sont écrits nulle part :",
			"The recipient’s words, to be copied by hand; they are written nowhere else:"},
		"release.words-in-kit": {"RÉPÉTITION sans personne à l’écran : les mots sont dans le pli, fichier words.txt. Sans --words-in-kit, ils ne sont montrés qu’à l’écran.",
			"REHEARSAL with nobody at the screen: the words lie in the kit, file words.txt. Without --words-in-kit they are shown on the screen only."},
		"release.done": {"Le pli est prêt dans le dossier « %s ». Il reste à le remettre.",
			"The kit is ready in the folder “%s”. It remains to be handed over."},
		"ask.bailiff": {"Nom du commissaire de justice qui a remis le pli :", "Name of the bailiff who handed the kit over:"},
		"release.of":  {"Ordre %s ; clé %s", "Order %s; key %s"},
		"release.remains": {"À faire : remettre à %s, en personne, le support du pli et, à part, les mots. Ensuite seulement, le commissaire de justice l’inscrit :",
			"To be done: hand over to %s, in person, the medium with the kit and, apart from it, the words. Only then the bailiff puts it on record:"},
		"help.release handover": {"Inscrire que le pli a été remis, quand le commissaire de justice le constate",
			"Put on record that a kit was handed over, when the bailiff states it"},
		"about.release handover": {`Inscrit au registre la déclaration du commissaire de justice : tel jour, le pli
de tel ordre a été remis à telle personne. Aucun programme ne peut le savoir :
release run s’arrête quand le pli est prêt. La commande montre la déclaration,
demande d’en saisir le numéro d’ordre, et ne demande aucun jeton ; les
dépositaires cosignent l’inscription ensuite. Les noms vont dans la part
personnelle de l’inscription, qui peut être effacée. Une remise s’inscrit une
seule fois, et ne se corrige pas.`,
			`Records the bailiff’s statement in the ledger: on that day the kit of that order
was handed over to that person. No program can know it: release run ends when
the kit is ready. The command shows the statement, asks for the order’s number
to be typed, and needs no token; the custodians cosign the entry later. The
names go into the entry’s personal part, which can be erased. A handover is
recorded once, and is not corrected.`},
		"flag.handed-number": {"`N` : numéro de l’ordre dont le pli a été remis ; sans lui, le seul qui reste à remettre",
			"`number` of the order whose kit was handed over; without it, the only one still to be handed over"},
		"flag.bailiff": {"`nom` du commissaire de justice qui a remis le pli et le déclare ; demandé sinon",
			"`name` of the bailiff who handed the kit over and states so; asked for otherwise"},
		"flag.day": {"`jour` de la remise, AAAA-MM-JJ ; sinon aujourd’hui", "`day` of the handover, YYYY-MM-DD; otherwise today"},
		"flag.handed-to": {"`nom` de qui a reçu le pli ; sinon le destinataire de l’ordre",
			"`name` of who received the kit; otherwise the order’s recipient"},
		"handover.found": {"Ordre pris : %s, le seul dont le pli reste à remettre.",
			"Order taken: %s, the only one whose kit is still to be handed over."},
		"handover.statement": {"%s déclare : le pli de l’ordre %s et, à part, ses mots ont été remis en personne à %s, le %s.",
			"%s states: the kit of order %s and, apart from it, its words were handed over in person to %s, on %s."},
		"handover.kit": {"Pli, SHA-256 de private-key.asc : %s", "Kit, SHA-256 of private-key.asc: %s"},
		"ask.handover": {"Si c’est exact, saisissez le numéro de l’ordre, %s :", "If this is right, type the order’s number, %s:"},
		"handover.done": {"La remise du pli de l’ordre %s, le %s, est inscrite au registre.",
			"The handover of the kit of order %s, on %s, is on record."},
		"entry.cosign": {"Faites cosigner cette inscription sans tarder :", "Have the entry cosigned without delay:"},
	}
}
