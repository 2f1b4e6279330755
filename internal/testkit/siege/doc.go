// Package siege attacks the whole house the way a stranger or a signed-in person might: by requests that no browser
// sends, by too many at once, and by ending its processes while people work.
package siege
