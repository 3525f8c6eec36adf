package wording

// fileTexts name what a file or a folder can be, for whoever gave one in the place of another.
func fileTexts() map[string]Text {
	return map[string]Text{
		"mistaken.file": {"c’est %s ; il fallait %s", "this is %s; %s was wanted"},
		"mistaken.hint": {
			Fr: "donnez à cet endroit %s, et vérifiez les autres fichiers de la commande, ou du projet qui les nomme",
			En: "give %s here, and check the other files of the command, or of the draft that names them",
		},
		"file.draft":       {"un projet de politique", "a policy draft"},
		"file.script":      {"un script de cérémonie", "the script of a ceremony"},
		"file.policy":      {"la politique que conserve un coffre", "the policy that a vault keeps"},
		"file.enrolment":   {"l’enrôlement d’un jeton (.enrolment)", "the enrolment of a token (.enrolment)"},
		"file.soft-token":  {"un jeton logiciel (.token)", "a software token (.token)"},
		"file.soft-state":  {"l’état d’un jeton logiciel", "the state of a software token"},
		"file.order":       {"un ordre de restitution", "a release order"},
		"file.signatures":  {"un fichier de signatures", "a file of signatures"},
		"file.certificate": {"le certificat public d’un responsable (ou une liste de certificats)", "an officer’s public certificate (or a roster of them)"},
		"file.secret-key":  {"une clé secrète", "a secret key"},
		"file.message":     {"un message chiffré", "an encrypted message"},
		"file.batch":       {"un lot public", "a public batch"},
		"file.volume":      {"un volume de lot scellé", "a volume of a sealed batch"},
		"file.anchor":      {"une ancre de confiance", "a trust anchor"},
		"file.entry":       {"une inscription de registre", "an entry of a ledger"},
		"file.journal":     {"le journal d’un stock de clés", "the journal of a key pool"},
		"file.database":    {"la base d’un stock de clés", "the database of a key pool"},
		"file.document":    {"un document PDF", "a PDF document"},
		"file.vault":       {"le dossier d’un coffre", "the folder of a vault"},
		"file.kit":         {"le dossier d’un pli", "the folder of a kit"},
		"file.sealed":      {"le dossier d’un lot scellé", "the folder of a sealed batch"},
		"file.pins":        {"un fichier de codes PIN ou d’une phrase secrète", "a file of PINs or of a passphrase"},
		"file.claims":      {"une liste de lignes MEMBRE,EMPREINTE", "a list of lines MEMBER,FINGERPRINT"},
		"file.tokens":      {"un dossier de jetons logiciels", "a folder of software tokens"},
	}
}
