package cli

import (
	"slices"
	"strings"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/batch"
	"bailiff/custody/seal"
	"bailiff/custody/strictzip"
	"bailiff/custody/token/piv"
	"bailiff/custody/words"
	"bailiff/keyceremony/generator"
)

// errorRow says how errors are told: in one sentence and with one hint, since whoever reads them would do the same about each. What is
// said follows the names of the objects at fault; %s in it is the technical text of the error.
type errorRow struct {
	errs       errs
	said, hint wording.Text
}

// errs are the errors of a row. Their ids are made of the sentinel's package and name, and stand in ledgers, in vectors and in
// testdata/exit-codes.txt for ever.
type errs []namedError

type namedError struct {
	err  error
	id   string
	exit int
}

// say is a sentence in both languages.
func say(fr, en string) wording.Text { return wording.Text{Fr: fr, En: en} }

// errorRows are all errors that every program may tell. The first one that matches counts: an error that wraps another one, as a
// damaged token wraps the state of its file, comes before it.
func errorRows() []errorRow {
	return slices.Concat(
		cliErrors(), tokenErrors(), machineErrors(), attestationErrors(), pivErrors(), orderErrors(), officerErrors(), fieldErrors(),
		custodyErrors(), releaseErrors(), ceremonyErrors(), keyErrors(), ledgerErrors(), policyErrors(), batchErrors(), fileErrors(),
		diskErrors(), defects(),
	)
}

// rows are those of this program alone, and then all others.
func (a *App) rows() []errorRow { return append(slices.Clone(a.added), errorRows()...) }

// AddError adds an error of a package that only one of the programs links: its id and exit code, what is said of it, and what is to be done.
func (a *App) AddError(err error, id string, exit int, said, hint wording.Text) {
	a.added = append(a.added, errorRow{errs{{err, id, exit}}, said, hint})
}

// Sentences are what is said of every error, by `error.ID` and `hint.ID`.
func (a *App) Sentences() map[string]wording.Text {
	all := map[string]wording.Text{}
	for _, r := range append(a.rows(), unexpected()) {
		for _, e := range r.errs {
			all["error."+e.id], all["hint."+e.id] = r.said, r.hint
		}
	}
	return all
}

// sentence is what a row says of an error with a technical text.
func (a *App) sentence(r errorRow, technical string) string {
	if strings.Contains(r.said.En, "%") {
		return a.paste(r.said.In(a.Lang, technical), nil)
	}
	return a.paste(r.said.In(a.Lang), nil)
}

// unexpected stands for an error that no row names.
func unexpected() errorRow {
	return errorRow{errs{{nil, "unexpected", ExitFailure}},
		say("erreur inattendue : %s", "unexpected error: %s"),
		say("notez ce message et l’opération en cours, puis signalez-les comme l’indique SECURITY.md",
			"note this message and what was being done, and report them as SECURITY.md says")}
}

// defects are about what the program does wrong by itself. Whoever meets one can only report it, with its technical text.
func defects() []errorRow {
	return []errorRow{
		{errs{{words.ErrCount, "words.count", ExitFailure}, {generator.ErrJob, "generator.job", ExitMalformed},
			{seal.ErrDataKey, "seal.data-key", ExitDamaged}, {seal.ErrKeySize, "seal.key-size", ExitMalformed},
			{batch.ErrBatchCustodians, "vault.batch-custodians", ExitMalformed},
			{batch.ErrBatchVolume, "vault.batch-volume", ExitFailure}, {batch.ErrBatchNumber, "vault.batch-number", ExitFailure},
			{batch.ErrBatchKey, "vault.batch-key", ExitFailure}, {batch.ErrBatchEntry, "vault.batch-entry", ExitFailure},
			{batch.ErrBatchShares, "vault.batch-shares", ExitFailure}, {batch.ErrBatchEmpty, "vault.batch-empty", ExitFailure},
			{batch.ErrBatchClosed, "vault.batch-closed", ExitFailure}, {strictzip.ErrClosed, "vault.zip-closed", ExitFailure},
			{piv.ErrMessage, "piv.message", ExitFailure}},
			say("le programme se contredit : %s", "the program contradicts itself: %s"),
			say("c’est un défaut du programme : notez ce message et l’opération en cours, puis signalez-les comme l’indique SECURITY.md",
				"this is a defect of the program: note this message and what was being done, and report them as SECURITY.md says")},
	}
}

