package web

import (
	"github.com/gofiber/fiber/v2"

	"elyco/internal/ui"
)

// explainStatus says in a person's words what a status means and what to do.
func explainStatus(status int, reference string) (int, ui.ErrorView) {
	v := ui.ErrorView{Status: status, Icon: "alert"}
	switch status {
	case fiber.StatusNotFound, fiber.StatusMethodNotAllowed:
		status = fiber.StatusNotFound
		v.Status, v.Icon = status, "search"
		v.Title = "Cette page n’existe pas"
		v.Sentence = "L’adresse est peut-être incomplète, ou ce que vous cherchez n’est plus publié. Revenez à l’accueil pour le retrouver."
	case fiber.StatusForbidden:
		v.Icon = "lock"
		v.Title = "Cette page ne vous est pas ouverte"
		v.Sentence = "Votre profil ne donne pas accès à cette page. Si cela vous semble anormal, demandez à l’administrateur de votre établissement."
	case fiber.StatusUnauthorized:
		v.Icon = "lock"
		v.Title = "Connectez-vous pour continuer"
		v.Sentence = "Cette page demande une connexion."
	case fiber.StatusRequestEntityTooLarge:
		v.Title = "L’envoi est trop volumineux"
		v.Sentence = "Choisissez un fichier plus léger, ou envoyez-en moins à la fois."
	case fiber.StatusUnprocessableEntity, fiber.StatusBadRequest, fiber.StatusLengthRequired:
		v.Title = "La demande n’a pas été comprise"
		v.Sentence = "Revenez à la page précédente, vérifiez ce que vous avez saisi et recommencez. Rien n’a été enregistré."
	case fiber.StatusConflict:
		v.Title = "Quelqu’un est passé avant vous"
		v.Sentence = "Ce que vous vouliez modifier a changé entre-temps. Rechargez la page pour voir ce qu’il en est."
	case fiber.StatusTooManyRequests:
		v.Title = "Trop de demandes à la suite"
		v.Sentence = "Attendez une minute avant de recommencer."
	case fiber.StatusServiceUnavailable:
		v.Title = "Le service est momentanément indisponible"
		v.Sentence = "Réessayez dans quelques instants. Ce que vous aviez enregistré n’est pas perdu."
	default:
		if status >= 400 && status < 500 {
			v.Title = "La demande n’a pas été comprise"
			v.Sentence = "Revenez à la page précédente et recommencez. Rien n’a été enregistré."
			return status, v
		}
		status = fiber.StatusInternalServerError
		v.Status = status
		v.Title = "Une erreur est survenue de notre côté"
		v.Sentence = "Elle est enregistrée et nous allons la regarder. Réessayez dans un moment."
		v.Reference = reference
	}
	return status, v
}
