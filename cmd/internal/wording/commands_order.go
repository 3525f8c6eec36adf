package wording

// orderTexts are the sentences of release orders, as both programs show and verify them.
func orderTexts() map[string]Text {
	return map[string]Text{
		"help.order":      {"Ordres de restitution", "Release orders"},
		"help.order show": {"Montrer un ordre, sans vérifier ses signatures", "Show an order, without verifying its signatures"},
		"about.order show": {`Montre en clair ce que dit un ordre : la clé, le motif, les pièces, les
vérificateurs et le destinataire. Les signatures ne sont pas vérifiées : un
ordre affiché ainsi ne prouve rien. bailiff dit aussi, avec --vault, quand ce
coffre a reçu l’ordre et à partir de quand il peut y être exécuté. Cette
commande n’écrit rien.`,
			`Shows in plain words what an order says: the key, the reason, the papers, the
checkers and the recipient. The signatures are not verified: an order shown
this way proves nothing. bailiff also tells, with --vault, when that vault
received the order and from when it may be carried out. This command writes
nothing.`},
		"help.order receive": {"Inscrire la réception d’un ordre : son délai commence",
			"Record that an order was received: its wait begins"},
		"about.order receive": {`Vérifie un ordre signé comme order verify, puis inscrit au registre qu’il a été
présenté à ce coffre : le délai d’attente de la politique court de cette
inscription, quoi que l’ordre dise de son émission. L’inscription ne nomme
personne. Un ordre déjà reçu n’est pas inscrit deux fois, même avec d’autres
signatures ; sous le même numéro, un autre texte est refusé. Un ordre refusé
est inscrit avec la cause. Aucun jeton n’est nécessaire. Faites ensuite
cosigner le registre sans tarder, par ledger cosign : personne ne pourra plus
antidater cette réception.`,
			`Verifies a signed order as order verify does, and records in the ledger that it
was presented to this vault: the policy’s waiting time runs from that entry,
whatever the order says of its issue. The entry names no person. An order that
was received before is not recorded twice, even with other signatures; another
text under the same number is refused. An order that is refused is recorded
with the cause. No token is needed. Have the ledger cosigned soon afterwards,
by ledger cosign: then nobody can backdate this receipt any more.`},
		"order.received": {"Reçu dans ce coffre le %s ; peut y être exécuté à partir du %s",
			"Received in this vault on %s; may be carried out there from %s"},
		"order.not-received": {"Cet ordre n’a pas été reçu dans ce coffre.", "This order was not received in this vault."},
		"help.order verify":  {"Vérifier un ordre et ses signatures", "Verify an order and its signatures"},
		"about.order verify": {`Vérifie chaque signature des responsables habilités, puis montre l’ordre en
clair. Avec bailiff, l’ordre est vérifié d’après le coffre : liste des
responsables, seuil, mode, pièces, délais, place de la clé dans un lot éprouvé,
ordres déjà reçus ou exécutés ; la réponse dit s’il est bon et à partir de
quand il peut être exécuté. Un bon ordre dont la date n’est pas venue, ou que
le coffre n’a pas encore reçu, donne le code de sortie 13. Avec
bailiff-platform, seules les signatures sont vérifiées, d’après la liste et le
seuil que vous nommez. Aucun jeton n’est nécessaire. Cette commande n’écrit
rien et n’inscrit rien au registre.`,
			`Verifies each signature of the officers, then shows the order in plain words.
With bailiff the order is held against the vault: roster, threshold, mode,
papers, waiting times, the key’s place in a proved batch, orders received or
carried out before; the answer tells whether it is good and from when it may be
carried out. A good order whose time has not come, or that the vault has not
received yet, ends with exit code 13. With bailiff-platform the signatures
alone are verified, against the roster and the threshold that you name. No
token is needed. This command writes nothing and records nothing in the ledger.`},
		"flag.order":                 {"`fichier` de l’ordre", "`file` of the order"},
		"flag.signatures":            {"`fichier` des signatures de l’ordre", "`file` of the order’s signatures"},
		"reading.next":               {"— Page %d sur %d. Entrée pour lire la suite —", "— Page %d of %d. Press Enter to read on —"},
		"order.title":                {"Ordre de restitution %s", "Release order %s"},
		"order.mode.rehearsal":       {"RÉPÉTITION : cet ordre est un exercice.", "REHEARSAL: this order is an exercise."},
		"order.mode.production":      {"Mode : production", "Mode: production"},
		"order.reason":               {"Motif : %s", "Reason: %s"},
		"order.member":               {"Membre (référence de la plateforme) : %s", "Member (the platform’s reference): %s"},
		"order.recipient":            {"Destinataire de la clé : %s", "Recipient of the key: %s"},
		"order.born":                 {"Date de naissance du destinataire : %s", "Recipient’s date of birth: %s"},
		"order.key":                  {"Clé à ouvrir : %s ; numéro %s du lot %s", "Key to open: %s; number %s of batch %s"},
		"order.vault":                {"Coffre : %s", "Vault: %s"},
		"order.paper":                {"Pièce : %s ; émise par : %s ; date : %s", "Paper: %s; issued by: %s; date: %s"},
		"order.paper-digest":         {"- empreinte de la pièce : %s", "- digest of the paper: %s"},
		"order.checker":              {"Identité et pièces vérifiées par : %s", "Identity and papers checked by: %s"},
		"order-field.member":         {"référence du membre", "the member’s reference"},
		"order-field.recipient":      {"destinataire", "recipient"},
		"order-field.recipient-born": {"date de naissance du destinataire", "recipient’s date of birth"},
		"order-field.checker":        {"vérificateur", "checker"},
		"order-field.replaces-why":   {"cause du remplacement", "cause of the replacement"},
		"order.replaces":             {"Cet ordre remplace l’ordre %s ; cause : %s", "This order replaces order %s; because: %s"},
		"order.times":                {"Émis le %s ; exécutable à partir du %s, jusqu’au %s", "Issued on %s; may be carried out from %s until %s"},
		"order.officer":              {"%s, clé %s", "%s, key %s"},
		"order.remark":               {"Attention : %s.", "Note: %s."},
		"order.signer":               {"Signé par le responsable habilité %s", "Signed by the officer %s"},
		"order.unverified": {"Les signatures de cet ordre n’ont pas été vérifiées.",
			"The signatures of this order have not been verified."},
		"order.good": {"Constat : l’ordre est bon, ses signatures sont vérifiées ; il peut être exécuté maintenant. L’examen des pièces originales vous appartient.",
			"Finding: the order is good and its signatures are verified; it may be carried out now. Examining the original papers is up to you."},
		"order.good-unreceived": {"Constat : l’ordre est bon, ses signatures sont vérifiées. Il n’a pas encore été reçu dans ce coffre ; reçu maintenant, il pourra être exécuté à partir du %s. L’examen des pièces originales vous appartient.",
			"Finding: the order is good and its signatures are verified. It was not received in this vault yet; received now, it may be carried out from %s. Examining the original papers is up to you."},
		"order.to-receive": {"Pour que son délai d’attente commence, inscrivez sa réception : `bailiff order receive --vault coffre --order order.txt --signatures order.sig`.",
			"To begin its waiting time, record its receipt: `bailiff order receive --vault vault --order order.txt --signatures order.sig`."},
		"order.good-waiting": {"Constat : l’ordre est bon, ses signatures sont vérifiées. Il attend encore : il pourra être exécuté à partir du %s. Recevez jusque-là les oppositions ; rien n’a été ouvert.",
			"Finding: the order is good and its signatures are verified. It still waits: it may be carried out from %s. Hear oppositions until then; nothing was opened."},
		"reason.death":              {"décès du membre", "death of the member"},
		"reason.incapacity":         {"incapacité du membre", "incapacity of the member"},
		"reason.request":            {"demande du membre", "request of the member"},
		"reason.wind-down":          {"cessation d’activité de la plateforme", "wind-down of the platform"},
		"paper.death-certificate":   {"acte de décès", "death certificate"},
		"paper.proof-of-heirship":   {"acte de notoriété", "proof of heirship"},
		"paper.family-record":       {"livret de famille", "family record book"},
		"paper.identity-document":   {"pièce d’identité", "identity document"},
		"paper.medical-certificate": {"certificat médical", "medical certificate"},
		"paper.court-order":         {"décision de justice", "court order"},
		"paper.mandate":             {"mandat", "mandate"},
		"paper.member-request":      {"demande écrite du membre", "written request of the member"},
		"paper.wind-down-notice":    {"avis de cessation d’activité", "notice of wind-down"},
	}
}
