package wording

// doctorTexts are what doctor says of the machine.
func doctorTexts() map[string]Text {
	return map[string]Text{
		"help.doctor": {"Dire ce qui manque à cette machine", "Tell what this machine lacks"},
		"about.doctor": {`Examine cette machine avant une cérémonie : mémoire d’échange, images mémoire,
effacement des secrets, lecteurs accessibles par le réseau, bibliothèque et service
des cartes à puce, droit de s’en servir, lecteurs, programmes qui les occupent,
jetons insérés. Une ligne pour chaque chose, qui commence par « ok » quand elle
est en ordre ; sinon la ligne suivante dit ce qu’il faut faire. Avec --vault,
compare aussi les jetons à ceux du coffre. Le code de sortie est 0 quand rien
ne manque pour la production, sinon celui du premier défaut. Aucun code PIN
n’est demandé. Cette commande ne change ni n’écrit rien.`,
			`Examines this machine before a ceremony: swap, core dumps, erasing of secrets,
readers that the network reaches, the smart card library and daemon, the
permission to use it, readers, programs that hold them, the tokens that are
there. One line “ok” or “!!” for each thing, and under each “!!” what to do.
With --vault it also compares the tokens with those of the vault. The exit code
is 0 when nothing is missing for production, and otherwise that of the first
“!!”. No PIN is asked for. This command changes and writes nothing.`},
		"doctor.line":         {"%s %s : %s", "%s %s: %s"},
		"doctor.of.swap":      {"Mémoire d’échange (swap)", "Swap"},
		"doctor.of.memory":    {"Mémoire du programme", "Memory of the program"},
		"doctor.of.tracing":   {"Programmes du même compte (ptrace_scope)", "Programs of the same account (ptrace_scope)"},
		"doctor.well.tracing": {"ne peuvent pas prendre la main sur celui-ci", "cannot take hold of this one"},
		"doctor.of.erasing":   {"Effacement des secrets", "Erasing of secrets"},
		"doctor.of.network":   {"Lecteurs accessibles par le réseau", "Readers that the network reaches"},
		"doctor.well.network": {"aucun", "none"},
		"doctor.of.build":     {"Accès aux cartes à puce", "Access to smart cards"},
		"doctor.of.library":   {"Bibliothèque de cartes à puce (libpcsclite1)", "Smart card library (libpcsclite1)"},
		"doctor.of.daemon":    {"Service des cartes à puce (pcscd)", "Smart card daemon (pcscd)"},
		"doctor.of.readers":   {"Lecteurs", "Readers"},
		"doctor.of.reader":    {"Lecteur", "Reader"},
		"doctor.of.tokens":    {"Jetons", "Tokens"},
		"doctor.well.tokens":  {"insérés", "inserted"},
		"doctor.of.token":     {"Jeton", "Token"},
		"doctor.well.swap":    {"inactive", "not active"},
		"doctor.well.memory":  {"ni image mémoire, ni lecture par d’autres programmes", "no core dump, no reading by other programs"},
		"doctor.well.erasing": {"cette compilation les efface", "this build erases them"},
		"doctor.well.build":   {"ce programme sait lire les cartes à puce", "this program can read smart cards"},
		"doctor.well.library": {"installée", "installed"},
		"doctor.well.daemon":  {"répond", "answers"},
		"doctor.well.readers": {"branchés", "plugged in"},
		"doctor.well.reader":  {"libre", "free"},
		"doctor.well.token":   {"convient à la production", "fit for production"},
		"doctor.empty":        {"vide", "empty"},
		"doctor.enrolled":     {"celui du dépositaire %s, tel qu’enrôlé", "that of custodian %s, as enrolled"},
		"doctor.fine": {"Rien ne manque pour la production, autant qu’un programme puisse le voir.",
			"Nothing is missing for production, as far as a program can see."},
	}
}

// machineTexts warn of a machine on which secrets are less protected than they could be.
func machineTexts() map[string]Text {
	return map[string]Text{
		"machine.swap": {"Attention : la mémoire d’échange (swap) est active : %s. Le système peut y écrire des secrets ; désactivez-la avec swapoff -a.",
			"Warning: swap is active: %s. The system may write secrets to it; turn it off with swapoff -a."},
		"machine.unlocked": {"Attention : la mémoire de ce programme n’est pas verrouillée et peut être écrite dans la mémoire d’échange.",
			"Warning: the memory of this program is not locked and may go to swap."},
		"machine.core-dumps": {"Attention : la mémoire de ce programme peut être lue par d’autres programmes ou enregistrée dans une image mémoire (core dump).",
			"Warning: the memory of this program may be read by other programs, or end up in a core dump."},
		"machine.exposed": {"Attention : un autre programme de ce compte a pu lire la mémoire de celui-ci : %s.",
			"Warning: another program of this account may have read the memory of this one: %s."},
		"machine.tracing": {"Attention : un autre programme de ce compte peut prendre la main sur celui-ci à son démarrage. À corriger avant la production : sysctl kernel.yama.ptrace_scope=1.",
			"Warning: another program of this account can take hold of this one when it starts. To be set right before production: sysctl kernel.yama.ptrace_scope=1."},
		"machine.not-erasing": {"Attention : cette compilation du programme n’efface pas toutes les copies des secrets ; elle ne convient qu’aux répétitions.",
			"Warning: this build of the program does not erase every copy of a secret. It is fit for rehearsals only."},
	}
}
