package wording

import (
	"maps"
)

// Glossary. The same thing has the same name in every sentence.
//
//	anchor, trust      ancre de confiance
//	batch              lot
//	burnt (key)        consommée
//	checker            vérificateur
//	checkpoint         point de contrôle
//	cosign             cosigner
//	custodian          dépositaire
//	digest             empreinte
//	drill              exercice
//	entry              inscription
//	enrolment          enrôlement
//	finding            constat: says what was found, never that something is secure
//	heir               bénéficiaire, héritier; in an order the recipient, destinataire
//	journal            journal des attributions, of a pool
//	kit                pli (de remise)
//	ledger             registre
//	minutes            procès-verbal
//	officer            responsable habilité
//	order              ordre (de restitution)
//	paper              pièce
//	PUK                code PUK
//	pool               stock de clés (de la plateforme)
//	production         production
//	proved             éprouvé
//	quorum             quorum
//	reconcile          rapprocher (la base de son journal)
//	rehearsal          répétition
//	reader             lecteur
//	release            restitution
//	reserve            réserve
//	roster             liste des responsables
//	sample             échantillon
//	seal               sceller
//	slot               emplacement
//	share              part
//	threshold          seuil
//	token, PIN         jeton, code PIN
//	touch              contact; « touchez le jeton »
//	vault              coffre
//	wind-down          cessation d’activité
//	witness            témoin
//	words              mots
//
// French writes ’ for the apostrophe and a no-break space (U+00A0) before : ; ? ! » and after «.
// A backquoted word in the text of a flag names its argument in the help.

// commandTexts are the sentences of bailiff and bailiff-platform.
func commandTexts() map[string]Text {
	all := map[string]Text{}
	for _, area := range []func() map[string]Text{
		programTexts, vaultTexts, foundingTexts, priceTexts, tokenTexts, deskTexts, tokenCardTexts, readerTexts, initTexts, codeTexts, doctorTexts, ceremonyTexts,
		profileTexts, ledgerTexts, orderTexts, releaseTexts, machineTexts, fileTexts, platformTexts, poolTexts, platformOrderTexts,
	} {
		maps.Copy(all, area())
	}
	return all
}

// exitTexts are the words around an error, and what each exit code means.
func exitTexts() map[string]Text {
	return map[string]Text{
		"error.prefix": {"erreur : ", "error: "},
		"hint.prefix":  {"conseil : ", "hint: "},
		"error.colon":  {" : ", ": "},
		"exit.title":   {"Codes de sortie :", "Exit codes:"},
		"exit.0":       {"tout s’est bien passé", "all went well"},
		"exit.1":       {"échec qu’aucun autre code ne désigne", "a failure that no other code names"},
		"exit.2":       {"la ligne de commande ou une saisie est incorrecte", "the command line or something typed is wrong"},
		"exit.3":       {"un fichier ou un texte n’a pas la forme requise", "a file or a text is not of its format"},
		"exit.4":       {"une règle ou un mode l’interdit", "a rule or a mode forbids it"},
		"exit.5":       {"une vérification a échoué : endommagé ou falsifié", "a verification failed: damaged or forged"},
		"exit.6":       {"un jeton : code PIN, blocage, autre jeton que prévu", "a token: wrong PIN, locked, not the right one"},
		"exit.7":       {"trop peu de dépositaires ou de responsables", "too few custodians or officers"},
		"exit.8":       {"l’ordre est refusé", "the order is refused"},
		"exit.9":       {"cela existe déjà, ou un autre programme l’occupe", "it is there already, or another program holds it"},
		"exit.10": {"un disque, un fichier ou l’objet nommé manque ou n’est pas accessible",
			"a disk, a file or what was named is missing or out of reach"},
		"exit.11": {"il faut d’abord terminer autre chose", "something else must be done first"},
		"exit.12": {"une personne a refusé, ou n’a pas pu être interrogée", "a person declined, or could not be asked"},
		"exit.13": {"rien à redire, mais la date n’est pas venue", "nothing is wrong, but the time has not come"},
	}
}
