package console

import (
	"fmt"
	"net/mail"
	"regexp"
	"unicode/utf8"

	"elyco/internal/fault"
	"elyco/internal/tenant"
)

var phoneShape = regexp.MustCompile(`^\+?[0-9][0-9 .()-]{5,30}$`)

// checkIdentity refuses words that a portal cannot show. The fields are those of the form.
func checkIdentity(o tenant.Own) error {
	wrong := fault.Fields{}
	for _, f := range []struct {
		name, text string
		most       int
	}{{"name", o.Name, 120}, {"presentation", o.Presentation, 2000}, {"contact_email", o.ContactEmail, 254}, {"address", o.Address, 300}} {
		if utf8.RuneCountInString(f.text) > f.most {
			wrong.Add(f.name, fmt.Sprintf("Ce texte est trop long : écrivez %d caractères au plus.", f.most))
		}
	}
	if o.ContactEmail != "" {
		if a, err := mail.ParseAddress(o.ContactEmail); err != nil || a.Address != o.ContactEmail {
			wrong.Add("contact_email", "Écrivez une adresse complète, par exemple contact@college.fr.")
		}
	}
	if o.ContactPhone != "" && !phoneShape.MatchString(o.ContactPhone) {
		wrong.Add("contact_phone", "Écrivez le numéro avec des chiffres, par exemple 02 51 00 00 00.")
	}
	return wrong.OrNil()
}

// unsaid leaves out what the form only repeats of the registry: the space then goes on following it.
func unsaid(o, before tenant.Own, t *tenant.Tenant) tenant.Own {
	for _, f := range []struct {
		typed        *string
		before, held string
	}{{&o.Name, before.Name, t.Name}, {&o.Presentation, before.Presentation, t.Presentation}, {&o.ContactEmail, before.ContactEmail, t.ContactEmail},
		{&o.ContactPhone, before.ContactPhone, t.ContactPhone}, {&o.Address, before.Address, t.Address}} {
		if f.before == "" && *f.typed == f.held {
			*f.typed = ""
		}
	}
	return o
}
