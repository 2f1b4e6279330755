package blobtest

import (
	"errors"
	"net/url"
	"os"

	"elyco/internal/blob"
)

// storeURL names any S3 by hand, as http://KEY:SECRET@HOST:PORT: tests then use it instead of a store of their own.
const storeURL = "ELYCO_TEST_S3_URL"

// Named is the store that the environment names, without a bucket; false when it names none.
func Named() (c blob.Config, named bool, err error) {
	address := os.Getenv(storeURL)
	if address == "" {
		return blob.Config{}, false, nil
	}
	c, err = parse(address)
	return c, true, err
}

func parse(address string) (blob.Config, error) {
	u, err := url.Parse(address)
	if err != nil {
		return blob.Config{}, errors.New(storeURL + " is no address") // what the parser says would hold the secret
	}
	secret, _ := u.User.Password()
	if u.Hostname() == "" || secret == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return blob.Config{}, errors.New(storeURL + " should look like http://KEY:SECRET@HOST:PORT")
	}
	return blob.Config{Endpoint: u.Host, AccessKey: u.User.Username(), SecretKey: secret, Secure: u.Scheme == "https"}, nil
}
