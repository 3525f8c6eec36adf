package wording

// platformOrderTexts are the sentences of how the platform writes and signs orders.
func platformOrderTexts() map[string]Text {
	return map[string]Text{
		"help.order new": {"Rédiger un ordre de restitution", "Write a release order"},
		"about.order new": {`Écrit un ordre de restitution dans un nouveau fichier et le montre en clair. Le
coffre, le lot, le numéro et l’empreinte de la clé viennent du stock de clés,
d’après la référence du membre : personne ne les recopie. La politique du
coffre, arrivée avec le lot, est appliquée avant que rien ne soit écrit :
motif, pièces, délai d’attente, et le destinataire n’est ni l’un ni l’autre des
vérificateurs ; ce qui manque est dit en une fois.

Les pièces sont nommées par leur nature, leur émetteur, leur date et leur
empreinte ; les documents eux-mêmes n’entrent pas dans l’ordre.

L’ordre n’est pas signé : chaque responsable habilité le signe ensuite avec
order sign ou gpg. Après une interruption, l’ordre existe en entier ou pas du
tout. Si un pli est perdu, rédigez un nouvel ordre avec --replaces et
--replaces-why.`,
			`Writes a release order into a new file and shows it in plain words. Vault,
batch, number and fingerprint of the key come from the key pool, by the
member’s reference: nobody copies them. The vault’s policy, which came with the
batch, is applied before anything is written: reason, papers, waiting time, and
the recipient is none of the two checkers; all that is missing is said at once.

Papers are named by their type, issuer, date and digest; the documents
themselves do not enter the order.

The order is not signed: each officer then signs it with order sign or gpg.
After an interruption the order is there in full or not at all. If a kit is
lost, write a new order with --replaces and --replaces-why.`},
		"help.order sign": {"Signer un ordre, en tant que responsable habilité", "Sign an order, as an officer"},
		"about.order sign": {`Montre l’ordre en clair, demande d’en saisir le numéro, puis la phrase secrète
du responsable habilité, et ajoute sa signature au fichier des signatures.
L’ordre lui-même ne change pas. La signature engage le responsable sur tout ce
que l’ordre dit : lisez-le et comparez-le aux pièces. Auparavant, l’ordre est
confronté à la politique du coffre et à sa clé : au stock (--database), ou,
pour un responsable qui ne doit pas le lire, au lot public (--public-batch et
--trust). Ce que le coffre devrait refuser n’est pas signé. Après une
interruption, le fichier des signatures est l’ancien ou le nouveau, jamais
entre les deux.

Un responsable peut aussi signer avec gpg, sans --armor :

gpg --output moi.sig --detach-sign order.txt

puis sa signature s’ajoute à celles des autres dans un seul fichier :

cat moi.sig >> order.sig`,
			`Shows the order in plain words, asks for its number to be typed, then for the
officer’s passphrase, and adds the signature to the signature file. The order
itself does not change. The signature commits the officer to all that the order
says: read it and compare it with the papers. Before that, the order is held
against the vault’s policy and its key: against the pool (--database) or, for
an officer who is not to read that, against the public batch (--public-batch
and --trust). What the vault would have to refuse is not signed. After an
interruption the signature file is the old or the new one, never in between.

An officer may also sign with gpg, without --armor:

gpg --output me.sig --detach-sign order.txt

and the signature then joins the others’ in one file:

cat me.sig >> order.sig`},
		"flag.signatures-out": {"`fichier` des signatures, créé ou complété", "`file` of the signatures, made or added to"},
		"flag.public-batch": {"`fichier` du lot public de la clé, avec --trust, au lieu de --database",
			"`file` of the key’s public batch, with --trust, instead of --database"},
		"flag.officer-key": {"`fichier` de la clé secrète du responsable", "`file` of the officer’s secret key"},
		"flag.roster": {"`fichier` de la liste des responsables : vault/policies/000000-officers.pgp, remis par le commissaire de justice",
			"`file` of the officers’ roster: vault/policies/000000-officers.pgp, handed over by the bailiff"},
		"flag.officers":      {"`seuil` : nombre de responsables qui doivent signer", "`threshold`: number of officers who must sign"},
		"flag.order-new.out": {"nouveau `fichier` de l’ordre", "new `file` of the order"},
		"flag.order-new.number": {"`N` : numéro de l’ordre, de 1 à 40 caractères, a–z, 0–9 et tiret",
			"`number` of the order: 1 to 40 characters, a–z, 0–9 and hyphen"},
		"flag.order-new.key": {"`empreinte` de la clé, si elle est connue d’ailleurs : 40 ou 64 chiffres hexadécimaux, minuscules, sans espace ; si le stock ne l’a pas attribuée à ce membre, rien n’est écrit",
			"`fingerprint` of the key, if it is known from elsewhere: 40 or 64 hexadecimal digits, lower case, no blanks; unless the pool gave it to this member, nothing is written"},
		"flag.order-new.member": {"`membre` : sa référence sur la plateforme, d’après laquelle le stock donne coffre, lot et clé",
			"the platform’s `reference` of the member, by which the pool gives vault, batch and key"},
		"flag.order-new.reason": {"`motif` : death (décès), incapacity (incapacité), request (demande du membre), wind-down (cessation d’activité)",
			"`reason`: death, incapacity, request or wind-down"},
		"flag.order-new.recipient":      {"`nom` de la personne qui recevra la clé", "`name` of the person who will receive the key"},
		"flag.order-new.recipient-born": {"`date` de naissance du destinataire : AAAA-MM-JJ", "recipient’s `date` of birth: YYYY-MM-DD"},
		"flag.order-new.replaces": {"`N` : numéro de l’ordre remplacé, dont le pli est perdu",
			"`number` of the order that this one replaces, whose kit is lost"},
		"flag.order-new.replaces-why": {"`cause` du remplacement", "`cause` of the replacement"},
		"order-new.natures":           {"Natures des pièces :", "Types of papers:"},
		"order-new.reasons":           {"Motifs :", "Reasons:"},
		"order-new.issuer":            {"émetteur", "issuer"},
		"order-new.demanded": {"la politique exige pour ce motif %s ; sont admis aussi %s",
			"for this reason the policy demands %s; taken besides: %s"},
		"order-new.nature": {"%s : %s", "%s: %s"},
		"flag.order-new.paper": {"une pièce, en un `texte` : nature|émetteur|AAAA-MM-JJ|fichier, ou nature|émetteur|date|sha256:… ; à répéter",
			"`paper`: type|issuer|YYYY-MM-DD|file, or type|issuer|date|sha256:…; repeat it"},
		"flag.order-new.checker": {"`nom` d’une personne qui a vérifié identité et pièces ; deux fois",
			"`name` of a person who checked identity and papers; twice"},
		"flag.order-new.not-before": {"`jours` d’attente avant que l’ordre soit exécutable ; sans cette option, ceux de la politique pour ce motif, et jamais moins",
			"`days` to wait before the order may be carried out; without this flag those of the policy for the reason, and never fewer"},
		"flag.order-new.expires": {"`jours` jusqu’à ce que l’ordre expire, à compter de son émission ; sans cette option, 90 jours après la fin de l’attente",
			"`days` until the order expires, counted from its issue; without this flag, 90 days after the wait ends"},
		"draft.papers": {"rien n’a été écrit ; donnez chacune de ces pièces par une option `--paper`, puis relancez la commande",
			"nothing was written; give each of these papers with a `--paper` of its own, then run the command again"},
		"draft.paper-date": {"rien n’a été écrit ; vérifiez la date de cette pièce dans son option `--paper`, et l’horloge de cette machine, puis relancez la commande",
			"nothing was written; check the date of this paper in its `--paper`, and this machine’s clock, then run the command again"},
		"draft.paper-unborn": {"rien n’a été écrit ; vérifiez la date de cette pièce dans son option `--paper`, et la date de naissance dans `--recipient-born`, puis relancez la commande",
			"nothing was written; check the date of this paper in its `--paper`, and the date of birth in `--recipient-born`, then run the command again"},
		"draft.paper-file": {"rien n’a été écrit ; numérisez chaque pièce dans un fichier à part, donnez chacun dans sa propre option `--paper`, puis relancez la commande",
			"nothing was written; scan each paper into a file of its own, give each in a `--paper` of its own, then run the command again"},
		"draft.paper-empty": {"rien n’a été écrit ; numérisez la pièce dans un fichier, ouvrez-le pour voir qu’elle y est, donnez-le dans l’option `--paper`, puis relancez la commande",
			"nothing was written; scan the paper into a file, open it to see that it is there, give it in its `--paper`, then run the command again"},
		"draft.born": {"rien n’a été écrit ; vérifiez la date de naissance dans `--recipient-born`, puis relancez la commande",
			"nothing was written; check the date of birth in `--recipient-born`, then run the command again"},
		"draft.name": {"rien n’a été écrit ; retapez ce nom au clavier, sans le copier, puis relancez la commande",
			"nothing was written; type this name anew, without copying it, then run the command again"},
		"draft.days": {"rien n’a été écrit ; donnez moins de dix ans à `--not-before`, et à `--expires` moins d’un an de plus, puis relancez la commande",
			"nothing was written; give less than ten years to `--not-before`, and to `--expires` less than a year more, then run the command again"},
		"draft.unwritten": {"rien n’a été écrit, car le coffre devrait refuser cet ordre ; corrigez-le, puis relancez la commande",
			"nothing was written, since the vault would have to refuse this order; correct it, then run the command again"},
		"draft.unsigned": {"rien n’a été signé, car le coffre devrait refuser cet ordre ; faites-en rédiger un autre, sous un nouveau numéro",
			"nothing was signed, since the vault would have to refuse this order; have another one written, under a new number"},
		"ask.sign":      {"Pour signer cet ordre, saisissez son numéro, %s :", "To sign this order, type its number, %s:"},
		"order.written": {"L’ordre est écrit dans %s. Il n’est pas encore signé.", "The order is written to %s. It is not signed yet."},
		"order.signed":  {"Ordre %s signé par %s ; signatures : %s", "Order %s signed by %s; signatures: %s"},
		"order.signatures-good": {"Constat : signatures vérifiées : %d ; seuil indiqué : %d. L’ordre n’a pas été confronté au coffre.",
			"Finding: signatures verified: %d; threshold given: %d. The order was not held against the vault."},
	}
}
