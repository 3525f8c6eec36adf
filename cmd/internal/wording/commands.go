package wording

import "maps"

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
