package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"elyco/internal/app"
	"elyco/internal/fault"
	"elyco/internal/mail"
)

// keepMail is what the alias of the letters' sender pipes to. A message that is no such notice is nobody's fault: the mail
// server would send it back, and its sender gets no answer to what a person never reads.
func keepMail(ctx context.Context, args []string) error {
	if len(args) != 1 || args[0] != "bounce" {
		return usage("mail bounce < NOTICE")
	}
	return onSharedGround(ctx, func(g *app.Ground) error {
		a, err := app.New(ctx, g)
		if err != nil {
			return err
		}
		err = a.TakeBack(ctx, os.Stdin)
		if errors.Is(err, mail.ErrNotOurs) || fault.Is(err, fault.NotFound) {
			fmt.Println("Ce message n’annonce rien d’un courrier de la maison.")
			return nil
		}
		if err == nil {
			fmt.Println("C’est noté.")
		}
		return err
	})
}
