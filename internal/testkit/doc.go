// Package testkit builds what tests stand on: a small territory in a real database, people of every profile, a real
// object store, and the whole house behind a real socket, with browsers that are signed in.
//
//	func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }
//
//	func TestRead(t *testing.T) {
//		h := testkit.NewHouse(t)
//		parent := h.SignInAs(t, h.College, school.Guardian)
//		parent.Get(t, h.College, "/news").Sees(t, "h1", "Actualités")
//	}
package testkit