// Hints that several rows share.
var (
	hintAddName = say("faites ajouter un nom par le responsable avec `gpg --quick-add-uid EMPREINTE 'Prénom Nom'`, puis exporter à nouveau",
		"have the officer add a name with `gpg --quick-add-uid FINGERPRINT 'First Last'`, then export again")
	hintAnchorWords = say("ressaisissez les douze mots du procès-verbal papier signé ; rien n’a été comparé",
		"type again the twelve words from the signed paper minutes; nothing was compared")
	hintAsItWas = say("redemandez l’original et recopiez-le sans l’ouvrir dans un éditeur : chaque octet compte, et il n’est pas falsifié pour autant",
		"ask for the original and copy it without opening it in an editor: each byte counts, and this is no sign of forgery")
	hintAttestationToken = say("n’utilisez pas ce jeton : mettez-le de côté pour examen et faites enrôler un autre jeton, acheté neuf",
		"do not use this token: put it aside for examination, and have another one enrolled, bought new")
	hintContent = say("corrigez-le dans un nouvel ordre ; s’il est déjà signé, renvoyez-le à la plateforme",
		"correct it in a new order; if it is signed already, send it back to the platform")
	hintCopy = say("cessez d’utiliser cette copie, conservez-la telle quelle comme preuve et lancez `bailiff vault verify --vault autre-copie` sur une autre copie du coffre",
		"stop using this copy, keep it as it is as evidence, and run `bailiff vault verify --vault other-copy` on another copy of the vault")
	hintDice = say("faites jeter au moins 20 dés, relisez-les à voix haute avec les témoins et saisissez un chiffre par dé",
		"have at least 20 dice thrown, read them aloud with the witnesses, and type one digit for each die")
	hintDraft = say("corrigez le projet de politique, faites-le relire, puis relancez `bailiff vault init --vault coffre --policy policy.toml`",
		"correct the policy draft, have it reviewed again, then start `bailiff vault init --vault vault --policy policy.toml` once more")
	hintEnrol = say("demandez au dépositaire d’enrôler à nouveau le jeton et comparez le numéro de série à celui du jeton",
		"have the custodian enrol the token again, and compare the serial with the one on the token")
	hintGather   = say("réunissez à nouveau les signatures, une seule par responsable", "gather the signatures anew, one an officer")
	hintGenerate = say("relancez `bailiff ceremony run --vault coffre --script script.toml` avec le même script : le lot commencé est abandonné et un nouveau commence",
		"run `bailiff ceremony run --vault vault --script script.toml` again with the same script: the batch begun is given up, and a new one begins")
	hintMixedUp = say("donnez l’ordre par --order et le fichier de ses signatures par --signatures",
		"give the order with --order, and the file of its signatures with --signatures")
	hintOfficer = say("demandez au responsable une autre clé, sans date de fin : `bailiff-platform officer new --name 'A. Exemple' --out responsable-1` en crée une",
		"ask the officer for another key, without an end date: `bailiff-platform officer new --name 'A. Sample' --out officer-1` makes one")
	hintOrder = say("renvoyez l’ordre à la plateforme, qui doit en émettre un autre, corrigé, sous un nouveau numéro, et le faire signer de nouveau",
		"send the order back to the platform, which must issue a corrected one under a new number and have it signed again")
	hintOtherFile = say("vérifiez que c’est bien le fichier que l’option demande, et pas un autre",
		"check that this is the file that the flag asks for, and not another one")
	hintRoom = say("libérez de la place ou prenez un disque plus grand, puis relancez la commande",
		"free some space or take a larger disk, then run the command again")
	hintRoster = say("prenez la liste que le coffre conserve dans son dossier `policies`, sans la modifier",
		"take the roster file that the vault holds in its `policies` folder, unchanged")
	hintScript = say("corrigez le script, faites-le relire et noter à nouveau son SHA-256, puis lancez la cérémonie",
		"correct the script, have it reviewed and its SHA-256 noted again, then start the ceremony")
	hintShare = say("arrêtez l’ouverture, notez le dépositaire et la clé au procès-verbal, et lancez `bailiff vault verify --vault autre-copie` sur une autre copie du coffre",
		"stop the opening, note the custodian and the key in the minutes, and run `bailiff vault verify --vault other-copy` on another copy of the vault")
	hintSign = say("faites signer à nouveau l’ordre inchangé par ce responsable, avec `bailiff-platform order sign --order order.txt --signatures order.sig --key officer-1.secret.asc --database sqlite:pool.db` ou `gpg --detach-sign`",
		"have this officer sign the unchanged order again, with `bailiff-platform order sign --order order.txt --signatures order.sig --key officer-1.secret.asc --database sqlite:pool.db` or `gpg --detach-sign`")
	hintSigner = say("faites signer l’ordre par un autre responsable de la liste et signalez cette clé à la plateforme",
		"have another officer of the roster sign the order, and tell the platform about this key")
	hintText = say("ressaisissez le texte avec de simples lettres, chiffres, signes de ponctuation et espaces uniques",
		"write the text anew with plain letters, digits, punctuation and single spaces")
	hintUserID = say("faites ajouter un nom simple par le responsable avec `gpg --quick-add-uid EMPREINTE 'Prénom Nom'`, puis exporter à nouveau ; l’ancien nom peut rester",
		"have the officer add a plain name with `gpg --quick-add-uid FINGERPRINT 'First Last'`, then export again; the old name may stay")
	hintVault = say("indiquez le dossier du coffre, par exemple : --vault coffre",
		"name the folder of the vault, for example: --vault vault")
	hintZip = say("prenez une autre copie du fichier et comparez son SHA-256 à celui du manifeste ou du procès-verbal avant de l’utiliser",
		"take another copy of the file, and compare its SHA-256 with the one in the manifest or in the minutes before you use it")
)
